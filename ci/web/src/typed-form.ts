// A question whose answer is typed.

import { element } from "./dom";
import type { Form, Judged } from "./form";
import * as words from "./question-words";
import { whys, type Why } from "./why";

export class TypedForm implements Form {
  readonly dom = element("div", "typed");
  readonly #input = answerField();
  readonly #whys: Why[];

  constructor(root: HTMLElement) {
    this.#whys = whys(root);
    this.dom.append(element("label", "", words.typeHere, this.#input), ...this.#whys.map(({ dom }) => dom));
  }

  on(tag: string): void {
    this.#whys.forEach((why) => why.on(tag));
  }

  check(): Judged {
    const typed = this.#input.value.trim();
    this.#whys.forEach((why) => why.hide());
    if (typed === "") {
      this.#input.focus();
      return { is: "nothing", says: words.typeFirst };
    }
    // What is right stands before what reads the same elsewhere.
    const known = this.#whys.filter(({ text }) => text === typed);
    const why = known.find(({ isRight }) => isRight) ?? known[0];
    why?.show(true);
    if (why?.isRight) return { is: "right", says: "" };
    this.#input.select();
    return { is: "wrong", says: why === undefined ? words.another : words.readWhyTyped };
  }

  reveal(): void {
    const right = this.#whys.find(({ isRight }) => isRight);
    this.#input.value = right?.text ?? "";
    this.#input.readOnly = true;
    this.#whys.forEach((why) => why.show(false));
  }

  clear(): void {
    this.#input.value = "";
    this.#input.readOnly = false;
    this.#whys.forEach((why) => why.hide());
  }
}

/** A field for an answer, in which a browser mends nothing. */
export function answerField(): HTMLInputElement {
  const input = element("input");
  input.type = "text";
  input.autocomplete = "off";
  input.spellcheck = false;
  input.setAttribute("autocapitalize", "off");
  input.setAttribute("autocorrect", "off");
  return input;
}
