// What is done with all cells of a page; the bar stands behind the last one.

import type { Cell } from "./cell";
import { button, element } from "./dom";
import type { RunOrder } from "./run-order";
import * as words from "./words";

/** The bar of `cells`. */
export function pageBar(cells: Cell[], order: RunOrder): HTMLElement {
  const status = element("p", "status", words.cells(cells.length));
  status.setAttribute("role", "status");
  const all = button(words.runAll, words.runAll, () => {
    for (const topic of new Set(cells.map((cell) => cell.topic))) {
      const first = cells.find((cell) => cell.topic === topic);
      if (first !== undefined) void order.runAll(topic, first.name);
    }
  });
  const restart = button(words.restart, words.restart, () => {
    order.restart();
    for (const cell of cells) cell.clear();
    status.textContent = words.restarted;
  });
  return element("div", "bar page-bar", all, restart, status);
}
