// A question that is a table to fill. What explains a row says its answer: it opens where that
// is right.

import { element } from "./dom";
import type { Form, Judged } from "./form";
import * as words from "./question-words";
import { answerField } from "./typed-form";
import { whys, type Why } from "./why";

interface Row {
  row: HTMLElement;
  input: HTMLInputElement;
  why: Why;
}

export class TableForm implements Form {
  readonly dom: HTMLElement;
  readonly #rows: Row[];

  constructor(root: HTMLElement) {
    const table = root.querySelector<HTMLTableElement>("table.fill")!;
    this.dom = table.closest<HTMLElement>(".table-wrapper") ?? table;
    const reasons = whys(root);
    this.#rows = [...table.tBodies[0]!.rows].map((row, index) => field(row, reasons[index]!));
  }

  on(tag: string): void {
    this.#rows.forEach(({ why }) => why.on(tag));
  }

  check(): Judged {
    const filled = this.#rows.filter(({ input }) => input.value.trim() !== "");
    if (filled.length === 0) {
      this.#rows[0]?.input.focus();
      return { is: "nothing", says: words.fillFirst };
    }
    const right = filled.filter((row) => mark(row, row.input.value.trim() === row.why.text));
    if (right.length === this.#rows.length) return { is: "right", says: "" };
    this.#rows.find((row) => !right.includes(row))?.input.focus();
    return { is: "wrong", says: words.someRows(right.length, this.#rows.length) };
  }

  reveal(): void {
    for (const row of this.#rows) {
      row.input.value = row.why.text;
      row.input.readOnly = true;
      mark(row, true);
    }
  }

  clear(): void {
    for (const { row, input, why } of this.#rows) {
      input.value = "";
      input.readOnly = false;
      input.removeAttribute("aria-invalid");
      delete row.dataset["is"];
      why.hide();
    }
  }
}

function field(row: HTMLTableRowElement, why: Why): Row {
  const [label, cell] = row.cells;
  const input = answerField();
  input.setAttribute("aria-label", words.field(label?.textContent ?? ""));
  cell?.append(input, why.dom);
  return { row, input, why };
}

function mark({ row, input, why }: Row, right: boolean): boolean {
  row.dataset["is"] = right ? "right" : "wrong";
  input.setAttribute("aria-invalid", String(!right));
  if (right) why.show(true);
  else why.hide();
  return right;
}
