// The clinic: its rows by verdict and by word.

import { element, target } from "./dom";
import * as words from "./words";

/** Makes buttons of the counts over each table of mistakes, and a field to find one. */
export function clinics(): void {
  document.querySelectorAll<HTMLElement>("section.clinic").forEach(filtered);
}

function filtered(clinic: HTMLElement): void {
  const rows = [...clinic.querySelectorAll<HTMLElement>("tbody tr")];
  const counts = clinic.querySelector<HTMLElement>(":scope > .facts");
  if (counts === null) return;
  const status = element("p", "status");
  status.setAttribute("role", "status");
  const field = element("input");
  field.type = "search";
  field.placeholder = words.findExample;
  const chips = element("div", "chips");
  chips.setAttribute("role", "group");
  chips.setAttribute("aria-label", words.byVerdict);
  let verdict: string | undefined;

  const show = (): void => {
    const wanted = field.value.trim().toLowerCase();
    const fits = (row: HTMLElement): boolean =>
      (verdict === undefined || row.dataset["verdict"] === verdict) &&
      (row.textContent ?? "").toLowerCase().includes(wanted);
    for (const row of rows) row.hidden = !fits(row);
    status.textContent = words.rowsShown(rows.filter((row) => !row.hidden).length, rows.length);
    for (const chip of chips.children) {
      chip.setAttribute("aria-pressed", String((chip as HTMLElement).dataset["verdict"] === verdict));
    }
  };
  const chip = (of: string | undefined, ...content: (Node | string)[]): HTMLButtonElement => {
    const made = element("button", "chip", ...content);
    made.type = "button";
    if (of !== undefined) made.dataset["verdict"] = of;
    made.addEventListener("click", () => {
      verdict = of;
      show();
    });
    return made;
  };
  chips.append(chip(undefined, `${words.all} `, element("b", "", String(rows.length))));
  for (const count of counts.querySelectorAll<HTMLElement>("[data-verdict]")) {
    chips.append(chip(count.dataset["verdict"], ...[...count.childNodes].map((part) => part.cloneNode(true))));
  }
  field.addEventListener("input", show);
  const find = element("label", "find", `${words.find} `, field);
  counts.replaceWith(element("div", "filter", chips, find, status));
  // What a link leads to is shown, whatever was chosen.
  const reveal = (): void => {
    const row = rows.find((row) => row === target());
    if (row === undefined || !row.hidden) return;
    verdict = undefined;
    field.value = "";
    show();
    row.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  show();
}
