// One cell on the page: its buttons, the reader's edit, and what it prints here.

import { letKeysScroll } from "./chrome";
import { colour } from "./colour";
import { CHOSEN } from "./chooser";
import { button, element } from "./dom";
import type { Editor } from "./editor";
import { SECONDS, type Outcome } from "./worker-link";
import type { CellData, Lesson } from "./lesson";
import { Output } from "./output";
import type { Frame } from "./protocol";
import { RunBar, type Mark } from "./run-bar";
import type { Shown } from "./run-order";
import { bringIntoSight, inSight } from "./sight";
import * as store from "./store";
import * as words from "./words";
import { OUTPUT } from "./writer";

/** What a cell asks the page to do. */
export interface Actions {
  run(cell: Cell): void;
  runAndMoveOn(cell: Cell): void;
  runAfresh(cell: Cell): void;
  stop(): void;
  edited(cell: Cell): void;
  openEditor(cell: Cell): Promise<Editor>;
  /** What a Run costs now, in bytes; none where Python has been loaded before. */
  cost(): number | undefined;
}

/** How an output stands to the records. */
type Standing = "same" | "agrees" | "differs" | "unrecorded" | "broke";

/** What ran last, and how it ended. */
interface Ran {
  /** The reader's text that ran, if it was the reader's. */
  edit: string | undefined;
  /** What can be done about how it ended. */
  offer(standing: Standing): HTMLButtonElement | undefined;
  standing(): Standing;
  says(standing: Standing): [text: string, mark?: Mark];
}

export class Cell implements Shown {
  readonly topic: string;
  readonly name: string;
  /** The cell as the book has it. */
  readonly original: string;
  #edit: string | undefined;
  #editor: Editor | undefined;
  #opening: Promise<void> | undefined;
  #begun: string | undefined;
  #ran: Ran | undefined;
  /** Whether the reader pressed this one, and looks for what it prints. */
  #asked = false;
  readonly #bar: RunBar;
  readonly #code: HTMLElement;
  readonly #text: HTMLElement;
  readonly #lines: Node[];
  readonly #output: Output;
  readonly #note = element("p", "note");
  readonly #live: HTMLElement;

  constructor(
    readonly figure: HTMLElement,
    private readonly actions: Actions,
  ) {
    this.topic = figure.dataset["lesson"] ?? "";
    this.name = figure.dataset["cell"] ?? "";
    this.#output = new Output(this.name);
    this.#live = element("div", "live", element("p", "side", words.sideHere), ...this.#output.dom);
    figure.querySelector(".recorded")?.prepend(element("p", "side", words.sideRecorded));
    this.#code = figure.querySelector<HTMLElement>("pre:has(> code)")!;
    this.#text = this.#code.querySelector("code")!;
    this.#lines = [...this.#text.childNodes];
    this.original = this.#text.textContent.trimEnd();
    this.#bar = new RunBar(this.name, {
      run: () => actions.run(this),
      stop: () => actions.stop(),
      edit: () => void this.edits(),
      reset: () => this.reset(),
    });
    this.#bar.say(words.unrun(actions.cost()));
    this.#live.hidden = true;
    figure.querySelector(".results")?.append(this.#live);
    this.#code.after(this.#note, this.#bar.dom);
    this.#code.addEventListener("click", () => this.#isOpen && getSelection()?.isCollapsed && void this.edits());
    figure.addEventListener("keydown", (event) => this.#key(event));
    document.addEventListener(CHOSEN, () => this.#mark());
    this.restore();
  }

  get runButton(): HTMLButtonElement {
    return this.#bar.run;
  }

  /** Whether it may show what it prints: in a question it may once that is answered. */
  get #isOpen(): boolean {
    return this.figure.closest("[data-closed]") === null;
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
  async edits(): Promise<void> {
    this.#opening ??= this.#open();
    await this.#opening;
    this.#editor?.focus();
  }

  async #open(): Promise<void> {
    const slow = setTimeout(() => this.#say(words.editorComes), 100);
    try {
      this.#editor = await this.actions.openEditor(this);
      this.#code.hidden = true;
      this.#code.after(this.#editor.dom);
      this.#bar.edit.hidden = true;
      this.restore();
    } catch (error) {
      this.#opening = undefined;
      this.#say(words.noEditor((error as Error).message));
    } finally {
      clearTimeout(slow);
    }
  }

  /** The reader has typed. */
  typed(text: string): void {
    this.#edit = text.trimEnd() === this.original ? undefined : text;
    if (this.#edit === undefined) store.forget(this.topic, this.name);
    const kept =
      this.#edit === undefined || store.keep(this.topic, this.name, { text, of: this.original });
    this.#say(this.#edit === undefined ? "" : kept ? words.kept : words.notKept);
    this.#bar.reset.hidden = this.#edit === undefined;
    this.#mark();
    this.actions.edited(this);
  }

  #show(edit: string | undefined): void {
    this.#edit = edit;
    this.#bar.reset.hidden = edit === undefined;
    const text = edit ?? this.original;
    if (this.#editor !== undefined) this.#editor.set(text);
    else if (edit !== undefined) this.#text.replaceChildren(text);
    else if (this.#text.textContent.trimEnd() !== this.original) {
      this.#text.replaceChildren(...this.#lines.map((part) => part.cloneNode(true)));
      colour(this.#text);
    }
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
    if (this.#bar.busy || !this.#isOpen) return;
    if (event.shiftKey) this.actions.runAndMoveOn(this);
    else this.actions.run(this);
  }

  queued(next: boolean): void {
    this.#asked = true;
    this.#wait(next ? words.opening : words.waiting);
  }

  starting(there: boolean): void {
    this.#begun = this.#edit;
    this.#wait(there ? words.running : words.starting);
  }

  slow(): void {
    this.#bar.say(words.slow);
  }

  loaded(bytes: number, of: number): void {
    this.#bar.loaded(bytes, of);
  }

  begin(): void {
    this.#bar.began();
    this.#bar.say(words.running);
    this.#output.clear();
    this.#live.hidden = false;
    this.figure.dataset["live"] = "runs";
  }

  text(text: string): void {
    this.#output.add(text);
    if (this.#asked) requestAnimationFrame(() => this.#bringIntoSight()); // once it is drawn
  }

  ended(outcome: Outcome, lesson: Lesson, cell: CellData, edited: string[]): void {
    this.#bar.busy = false;
    this.#output.end();
    const edit = this.#begun;
    this.#ran = {
      edit,
      offer: (standing) => this.#offer(outcome, standing, edit !== undefined),
      standing: () => this.#standing(outcome, lesson, cell),
      says: (standing) => this.#verdict(outcome, standing, lesson, cell, edit === undefined ? edited : []),
    };
    this.#mark();
    letKeysScroll();
    if (!this.#output.empty) this.#bringIntoSight();
    this.#asked = false;
  }

  /** Says of what ran how it stands to what is on the page now. */
  #mark(): void {
    if (this.#ran === undefined || this.#bar.busy) return;
    const stands = this.#ran.edit === this.#edit;
    const standing = this.#ran.standing();
    this.figure.dataset["live"] = stands ? standing : "stale";
    if (!stands) return this.#bar.say(words.stale);
    const [text, mark] = this.#ran.says(standing);
    this.#bar.say(text, mark, this.#ran.offer(standing));
  }

  /** Brings what is printed into sight, where who pressed Run still looks at the cell. */
  #bringIntoSight(): void {
    if (this.#asked && !this.#live.hidden && inSight(this.figure)) bringIntoSight(this.#live);
  }

  refused(why: string, again: boolean): void {
    this.#bar.busy = false;
    this.#asked = false;
    this.#ran = undefined;
    this.#live.hidden = true;
    this.figure.dataset["live"] = "broke";
    this.#bar.say(why, undefined, again ? this.#retry() : undefined);
  }

  /** As if it had not run. */
  clear(): void {
    this.#bar.busy = false;
    this.#asked = false;
    this.#ran = undefined;
    this.#live.hidden = true;
    delete this.figure.dataset["live"];
    this.#bar.say(words.unrun(this.actions.cost()));
  }

  /** Says what a Run costs now. */
  costs(): void {
    if (this.figure.dataset["live"] === undefined) this.#bar.say(words.unrun(this.actions.cost()));
  }

  /** Equal to the record, and to what the page shows beside it, or to one of them, or to none. */
  #standing(outcome: Outcome, lesson: Lesson, cell: CellData): Standing {
    if (outcome.kind !== "done") return "broke";
    const known = cell.printed.some(({ tags }) => tags.includes(lesson.tag));
    if (!known) return this.#ran?.edit === undefined ? "unrecorded" : "differs";
    if (!outcome.agrees.includes(lesson.tag)) return "differs";
    const recorded = this.figure.querySelector<HTMLElement>(".recorded");
    if (recorded === null) return "same"; // nothing is shown beside it
    const shown = recorded.querySelector<HTMLElement>("[data-tags]:not([hidden])");
    const tags = shown?.dataset["tags"]?.split(" ") ?? [];
    return tags.some((tag) => outcome.agrees.includes(tag)) ? "same" : "agrees";
  }

  #verdict(outcome: Outcome, standing: Standing, lesson: Lesson, cell: CellData, edited: string[]): [string, Mark?] {
    switch (outcome.kind) {
      case "done": {
        const { raised, frames, shows, left } = outcome.report;
        const agrees = standing === "same" || standing === "agrees";
        const mine = this.#ran?.edit !== undefined;
        const said = words.result(standing, mine, edited);
        const failed = raised && !agrees ? words.raised(raised[0] ?? "", placesOf(frames, lesson, cell)) : "";
        const more = (shows ? words.shows(shows) : "") + (left ? words.left(left) : "");
        const text = said + (this.#output.empty ? ` ${words.nothing}` : "") + failed + more;
        if (agrees) return [text, ["right", words.asRecorded]];
        return mine || standing === "unrecorded" ? [text] : [text, ["wrong", words.notAsRecorded]];
      }
      case "late":
        return [words.late(SECONDS), ["wrong", words.cutShort]];
      case "loud":
        return [words.loud(`${OUTPUT >> 20} MB`), ["wrong", words.cutShort]];
      case "stopped":
        return [outcome.ran ? words.stopped : words.givenUp];
      case "died":
        return [words.died(outcome.what), ["wrong", words.crashed]];
      case "failed":
        return [words.failed(outcome.what), ["wrong", words.notRun]];
    }
  }

  #offer(outcome: Outcome, standing: Standing, mine: boolean): HTMLButtonElement | undefined {
    if (outcome.kind === "failed") return this.#retry();
    if (standing !== "differs" || mine) return undefined;
    return button(words.afresh, words.label(words.afresh, this.name), () => this.actions.runAfresh(this));
  }

  #retry(): HTMLButtonElement {
    return button(words.retry, words.label(words.retry, this.name), () => {
      this.runButton.focus(); // the pressed one goes
      this.actions.run(this);
    });
  }

  #wait(what: string): void {
    this.#bar.busy = true;
    this.#live.hidden = true;
    this.figure.dataset["live"] = "waits";
    this.#bar.say(what);
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
