// The reader's answers, kept in this browser. An answer is kept under the key that it was an
// answer to: where a record moves, or another CPython is chosen whose answer is another, the
// question is open again.

import { Kept } from "./kept";

/** What became of a question. */
export interface Result {
  /** How often a wrong answer was given. */
  wrong: number;
  /** How it ended, if it did. */
  ended?: "answered" | "shown";
}

/** Results by what was the right answer. */
type Results = Record<string, Result>;

let kept: Kept<Results>;

/** Keeps answers under the address of the book's root. */
export function open(root: string): void {
  kept = new Kept("answer", root, resultsOf);
}

/** What became of the question `id`, whose right answer is `key`. */
export function find(id: string, key: string): Result | undefined {
  const results = all(id);
  return Object.hasOwn(results, key) ? results[key] : undefined;
}

/** All that became of the question `id`, by what was right. */
export function all(id: string): Results {
  return kept.find(id) ?? {};
}

/** Keeps what became of a question; false where that lasts no longer than the page. */
export function keep(id: string, key: string, result: Result): boolean {
  return put(id, { ...all(id), [key]: result });
}

/** Puts all that became of the question `id` in place of what is kept. */
export function put(id: string, results: Results): boolean {
  return Object.keys(results).length === 0 ? kept.forget(id) : kept.keep(id, results);
}

/** Calls `changed` when another page has kept or forgotten something of a question, or of all:
 *  in another tab, or in this one, before the reader came back. */
export function watch(changed: (id: string | undefined) => void): void {
  kept.watch(changed);
  addEventListener("pageshow", ({ persisted }) => persisted && changed(undefined));
}

function resultsOf(value: unknown): Results | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.fromEntries(Object.entries(value).filter(([, result]) => isResult(result)));
}

function isResult(kept: unknown): kept is Result {
  const result = kept as Partial<Result> | null;
  const ended = result?.ended;
  return Number.isInteger(result?.wrong) && (ended === undefined || ended === "answered" || ended === "shown");
}
