// The CPython whose outputs and numbers the whole book shows.

import { element } from "./dom";
import * as words from "./words";

/** Told of the document once another version is shown. */
export const CHOSEN = "course-chosen";

const KEY = "course-version";

/** What a value is on some tags. */
type Was = [tags: string, text: string][];

/** Puts the chooser into the page's bar and shows what was chosen last. */
export function chooser(tags: string[], newest: string): void {
  const select = element("select");
  for (const tag of tags) {
    const text = tag === newest ? words.newest(tag) : tag.endsWith("-wasm") ? words.browser(tag) : tag;
    select.append(new Option(text, tag));
  }
  select.title = words.chooserTitle;
  select.id = "course-version";
  const label = element("label", "", words.chooser);
  label.htmlFor = select.id;
  const buttons = document.querySelector("#mdbook-menu-bar .right-buttons");
  buttons?.prepend(element("span", "chooser", label, select));
  const show = (): void => {
    const kept = chosen();
    const tag = kept !== undefined && tags.includes(kept) ? kept : newest;
    select.value = shown = tag;
    showValues(tag, newest);
    showParts(tag);
    showOutputs(tag, newest);
    document.dispatchEvent(new Event(CHOSEN));
  };
  select.addEventListener("change", () => {
    keep(select.value);
    show();
  });
  addEventListener("storage", ({ key }) => key === KEY && show());
  show();
}

let unkept: string | undefined;
let shown = "";

/** The tag of the CPython that the book shows. */
export const shownTag = (): string => shown;

function chosen(): string | undefined {
  try {
    return unkept ?? localStorage.getItem(KEY) ?? undefined;
  } catch {
    return unkept;
  }
}

function keep(tag: string): void {
  try {
    localStorage.setItem(KEY, tag);
    unkept = undefined;
  } catch {
    unkept = tag; // for this page at least
  }
}

/** Shows of whatever is not the same everywhere what it is on `tag`: a text, or an attribute. */
function showValues(tag: string, newest: string): void {
  for (const value of document.querySelectorAll<HTMLElement>(".value[data-was], [data-was][data-into]")) {
    const was = JSON.parse(value.dataset["was"] ?? "[]") as Was;
    const on = (tag: string): string | undefined =>
      was.find(([tags]) => tags.split(" ").includes(tag))?.[1];
    const first = was[0]?.[1] ?? "";
    const text = on(tag);
    const into = value.dataset["into"];
    if (into !== undefined) {
      value.setAttribute(into, text ?? first);
      continue;
    }
    const differs = text !== undefined && text !== first;
    value.textContent = text ?? first;
    value.classList.toggle("differs", differs);
    value.title = differs ? words.valueTitle(tag, newest, first) : "";
    const others = value.nextElementSibling;
    if (others?.classList.contains("value-others")) (others as HTMLElement).hidden = differs;
  }
}

/** Shows what is there on `tag`, of HTML or of SVG, and hides what is not. */
function showParts(tag: string): void {
  for (const part of document.querySelectorAll<HTMLElement | SVGElement>("[data-only]")) {
    part.toggleAttribute("hidden", !part.dataset["only"]?.split(" ").includes(tag));
  }
}

function showOutputs(tag: string, newest: string): void {
  for (const recorded of document.querySelectorAll<HTMLElement>(".recorded")) {
    recorded.querySelector(".chosen")?.remove();
    const variants = [...recorded.querySelectorAll<HTMLElement>("[data-tags]")];
    const on = (part: HTMLElement): boolean => part.dataset["tags"]?.split(" ").includes(tag) ?? false;
    const variant = variants.find(on);
    const other = variant !== undefined && variant !== variants[0];
    for (const part of recorded.querySelectorAll<HTMLElement>("[data-tags], p.agree")) {
      part.hidden = other;
    }
    if (other) {
      recorded.querySelector("[data-tags]")?.before(chosenOne(variant, tag, newest));
    } else if (variant === undefined && variants.length > 0) {
      variants[0]?.before(element("div", "chosen", element("p", "agree", words.notThere(tag))));
    }
  }
}

function chosenOne(variant: HTMLElement, tag: string, newest: string): HTMLElement {
  const output = variant.querySelector(".output")?.cloneNode(true) ?? "";
  const made = element("div", "chosen", output, element("p", "agree", words.chosen(tag, newest)));
  made.dataset["tags"] = variant.dataset["tags"];
  return made;
}
