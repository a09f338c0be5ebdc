// What a page must know of a lesson to run it: its cells, and what each CPython printed.

/** One output and the tags that printed it. */
export interface Printed {
  tags: string[];
  text: string;
}

export interface CellData {
  name: string;
  /** The line of its marker in the session, from 1. */
  line: number;
  source: string;
  /** Whether it runs in the browser. */
  runs: boolean;
  /** Whether its integers may differ from run to run. */
  varies: boolean;
  printed: Printed[];
}

export interface Lesson {
  topic: string;
  /** The whole session. */
  source: string;
  /** The tag of this browser's CPython: its column of the record. */
  tag: string;
  /** What differs between two runs. */
  mask: Step[];
  /** The longest line that is masked, in UTF-16 units. */
  longest: number;
  cells: CellData[];
}

/** A step of the mask: what to find in a line that has one of some pieces, and what to write. */
export interface Step {
  find: string;
  write: string;
  among: string[];
}

/** What the output of a cell is held against. */
export type Expected = Pick<Lesson, "mask" | "longest"> & Pick<CellData, "varies" | "printed">;

const lessons = new Map<string, Promise<Lesson>>();

/** The lesson on `topic`, loaded once. */
export function lesson(folder: string, topic: string): Promise<Lesson> {
  const known = lessons.get(topic);
  if (known !== undefined) return known;
  const loading = load(`${folder}${topic}.json`);
  lessons.set(topic, loading);
  loading.catch(() => lessons.delete(topic)); // so that it can be tried again
  return loading;
}

async function load(url: string): Promise<Lesson> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  return response.json();
}
