// What the page and its Worker say to each other.

import type { Expected } from "./lesson";
import type { Weights } from "./weight";

/** Where the Worker finds what it runs; all of it on the site itself. */
export interface Files {
  /** The folder of Pyodide's files, with a slash at its end. */
  pyodide: string;
  /** The module that holds every lesson. */
  lessons: string;
  weights: Weights;
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
  | { kind: "run"; opening: Opening; job: Job; expected: Expected };

/** A line of the session that was running, and the function that it is in. */
export type Frame = [line: number, name: string];

/** How a cell ended, by the driver's report. */
export interface Report {
  /** The names of the exception's class, or null. */
  raised: string[] | null;
  /** The session's lines at which it failed, the outermost call first. */
  frames: Frame[];
  /** The type of a last expression's value, which a cell must print itself. */
  shows: string | null;
  /** What the cell left for the next ones. */
  left: string | null;
}

export type FromWorker =
  | { kind: "ready"; python: string }
  /** So many bytes of what it is made of have come. */
  | { kind: "loaded"; bytes: number; of: number }
  /** Python did not start; `what` says why. */
  | { kind: "failed"; what: string }
  | { kind: "begin" }
  | { kind: "text"; text: string }
  /** It has printed more than a page takes. */
  | { kind: "loud" }
  /** `agrees`: the tags for which it printed what is recorded. */
  | { kind: "end"; report: Report; agrees: string[] }
  /** Python has ended in the middle of a cell and is of no more use. */
  | { kind: "died"; what: string };
