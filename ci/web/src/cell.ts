// One cell on the page: its buttons, the reader's edit, and what it prints here.

import { letKeysScroll } from "./chrome";
import { alike, masked, recorded } from "./compare";
import { button, element } from "./dom";
import type { Editor } from "./editor";
import { OUTPUT, SECONDS, type Outcome } from "./engine";
import type { CellData, Lesson } from "./lesson";
import type { Shown } from "./runner";
import * as store from "./store";
import * as words from "./words";

/** What a cell asks the page to do. */
export interface Actions {
  run(cell: Cell): void;
  runAndMoveOn(cell: Cell): void;
  stop(): void;
  edited(cell: Cell): void;
  openEditor(cell: Cell): Promise<Editor>;
}

export class Cell implements Shown {
  readonly topic: string;
  readonly name: string;
  readonly runButton: HTMLButtonElement;
  /** The cell as the book has it. */
  readonly original: string;
  #edit: string | undefined;
  #editor: Editor | undefined;
  #opening: Promise<void> | undefined;
  #busy = false;
  #printed = "";
  #drawing = false;
  readonly #code: HTMLElement;
  readonly #text: HTMLElement;
  readonly #coloured: Node[];
  readonly #editButton: HTMLButtonElement;
  readonly #resetButton: HTMLButtonElement;
  readonly #tools = element("span", "tools");
  readonly #output = element("samp");
  readonly #pre = element("pre", "output", this.#output);
  readonly #status = element("p", "ran");
  readonly #note = element("p", "note");
  readonly #live = element("div", "live", this.#pre, this.#status);

  constructor(
    readonly figure: HTMLElement,
    private readonly actions: Actions,
  ) {
    this.topic = figure.dataset["lesson"] ?? "";
    this.name = figure.dataset["cell"] ?? "";
    this.#code = figure.querySelector<HTMLElement>("pre:has(> code)")!;
    this.#text = this.#code.querySelector("code")!;
    this.#coloured = [...this.#text.childNodes];
    this.original = this.#text.textContent.trimEnd();
    const named = (what: string): string => words.label(what, this.name);
    this.runButton = button(words.run, named(words.run), () =>
      this.#busy ? actions.stop() : actions.run(this),
    );
    this.runButton.title = words.runTitle;
    this.#editButton = button(words.edit, named(words.edit), () => void this.edits());
    this.#resetButton = button(words.reset, named(words.reset), () => this.reset());
    this.#tools.append(this.runButton, this.#editButton, this.#resetButton);
    figure.querySelector("figcaption")?.append(this.#tools);
    this.#status.setAttribute("role", "status");
    this.#live.hidden = true;
    figure.querySelector(".results")?.append(this.#live);
    this.#code.after(this.#note);
    this.#code.addEventListener("click", () => getSelection()?.isCollapsed && void this.edits());
    figure.addEventListener("keydown", (event) => this.#key(event));
    this.restore();
  }

  get edit(): string | undefined {
    return this.#edit;
  }

  /** Shows the edit that this browser keeps. */
  restore(): void {
    const kept = store.find(this.topic, this.name);
    this.#show(kept?.text);
    this.#say(kept === undefined ? "" : kept.of === this.original ? words.kept : words.changed);
  }

  /** Back to the book's own text. */
  reset(): void {
    store.forget(this.topic, this.name);
    this.#show(undefined);
    this.#say("");
    this.actions.edited(this);
    this.runButton.focus();
  }

  /** Opens the editor. */
  edits(): Promise<void> {
    this.#opening ??= this.#open().catch(() => (this.#opening = undefined, undefined));
    return this.#opening.then(() => this.#editor?.focus());
  }

  async #open(): Promise<void> {
    this.#editor = await this.actions.openEditor(this);
    this.#code.hidden = true;
    this.#code.after(this.#editor.dom);
    this.#editButton.hidden = true;
  }

  /** The reader has typed. */
  typed(text: string): void {
    this.#edit = text.trimEnd() === this.original ? undefined : text;
    if (this.#edit === undefined) store.forget(this.topic, this.name);
    const kept =
      this.#edit === undefined || store.keep(this.topic, this.name, { text, of: this.original });
    this.#say(this.#edit === undefined ? "" : kept ? words.kept : words.notKept);
    this.#resetButton.hidden = this.#edit === undefined;
    this.actions.edited(this);
  }

  #show(edit: string | undefined): void {
    this.#edit = edit;
    this.#resetButton.hidden = edit === undefined;
    const text = edit ?? this.original;
    if (this.#editor !== undefined) this.#editor.set(text);
    else if (edit !== undefined) this.#text.replaceChildren(text);
    else this.#text.replaceChildren(...this.#coloured.map((part) => part.cloneNode(true)));
  }

  #say(note: string): void {
    this.#note.textContent = note;
    this.#note.hidden = note === "";
  }

  #key(event: KeyboardEvent): void {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey || event.shiftKey)) return;
    event.preventDefault();
    event.stopPropagation();
    if (this.#busy) return;
    if (event.shiftKey) this.actions.runAndMoveOn(this);
    else this.actions.run(this);
  }

  queued(): void {
    this.#wait(words.waiting);
  }

  starting(): void {
    this.#wait(words.starting);
  }

  slow(): void {
    this.#tell(words.slow);
  }

  begin(): void {
    this.#tell(words.running);
    this.#printed = "";
    this.#output.textContent = "";
    this.#pre.hidden = false;
    this.figure.dataset["live"] = "runs";
  }

  text(text: string): void {
    this.#printed += text;
    if (this.#drawing) return;
    this.#drawing = true;
    requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    this.#drawing = false;
    this.#output.textContent = this.#printed.trimEnd();
  }

  ended(outcome: Outcome, lesson: Lesson, cell: CellData): void {
    this.#idle();
    this.#draw();
    for (const fold of this.figure.querySelectorAll<HTMLDetailsElement>("details.predict")) {
      fold.open = true;
    }
    this.#pre.hidden = this.#printed === "";
    const result = outcome.kind === "done" ? this.#compare(lesson, cell) : "broke";
    this.figure.dataset["live"] = result;
    this.#tell(this.#verdict(outcome, result));
    letKeysScroll();
    if (outcome.kind === "failed") this.#offerRetry();
  }

  refused(why: string, again: boolean): void {
    this.#idle();
    this.#live.hidden = false;
    this.figure.dataset["live"] = "broke";
    this.#tell(why);
    if (again) this.#offerRetry();
  }

  /** As if it had not run. */
  clear(): void {
    this.#idle();
    this.#live.hidden = true;
    delete this.figure.dataset["live"];
  }

  /** Equal to the record, and to what the page shows beside it, or to one of them, or to none. */
  #compare(lesson: Lesson, cell: CellData): "same" | "agrees" | "differs" | "unrecorded" {
    const text = masked(lesson, this.#printed);
    const expected = recorded(cell, lesson.tag);
    if (expected === undefined) return this.#edit === undefined ? "unrecorded" : "differs";
    if (!alike(cell, text, expected)) return "differs";
    const shown = this.figure.querySelector(".recorded pre.output:not([hidden])")?.textContent ?? "";
    return alike(cell, text.trimEnd(), shown.trimEnd()) ? "same" : "agrees";
  }

  #verdict(outcome: Outcome, result: string): string {
    switch (outcome.kind) {
      case "done": {
        const { shows, left } = outcome.report;
        const more = (shows ? words.shows(shows) : "") + (left ? words.left(left) : "");
        const silent = this.#printed === "" ? ` ${words.nothing}` : "";
        return words.result(result, this.#edit !== undefined) + silent + more;
      }
      case "late":
        return words.late(SECONDS);
      case "loud":
        return words.loud(`${OUTPUT >> 20} MB`);
      case "stopped":
        return words.stopped;
      case "died":
        return words.died(outcome.what);
      case "failed":
        return words.failed(outcome.what);
    }
  }

  #offerRetry(): void {
    const again = button(words.retry, words.label(words.retry, this.name), () =>
      this.actions.run(this),
    );
    this.#status.append(" ", again);
  }

  #wait(what: string): void {
    this.#busy = true;
    this.runButton.textContent = words.stop;
    this.runButton.setAttribute("aria-label", words.label(words.stop, this.name));
    this.#live.hidden = false;
    this.#pre.hidden = true;
    this.figure.dataset["live"] = "waits";
    this.#tell(what);
  }

  #idle(): void {
    this.#busy = false;
    this.runButton.textContent = words.run;
    this.runButton.setAttribute("aria-label", words.label(words.run, this.name));
  }

  #tell(what: string): void {
    this.#status.textContent = what;
  }
}
