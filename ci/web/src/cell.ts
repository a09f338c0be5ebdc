// One cell on the page: its buttons, the reader's edit, and what it prints here.

import { letKeysScroll } from "./chrome";
import { CHOSEN } from "./chooser";
import { button, element } from "./dom";
import type { Editor } from "./editor";
import { SECONDS, type Outcome } from "./worker-link";
import type { CellData, Lesson } from "./lesson";
import { Output } from "./output";
import type { Frame } from "./protocol";
import type { Shown } from "./run-order";
import * as store from "./store";
import * as words from "./words";
import { OUTPUT } from "./writer";

/** What a cell asks the page to do. */
export interface Actions {
  run(cell: Cell): void;
  runAndMoveOn(cell: Cell): void;
  stop(): void;
  edited(cell: Cell): void;
  openEditor(cell: Cell): Promise<Editor>;
}

/** How an output stands to the records. */
type Standing = "same" | "agrees" | "differs" | "unrecorded" | "broke";

/** What ran last, and how it ended. */
interface Ran {
  /** The reader's text that ran, if it was the reader's. */
  edit: string | undefined;
  /** Whether it may be tried again as it is. */
  again: boolean;
  standing(): Standing;
  says(standing: Standing): string;
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
  #begun: string | undefined;
  #ran: Ran | undefined;
  readonly #code: HTMLElement;
  readonly #text: HTMLElement;
  readonly #coloured: Node[];
  readonly #editButton: HTMLButtonElement;
  readonly #resetButton: HTMLButtonElement;
  readonly #tools = element("span", "tools");
  readonly #output: Output;
  readonly #status = element("p", "ran");
  readonly #note = element("p", "note");
  readonly #live: HTMLElement;

  constructor(
    readonly figure: HTMLElement,
    private readonly actions: Actions,
  ) {
    this.topic = figure.dataset["lesson"] ?? "";
    this.name = figure.dataset["cell"] ?? "";
    this.#output = new Output(this.name);
    this.#live = element("div", "live", element("p", "side", words.sideHere), ...this.#output.dom, this.#status);
    figure.querySelector(".recorded")?.prepend(element("p", "side", words.sideRecorded));
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
    document.addEventListener(CHOSEN, () => this.#mark());
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
    this.#mark();
    this.actions.edited(this);
  }

  #show(edit: string | undefined): void {
    this.#edit = edit;
    this.#resetButton.hidden = edit === undefined;
    const text = edit ?? this.original;
    if (this.#editor !== undefined) this.#editor.set(text);
    else if (edit !== undefined) this.#text.replaceChildren(text);
    else this.#text.replaceChildren(...this.#coloured.map((part) => part.cloneNode(true)));
    this.#mark();
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
    this.#begun = this.#edit;
    this.#wait(words.starting);
  }

  slow(): void {
    this.#tell(words.slow);
  }

  begin(): void {
    this.#tell(words.running);
    this.#output.clear();
    this.figure.dataset["live"] = "runs";
  }

  text(text: string): void {
    this.#output.add(text);
  }

  ended(outcome: Outcome, lesson: Lesson, cell: CellData, edited: string[]): void {
    this.#idle();
    this.#output.end();
    for (const fold of this.figure.querySelectorAll<HTMLDetailsElement>("details.predict")) {
      fold.open = true;
    }
    const edit = this.#begun;
    this.#ran = {
      edit,
      again: outcome.kind === "failed",
      standing: () => this.#standing(outcome, lesson, cell),
      says: (standing) => this.#verdict(outcome, standing, lesson, cell, edit === undefined ? edited : []),
    };
    this.#mark();
    letKeysScroll();
    this.#bringIntoSight();
  }

  /** Says of what ran how it stands to what is on the page now. */
  #mark(): void {
    if (this.#ran === undefined || this.#busy) return;
    const stands = this.#ran.edit === this.#edit;
    const standing = this.#ran.standing();
    this.figure.dataset["live"] = stands ? standing : "stale";
    this.#tell(stands ? this.#ran.says(standing) : words.stale);
    if (stands && this.#ran.again) this.#offerRetry();
  }

  /** Brings what ran into sight, where the reader would not see that it did. */
  #bringIntoSight(): void {
    const { top, bottom } = this.#live.getBoundingClientRect();
    if (top > innerHeight - 40 || bottom < 40) this.#live.scrollIntoView({ block: "nearest" });
  }

  refused(why: string, again: boolean): void {
    this.#idle();
    this.#ran = undefined;
    this.#live.hidden = false;
    this.figure.dataset["live"] = "broke";
    this.#tell(why);
    if (again) this.#offerRetry();
  }

  /** As if it had not run. */
  clear(): void {
    this.#idle();
    this.#ran = undefined;
    this.#live.hidden = true;
    delete this.figure.dataset["live"];
  }

  /** Equal to the record, and to what the page shows beside it, or to one of them, or to none. */
  #standing(outcome: Outcome, lesson: Lesson, cell: CellData): Standing {
    if (outcome.kind !== "done") return "broke";
    const recorded = cell.printed.some(({ tags }) => tags.includes(lesson.tag));
    if (!recorded) return this.#ran?.edit === undefined ? "unrecorded" : "differs";
    if (!outcome.agrees.includes(lesson.tag)) return "differs";
    const shown = this.figure.querySelector<HTMLElement>(".recorded [data-tags]:not([hidden])");
    const tags = shown?.dataset["tags"]?.split(" ") ?? [];
    return tags.some((tag) => outcome.agrees.includes(tag)) ? "same" : "agrees";
  }

  #verdict(outcome: Outcome, standing: Standing, lesson: Lesson, cell: CellData, edited: string[]): string {
    switch (outcome.kind) {
      case "done": {
        const { raised, frames, shows, left } = outcome.report;
        const agrees = standing === "same" || standing === "agrees";
        const said = words.result(standing, this.#ran?.edit !== undefined, edited);
        const failed = raised && !agrees ? words.raised(raised[0] ?? "", placesOf(frames, lesson, cell)) : "";
        const more = (shows ? words.shows(shows) : "") + (left ? words.left(left) : "");
        return said + (this.#output.empty ? ` ${words.nothing}` : "") + failed + more;
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
    this.#output.hide();
    this.figure.dataset["live"] = "waits";
    this.#tell(what);
  }

  #idle(): void {
    this.#busy = false;
    this.runButton.textContent = words.run;
    this.runButton.setAttribute("aria-label", words.label(words.run, this.name));
  }

  #tell(what: string): void {
    if (this.#status.textContent !== what) this.#status.textContent = what;
  }
}

/** Where an exception passed, in the lines that the page shows, the outermost call first. */
function placesOf(frames: Frame[], { cells }: Lesson, cell: CellData): words.Place[] {
  return frames.map(([line, name]) => {
    const of = line > cell.line ? cell : cells.findLast((other) => other.line < line);
    const above = /^\n*/.exec(of?.source ?? "")?.[0].length ?? 0;
    return { name, line: line - (of?.line ?? 0) - above, cell: of === cell ? undefined : of?.name };
  });
}
