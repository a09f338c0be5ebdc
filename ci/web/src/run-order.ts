// Which cells run, and in which order: as in the session, the ones above first.

import { type WorkerLink, type Outcome } from "./worker-link";
import type { CellData, Lesson } from "./lesson";
import * as words from "./words";

/** A cell on the page, as it takes its turn. */
export interface Shown {
  /** The reader's text in place of the book's, if there is one. */
  readonly edit: string | undefined;
  /** The reader asked for it; it is `next` if nothing runs before it. */
  queued(next: boolean): void;
  /** Its turn has come; `there` is whether Python is. */
  starting(there: boolean): void;
  slow(): void;
  /** So many bytes of Python have come. */
  loaded(bytes: number, of: number): void;
  begin(): void;
  text(text: string): void;
  /** `edited`: the cells above that ran with the reader's text. */
  ended(outcome: Outcome, lesson: Lesson, cell: CellData, edited: string[]): void;
  /** It did not run, and why. */
  refused(why: string, again: boolean): void;
}

type Find = (topic: string, cell: string) => Shown | undefined;

export class RunOrder {
  /** What ran in this Python, and whether with the reader's text. */
  #ran = new Map<string, boolean>();
  #broken = new Set<string>();
  #epoch = 0;
  #tail: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  /** What was asked for before a Stop shares one signal. */
  #wave = new AbortController();

  constructor(
    private readonly link: WorkerLink,
    private readonly load: (topic: string, signal: AbortSignal) => Promise<Lesson>,
    private readonly find: Find,
  ) {}

  /** Runs a cell, and the ones above that have not run. */
  run(topic: string, name: string): Promise<void> {
    return this.#queue(topic, name, (lesson) => {
      const index = lesson.cells.findIndex((cell) => cell.name === name);
      const above = lesson.cells.slice(0, index).filter((cell) => !this.#has(topic, cell));
      this.#broken.delete(key(topic, name));
      return [...above, ...lesson.cells.slice(index, index + 1)];
    });
  }

  /** Runs a cell as if nothing had run. */
  runAfresh(topic: string, name: string): Promise<void> {
    this.restart();
    return this.run(topic, name);
  }

  /** Runs every cell of a lesson, in a new Python where one of them has run. */
  runAll(topic: string, first: string): Promise<void> {
    return this.#queue(topic, first, (lesson) => {
      if (lesson.cells.some((cell) => this.#has(topic, cell))) this.link.restart();
      return lesson.cells;
    });
  }

  /** The cell's text is another now: a cell that broke off may be tried again. */
  edited(topic: string, name: string): void {
    this.#broken.delete(key(topic, name));
  }

  /** Ends what runs and forgets what waits. */
  stop(): void {
    this.#wave.abort();
    this.#wave = new AbortController();
    this.link.stop();
  }

  /** As if nothing had run. */
  restart(): void {
    this.stop();
    this.#broken.clear();
    this.link.restart();
  }

  #queue(topic: string, name: string, choose: (lesson: Lesson) => CellData[]): Promise<void> {
    const wave = this.#wave.signal;
    const asked = this.find(topic, name);
    asked?.queued(this.#waiting === 0);
    this.#waiting += 1;
    const run = this.#tail.then(async () => {
      try {
        if (wave.aborted) return asked?.refused(words.givenUp, false);
        const lesson = await this.load(topic, wave);
        await this.#runEach(lesson, choose(lesson), wave, name);
      } catch (error) {
        if (wave.aborted) asked?.refused(words.givenUp, false);
        else asked?.refused(words.noLesson((error as Error).message), true);
      } finally {
        this.#waiting -= 1;
      }
    });
    this.#tail = run;
    return run;
  }

  async #runEach(lesson: Lesson, cells: CellData[], wave: AbortSignal, name: string): Promise<void> {
    const asks = lesson.cells.find((cell) => cell.name === name);
    let asked = this.find(lesson.topic, name); // until it has run
    for (const cell of cells.filter((cell) => cell.runs)) {
      if (wave.aborted) return asked?.refused(words.givenUp, false);
      if (this.#broken.has(key(lesson.topic, cell.name))) continue;
      const outcome = await this.#runOne(lesson, cell, asked);
      if (cell === asks) asked = undefined;
      if (outcome.kind === "done") continue;
      const shown = this.find(lesson.topic, cell.name);
      // A cell of another page has no place here to say that Python did not start.
      if (outcome.kind === "failed" && shown === undefined && asks !== undefined) asked?.ended(outcome, lesson, asks, []);
      else asked?.refused(words.stoppedAbove(cell.name), outcome.kind === "failed");
      return;
    }
  }

  /** Runs `cell`; where another page shows it, `asked` tells meanwhile how far Python has come. */
  async #runOne(lesson: Lesson, cell: CellData, asked: Shown | undefined): Promise<Outcome> {
    const { topic } = lesson;
    const shown = this.find(topic, cell.name);
    const waits = shown ?? asked;
    waits?.starting(this.link.isReady);
    const edit = shown?.edit;
    const source = edit === undefined ? cell.source : indented(cell, edit);
    const job = { name: cell.name, line: cell.line, source };
    const expected = { mask: lesson.mask, longest: lesson.longest, varies: cell.varies, printed: cell.printed };
    const outcome = await this.link.run({ topic, source: lesson.source }, job, expected, {
      slow: () => waits?.slow(),
      loaded: (bytes, of) => waits?.loaded(bytes, of),
      begin: () => shown?.begin(),
      text: (text) => shown?.text(text),
    });
    if (outcome.kind === "done") this.#note(topic, cell, edit !== undefined);
    else if (outcome.kind !== "failed") this.#broken.add(key(topic, cell.name));
    shown?.ended(outcome, lesson, cell, this.#editedBefore(lesson, cell));
    return outcome;
  }

  #note(topic: string, cell: CellData, edited: boolean): void {
    const before = this.#has(topic, cell) && this.#ran.get(key(topic, cell.name));
    this.#ran.set(key(topic, cell.name), edited || before === true);
  }

  /** The other cells that ran with the reader's text, and may have changed what this one finds. */
  #editedBefore(lesson: Lesson, cell: CellData): string[] {
    const others = lesson.cells.filter((other) => other !== cell && this.#ran.get(key(lesson.topic, other.name)));
    return others.map((other) => other.name);
  }

  #has(topic: string, cell: CellData): boolean {
    if (this.#epoch !== this.link.epoch) this.#ran.clear();
    this.#epoch = this.link.epoch;
    return this.#ran.has(key(topic, cell.name));
  }
}

const key = (topic: string, name: string): string => `${topic}:${name}`;

/** An edit, with the empty lines at the top that the page does not show. */
function indented(cell: CellData, edit: string): string {
  const above = /^\n*/.exec(cell.source)?.[0] ?? "";
  return `${above}${edit.trimEnd()}\n`;
}
