// A cell's bar: Run, what can be done besides, and beside them how the cell stands.

import { button, element } from "./dom";
import * as words from "./words";

/** What the buttons of a bar do. */
export interface Presses {
  run(): void;
  stop(): void;
  edit(): void;
  reset(): void;
}

/** A sign and a word before what is said. */
export type Mark = [kind: "right" | "wrong", word: string];

export class RunBar {
  readonly run: HTMLButtonElement;
  readonly edit: HTMLButtonElement;
  readonly reset: HTMLButtonElement;
  readonly #status = element("p", "status");
  readonly #progress = element("progress");
  readonly #bytes = element("span", "bytes");
  readonly #loading = element("span", "loading", this.#progress, this.#bytes);
  readonly dom: HTMLElement;
  #busy = false;

  constructor(
    private readonly cell: string,
    presses: Presses,
  ) {
    const named = (what: string): string => words.label(what, cell);
    this.run = button(words.run, named(words.run), () => (this.#busy ? presses.stop() : presses.run()), "act");
    this.run.title = words.runTitle;
    this.edit = button(words.edit, named(words.edit), presses.edit);
    this.reset = button(words.reset, named(words.reset), presses.reset);
    this.#status.setAttribute("role", "status");
    this.#progress.setAttribute("aria-label", words.loading);
    this.#bytes.ariaHidden = "true"; // the progress says it
    this.#loading.hidden = true;
    this.dom = element("div", "bar run-bar", this.run, this.edit, this.reset, this.#status, this.#loading);
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** Run stops what runs, or runs what does not. */
  set busy(busy: boolean) {
    this.#loading.hidden = true;
    if (this.#busy === busy) return;
    this.#busy = busy;
    const word = busy ? words.stop : words.run;
    this.run.textContent = word;
    this.run.setAttribute("aria-label", words.label(word, this.cell));
    if (busy) this.run.removeAttribute("title");
    else this.run.title = words.runTitle;
  }

  /** How the cell stands, and what can be done about it. */
  say(text: string, mark?: Mark, offer?: HTMLButtonElement): void {
    const said = mark === undefined ? [text] : [element("span", `verdict ${mark[0]}`, mark[1]), ` ${text}`];
    const fresh = element("p", "", ...said, ...(offer === undefined ? [] : [" ", offer]));
    // A reader who listens is told nothing twice.
    if (fresh.innerHTML !== this.#status.innerHTML) this.#status.replaceChildren(...fresh.childNodes);
  }

  /** So many bytes of Python have come; all of them, and it starts. */
  loaded(bytes: number, of: number): void {
    if (bytes === of && this.#loading.hidden) return; // nothing had to come
    this.#loading.hidden = false;
    this.#progress.max = of;
    if (bytes < of) this.#progress.value = bytes;
    else this.#progress.removeAttribute("value");
    this.#bytes.textContent = words.bytes(bytes, of);
    this.#progress.setAttribute("aria-valuetext", words.bytes(bytes, of));
  }

  /** Python is there. */
  began(): void {
    this.#loading.hidden = true;
  }
}
