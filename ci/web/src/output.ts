// What a cell prints here. A page shows so much of it that it stays quick, and keeps the rest.

import { button, element } from "./dom";
import * as words from "./words";

/** The most UTF-16 units that a page lays out for one cell. */
const SHOWN = 1 << 16;

export class Output {
  readonly #samp = element("samp");
  readonly #pre = element("pre", "output", this.#samp);
  readonly #rest = element("p", "rest");
  readonly dom = [this.#pre, this.#rest];
  #text = "";
  #drawn = 0;
  #waits = false;

  constructor(private readonly file: string) {}

  get empty(): boolean {
    return this.#text === "";
  }

  /** Nothing is printed yet. */
  clear(): void {
    this.#text = "";
    this.#drawn = 0;
    this.#samp.textContent = "";
    this.#rest.hidden = true;
    this.#pre.hidden = false;
  }

  add(text: string): void {
    this.#text += text;
    if (this.#waits) return;
    this.#waits = true;
    requestAnimationFrame(() => this.#draw());
  }

  /** Everything is printed. */
  end(): void {
    this.#draw();
    const shown = this.#text.length > SHOWN ? this.#text.slice(0, SHOWN) : this.#text.trimEnd();
    if (this.#drawn !== shown.length) this.#samp.textContent = shown;
    this.#drawn = SHOWN; // nothing more is drawn
    this.#pre.hidden = this.empty;
    this.#rest.hidden = this.#text.length <= SHOWN;
    if (this.#rest.hidden) return;
    const save = button(words.save, words.label(words.save, this.file), () => this.#save());
    this.#rest.replaceChildren(words.cut(SHOWN, this.#text.length), " ", save);
  }

  #draw(): void {
    this.#waits = false;
    const more = this.#text.slice(this.#drawn, SHOWN);
    if (more === "") return;
    this.#samp.append(more);
    this.#drawn += more.length;
  }

  #save(): void {
    const link = element("a");
    link.href = URL.createObjectURL(new Blob([this.#text], { type: "text/plain" }));
    link.download = `${this.file}.txt`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }
}
