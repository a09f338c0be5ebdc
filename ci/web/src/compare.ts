// Whether a cell printed what is recorded, by the rules by which records are checked.
//
// Runs in the Worker, so that a page answers whatever a cell prints.

import type { Expected, Step } from "./lesson";

/** The tags for which `text` is what is recorded. */
export function agreeing(expected: Expected, text: string): string[] {
  const plain = (text: string): string => (expected.varies ? text.replace(/\d+/g, "…") : text);
  const printed = plain(masked(expected, text));
  return expected.printed.filter((recorded) => plain(recorded.text) === printed).flatMap(({ tags }) => tags);
}

/** `text` without what differs between two runs. */
function masked({ mask, longest }: Expected, text: string): string {
  const steps = mask.map((step) => ({ ...step, find: new RegExp(step.find, "g") }));
  const line = (line: string): string => (line.length > longest ? line : steps.reduce(apply, line));
  return text.split(/(?<=\n)/).map(line).join("");
}

type Compiled = Omit<Step, "find"> & { find: RegExp };

function apply(line: string, { find, write, among }: Compiled): string {
  return among.some((piece) => line.includes(piece)) ? line.replace(find, write) : line;
}
