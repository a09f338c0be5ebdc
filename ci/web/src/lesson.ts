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

const loaded = new Map<string, Lesson>();
const coming = new Map<string, Promise<Lesson>>();

/** The lesson on `topic`, loaded once. Who gives it up by `signal` begins anew the next time. */
export async function lesson(folder: string, topic: string, signal?: AbortSignal): Promise<Lesson> {
  const known = loaded.get(topic);
  if (known !== undefined) return known;
  const loading = coming.get(topic) ?? load(`${folder}${topic}.json`);
  coming.set(topic, loading);
  try {
    const given = await (signal === undefined ? loading : Promise.race([loading, abortion(signal)]));
    loaded.set(topic, given);
    return given;
  } finally {
    if (coming.get(topic) === loading) coming.delete(topic);
  }
}

/** Rejects once `signal` says so. */
function abortion(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true }));
}

async function load(url: string): Promise<Lesson> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  return response.json();
}
