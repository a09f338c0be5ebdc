// The page's one Worker: started when a cell is to run, ended when a cell does not end, and
// started anew after that.

import type { Expected } from "./lesson";
import type { Files, FromWorker, Job, Opening, Report, ToWorker } from "./protocol";
import * as words from "./words";

/** How long a cell may take, in seconds. */
export const SECONDS = 20;

/** How long a Worker that is there may be silent when it is asked to run a cell, in seconds. */
const SILENCE = 5;

/** When a start is called slow, in milliseconds. */
const SLOW = 8000;

/** How a run came to its end. */
export type Outcome =
  | { kind: "done"; report: Report; agrees: string[] }
  | { kind: "died"; what: string }
  | { kind: "failed"; what: string }
  | { kind: "late" | "loud" }
  /** By the reader; whether the cell had begun. */
  | { kind: "stopped"; ran: boolean };

/** What is told of a run while it lasts. */
export interface Progress {
  slow(): void;
  /** So many bytes of Python have come. */
  loaded(bytes: number, of: number): void;
  begin(): void;
  text(text: string): void;
}

interface Current {
  progress: Progress;
  began: boolean;
  timer: ReturnType<typeof setTimeout> | undefined;
  end(outcome: Outcome): void;
}

export class WorkerLink {
  /** Counts the Pythons of this page: what ran in an earlier one is gone. */
  epoch = 0;
  #worker: Worker | undefined;
  #started: Promise<void> | undefined;
  #current: Current | undefined;
  #again = false;
  #isReady = false;

  constructor(
    private readonly script: string,
    private readonly files: Files,
    /** Called when a Python is there. */
    private readonly ready: () => void,
  ) {}

  get isReady(): boolean {
    return this.#isReady;
  }

  /** Has a Python ready for who will want one; `rest` gives it up if it is not there yet. */
  prepare(): void {
    if (!this.#again) this.#start().catch(() => {});
  }

  /** Ends a start for which nobody waits. */
  rest(): void {
    if (this.#started !== undefined && this.#current === undefined && !this.#isReady) this.#end();
  }

  /** Runs one cell; only one runs at a time. */
  async run(opening: Opening, job: Job, expected: Expected, progress: Progress): Promise<Outcome> {
    return new Promise((resolve) => {
      const end = (outcome: Outcome): void => {
        clearTimeout(current.timer);
        if (this.#current !== current) return;
        this.#current = undefined;
        if (outcome.kind !== "done") this.#end();
        resolve(outcome);
        // What broke off is no fault of the next cell: have a Python ready for it. A start that
        // was given up is not begun again unasked.
        if (current.began && outcome.kind !== "done") this.#start().catch(() => {});
      };
      const timer = setTimeout(() => progress.slow(), SLOW);
      const current: Current = { progress, began: false, timer, end };
      const ask = (): void => {
        if (this.#current !== current) return;
        this.#post({ kind: "run", opening, job, expected });
        clearTimeout(timer);
        // A cell can close the Worker, which tells nobody.
        current.timer = setTimeout(() => end({ kind: "failed", what: words.silent }), SILENCE * 1000);
      };
      this.#current = current;
      this.#start().then(ask, (error: Error) => end({ kind: "failed", what: error.message }));
    });
  }

  /** Ends whatever runs. */
  stop(): void {
    this.#current?.end({ kind: "stopped", ran: this.#current.began });
  }

  /** Forgets everything that ran. */
  restart(): void {
    this.stop();
    this.#end();
  }

  #start(): Promise<void> {
    this.#started ??= this.#boot();
    return this.#started;
  }

  async #boot(): Promise<void> {
    const epoch = this.epoch;
    // What the browser has kept of the script may be what does not work.
    if (this.#again) await fetch(this.script, { cache: "reload" }).catch(() => {});
    if (this.epoch !== epoch) throw new Error(words.overtaken);
    return new Promise((resolve, reject) => {
      const refused = (what: string): void => {
        this.#again = true;
        this.#end();
        reject(new Error(what));
      };
      try {
        this.#worker = new Worker(this.script, { type: "module" });
      } catch {
        return refused(words.noWorker);
      }
      const worker = this.#worker;
      worker.addEventListener("error", (event) => {
        event.preventDefault();
        if (this.#worker === worker) refused(event.message || words.noWorker);
      });
      worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => {
        if (this.#worker !== worker) return;
        if (data.kind === "ready") {
          this.#again = false;
          this.#isReady = true;
          this.ready();
          resolve();
        } else if (data.kind === "failed") {
          refused(data.what);
        } else {
          this.#hear(data);
        }
      });
      this.#post({ kind: "boot", files: this.files, again: this.#again });
    });
  }

  #hear(message: Exclude<FromWorker, { kind: "ready" | "failed" }>): void {
    const current = this.#current;
    if (current === undefined) return;
    if (message.kind === "begin") {
      clearTimeout(current.timer);
      current.timer = setTimeout(() => current.end({ kind: "late" }), SECONDS * 1000);
      current.began = true;
      current.progress.begin();
    } else if (message.kind === "loaded") {
      current.progress.loaded(message.bytes, message.of);
    } else if (message.kind === "text") {
      current.progress.text(message.text);
    } else if (message.kind === "loud") {
      current.end({ kind: "loud" });
    } else if (message.kind === "end") {
      current.end({ kind: "done", report: message.report, agrees: message.agrees });
    } else {
      current.end({ kind: "died", what: message.what });
    }
  }

  #post(message: ToWorker): void {
    this.#worker?.postMessage(message);
  }

  #end(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#started = undefined;
    this.#isReady = false;
    this.epoch += 1;
  }
}
