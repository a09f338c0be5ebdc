// A function twice: tabs, where the page has no room for both.

import { element, target } from "./dom";
import * as words from "./words";

/** Makes tabs for every pair of the page. Whether they are seen is for the styles to say. */
export function pairs(): void {
  document.querySelectorAll<HTMLElement>(".pair").forEach((pair, index) => tabs(pair, `pair-${index}`));
}

function tabs(pair: HTMLElement, id: string): void {
  const sides = [...pair.querySelectorAll<HTMLElement>(":scope > .side")];
  const list = element("div", "tabs");
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-label", words.pair);
  const made = sides.map((side, index) => {
    const role = side.querySelector<HTMLElement>("[data-role]")?.dataset["role"] ?? "";
    const tab = element("button", "tab", role);
    tab.type = "button";
    tab.id = `${id}-tab-${index}`;
    tab.dataset["role"] = role;
    tab.setAttribute("role", "tab");
    side.id = `${id}-side-${index}`;
    side.setAttribute("role", "tabpanel");
    side.setAttribute("aria-labelledby", tab.id);
    tab.setAttribute("aria-controls", side.id);
    tab.addEventListener("click", () => choose(index));
    return tab;
  });
  const choose = (chosen: number): void => {
    made.forEach((tab, index) => {
      tab.setAttribute("aria-selected", String(index === chosen));
      tab.tabIndex = index === chosen ? 0 : -1;
      sides[index]?.toggleAttribute("data-chosen", index === chosen);
    });
  };
  list.addEventListener("keydown", (event) => {
    const from = made.indexOf(event.target as HTMLButtonElement);
    const to = next(event.key, from, made.length);
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation(); // mdBook would turn the page
    choose(to);
    made[to]?.focus();
  });
  list.append(...made);
  pair.prepend(list);
  // The side that a link leads into is the one that is shown.
  const linked = (): number => sides.findIndex((side) => side.contains(target()));
  addEventListener("hashchange", () => linked() >= 0 && choose(linked()));
  choose(Math.max(linked(), 0));
}

/** The tab to which `key` leads from the one at `from`, round and round. */
function next(key: string, from: number, length: number): number | undefined {
  switch (key) {
    case "ArrowRight":
      return (from + 1) % length;
    case "ArrowLeft":
      return (from + length - 1) % length;
    case "Home":
      return 0;
    case "End":
      return length - 1;
    default:
      return undefined;
  }
}
