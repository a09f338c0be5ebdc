// A question whose answer is chosen.

import { element } from "./dom";
import type { Form, Judged } from "./form";
import * as words from "./question-words";
import { whys, type Why } from "./why";

interface Option {
  item: HTMLElement;
  input: HTMLInputElement;
  why: Why;
}

export class ChoiceForm implements Form {
  readonly dom = element("fieldset");
  readonly #options: Option[];

  constructor(root: HTMLElement) {
    const list = root.querySelector<HTMLElement>("ul.choices")!;
    const reasons = whys(root);
    this.#options = [...list.children].map((item, index) => option(root.id, index, item as HTMLElement, reasons[index]!));
    this.dom.setAttribute("aria-labelledby", `${root.id}-ask`);
    this.dom.append(list);
  }

  on(tag: string): void {
    for (const { item, why } of this.#options) {
      why.on(tag);
      item.querySelector("samp")!.textContent = why.text;
    }
  }

  check(): Judged {
    const chosen = this.#options.find(({ input }) => input.checked);
    if (chosen === undefined) {
      this.#options[0]?.input.focus();
      return { is: "nothing", says: words.chooseFirst };
    }
    explain(chosen);
    return { is: chosen.why.isRight ? "right" : "wrong", says: words.readWhy };
  }

  reveal(): void {
    this.#options.filter(({ item }) => item.dataset["is"] === undefined).forEach(({ why }) => why.show(false));
    this.#options.filter(({ why }) => why.isRight).forEach(explain);
  }

  clear(): void {
    for (const { item, input, why } of this.#options) {
      input.checked = false;
      input.removeAttribute("aria-describedby");
      delete item.dataset["is"];
      why.hide();
    }
  }
}

function option(name: string, index: number, item: HTMLElement, why: Why): Option {
  const input = element("input");
  input.type = "radio";
  input.name = name;
  why.dom.id = `${name}-why-${index}`;
  item.replaceChildren(element("label", "", input, ...item.childNodes), why.dom);
  return { item, input, why };
}

/** Not before: what describes a field is read out even where it is hidden. */
function explain({ item, input, why }: Option): void {
  input.setAttribute("aria-describedby", why.dom.id);
  item.dataset["is"] = why.isRight ? "right" : "wrong";
  why.show(true);
}
