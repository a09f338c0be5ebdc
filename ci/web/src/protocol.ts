// What the page and its Worker say to each other.

/** Where the Worker finds what it runs; all of it on the site itself. */
export interface Files {
  /** The folder of Pyodide's files, with a slash at its end. */
  pyodide: string;
  /** The module that holds every lesson. */
  lessons: string;
}

/** A lesson whose cells are to run in a namespace of their own. */
export interface Opening {
  topic: string;
  /** The whole session, from which tracebacks quote lines. */
  source: string;
}

/** A cell as the driver takes it. */
export interface Job {
  name: string;
  /** The line of its marker in the session, from 1. */
  line: number;
  source: string;
}

export type ToWorker =
  | { kind: "boot"; files: Files; again: boolean }
  | { kind: "run"; opening: Opening; job: Job };

/** How a cell ended, by the driver's report. */
export interface Report {
  /** The names of the exception's class, or null. */
  raised: string[] | null;
  /** The session's line at which it failed. */
  line: number | null;
  /** The type of a last expression's value, which a cell must print itself. */
  shows: string | null;
  /** What the cell left for the next ones. */
  left: string | null;
}

export type FromWorker =
  | { kind: "ready"; python: string }
  /** Python did not start; `what` says why. */
  | { kind: "failed"; what: string }
  | { kind: "begin" }
  | { kind: "text"; text: string }
  | { kind: "end"; report: Report }
  /** Python has ended in the middle of a cell and is of no more use. */
  | { kind: "died"; what: string };
