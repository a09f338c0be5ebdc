// What is folded: a link into it opens it, and a listing is copied whole.

import { element, target } from "./dom";
import * as words from "./words";

/** Lets links open folds, now and whenever one is followed, and gives listings a button to copy. */
export function folds(): void {
  addEventListener("hashchange", () => reveal(target()));
  // A second click on the same link changes no address.
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("main a[href^='#']") : null;
    if (link !== null) setTimeout(() => reveal(target(link.hash)));
  });
  reveal(target());
  for (const listing of document.querySelectorAll<HTMLElement>(".listing")) copies(listing);
}

/** Opens what `place` is folded in, and brings it into sight. */
function reveal(place: HTMLElement | null): void {
  let closed = false;
  for (let fold = place?.closest("details"); fold; fold = fold.parentElement?.closest("details")) {
    closed ||= !fold.open;
    fold.open = true;
  }
  if (closed) place?.scrollIntoView();
}

/** A button that copies the code of `listing`, folded lines too. A difference is no code. */
function copies(listing: HTMLElement): void {
  const parts = [...listing.querySelectorAll(".code code")];
  if (listing.dataset["role"] === "wrong" || parts.length === 0) return;
  const text = parts.map((part) => part.textContent).join("");
  const name = listing.querySelector("figcaption code")?.textContent ?? "";
  const made = element("button", "quiet copy", words.copy);
  made.type = "button";
  made.setAttribute("aria-label", words.copyLabel(listing.dataset["role"] ?? "", name));
  const say = (what: string): void => {
    made.textContent = what;
    setTimeout(() => (made.textContent = words.copy), 2000);
  };
  made.addEventListener("click", () => void copy(text).then(say));
  listing.querySelector("figcaption")?.append(made);
}

/** Says whether `text` is on the clipboard now: a page from disk may have none. */
async function copy(text: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
    return words.copied;
  } catch {
    return words.notCopied;
  }
}
