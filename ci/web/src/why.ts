// What is said of one answer: how it reads on the shown CPython, whether it is right there, why.

import * as words from "./question-words";
import * as was from "./was";

export class Why {
  readonly #was: was.Was;
  readonly #right: string[];
  #tag = "";
  /** What it is called where it is wrong everywhere. */
  #wrong = words.isNot;

  constructor(readonly dom: HTMLElement) {
    this.#was = was.read(dom);
    this.#right = dom.dataset["right"]?.split(" ") ?? [];
    this.hide();
  }

  /** Reads as on `tag`. */
  on(tag: string): void {
    this.#tag = tag;
    this.#judge();
    const samp = this.dom.querySelector("samp");
    if (samp !== null) samp.textContent = this.text;
  }

  /** The answer itself; where the shown CPython has none, that of the newest. */
  get text(): string {
    return was.on(this.#was, this.#tag) ?? this.#was[0]?.[1] ?? "";
  }

  get isRight(): boolean {
    return this.#right.includes(this.#tag);
  }

  /** Shows it: of a choice that the reader has made, or of another. */
  show(chosen: boolean): void {
    this.#wrong = chosen ? words.isWrong : words.isNot;
    this.#judge();
    this.dom.hidden = false;
  }

  hide(): void {
    this.dom.hidden = true;
  }

  #judge(): void {
    const verdict = this.dom.querySelector(".verdict");
    if (verdict === null) return;
    verdict.className = `verdict ${this.isRight ? "right" : "wrong"}`;
    const others = this.dom.dataset["on"] ?? "";
    const elsewhere = others === "" ? this.#wrong : words.rightElsewhere(this.#tag, others);
    verdict.textContent = this.isRight ? words.isRight : elsewhere;
  }
}

/** What is said of the answers of a question, in the order of its choices or rows. */
export function whys(root: HTMLElement): Why[] {
  return [...root.querySelectorAll<HTMLElement>("details.answer .whys > .why")].map((dom) => new Why(dom));
}
