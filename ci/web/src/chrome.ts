// What mdBook's own frame around a page lacks for who reads by keyboard or screen reader.

import { button, element } from "./dom";
import * as words from "./words";

/** What has a use of its own for keys by which mdBook turns pages or opens its search. */
const KEYED = "pre, figure, summary, button, select, input, textarea, .table-wrapper, .room";

/** Names the page's bar, makes its first button one, lets the first Tab reach the text, and
 *  lets keys scroll what scrolls. */
export function mendChrome(): void {
  const main = document.querySelector("main");
  if (main !== null) {
    main.id ||= "text";
    main.tabIndex = -1;
    const skip = element("a", "skip", words.skip);
    // A page that is shown for another one has its links begin elsewhere.
    skip.href = `${location.href.replace(/#.*/, "")}#${main.id}`;
    document.body.prepend(skip);
    main.addEventListener("keydown", (event) => {
      if (event.target instanceof Element && event.target.closest(KEYED) !== null) event.stopPropagation();
    });
  }
  document.getElementById("mdbook-menu-bar")?.setAttribute("role", "banner");
  const label = document.getElementById("mdbook-sidebar-toggle");
  const box = document.getElementById("mdbook-sidebar-toggle-anchor");
  if (label !== null && box instanceof HTMLInputElement) label.replaceWith(toggle(label, box));
  addEventListener("load", letKeysScroll);
  addEventListener("resize", letKeysScroll);
  addEventListener("toggle", letKeysScroll, { capture: true });
}

/** A button in place of a hidden box's label, which no key reaches. */
function toggle(label: HTMLElement, box: HTMLInputElement): HTMLButtonElement {
  const made = button("", label.title, () => {
    label.click(); // mdBook makes the sidebar ready to be shown
    box.click();
  });
  made.className = label.className;
  made.title = label.title;
  made.setAttribute("aria-controls", "mdbook-sidebar");
  made.append(...label.childNodes);
  const tell = (): void => made.setAttribute("aria-expanded", String(box.checked));
  box.addEventListener("change", tell);
  tell();
  return made;
}

/** A part with a scrollbar of its own can be reached by Tab. All are measured before one is
 *  changed: a page that changes in between is laid out anew for each. */
export function letKeysScroll(): void {
  const parts = [...document.querySelectorAll<HTMLElement>(".code, pre:not(.code *), pre > code:not(.code *), .table-wrapper, .picture .room")];
  const scrolls = parts.map((part) => part.scrollWidth > part.clientWidth || part.scrollHeight > part.clientHeight);
  parts.forEach((part, index) => {
    if (scrolls[index]) part.tabIndex = 0;
    else part.removeAttribute("tabindex");
  });
}
