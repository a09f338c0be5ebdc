// Whether a cell printed what is recorded, by the rules by which records are checked.

import type { CellData, Lesson } from "./lesson";

/** `text` without what differs between two runs. */
export function masked(lesson: Lesson, text: string): string {
  return lesson.mask.reduce((text, [find, write]) => text.replace(new RegExp(find, "g"), write), text);
}

/** What is recorded for `tag`, if anything is. */
export function recorded(cell: CellData, tag: string): string | undefined {
  return cell.printed.find((printed) => printed.tags.includes(tag))?.text;
}

/** Whether two outputs of `cell` are the same for a reader. */
export function alike(cell: CellData, one: string, other: string): boolean {
  const plain = (text: string): string => (cell.varies ? text.replace(/\d+/g, "…") : text);
  return plain(one) === plain(other);
}
