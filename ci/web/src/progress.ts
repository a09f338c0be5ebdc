// What was read: how far each chapter was seen, and which were read to the end.

import { Kept } from "./kept";

/** How far a chapter was read. */
export interface Progress {
  /** The part that was seen, from 0 to 1. */
  seen: number;
  /** Whether it was read to the end, or said to be. */
  read: boolean;
  /** When, in milliseconds. */
  at: number;
}

/** What a reader has seen before is seen: scrolling back takes nothing away. */
export class ReadingProgress {
  readonly kept: Kept<Progress>;

  /** Of the book at `root`. */
  constructor(root: string) {
    this.kept = new Kept("read", root, parse);
  }

  /** A part of `page` was seen; says whether that is news. */
  saw(page: string, seen: number): boolean {
    const before = this.kept.find(page);
    if (before?.read) return false;
    const part = Math.max(Math.min(seen, 1), before?.seen ?? 0);
    const news = part >= 1 || Math.floor(part * 100) > Math.floor((before?.seen ?? 0) * 100);
    if (news) this.kept.keep(page, { seen: part, read: part >= 1, at: Date.now() });
    return news;
  }

  /** The reader says that `page` was read, or was not. */
  mark(page: string, read: boolean): void {
    if (read) this.kept.keep(page, { seen: 1, read, at: Date.now() });
    else this.kept.forget(page);
  }

  /** The page that was read last, and not to its end. */
  here(): string | undefined {
    const open = [...this.kept.all()].filter(([, { read }]) => !read);
    open.sort(([, one], [, other]) => other.at - one.at);
    return open[0]?.[0];
  }
}

function parse(value: unknown): Progress | undefined {
  const { seen, read, at } = (value ?? {}) as Partial<Progress>;
  const fits = typeof seen === "number" && seen >= 0 && seen <= 1;
  return fits && typeof read === "boolean" && typeof at === "number" ? { seen, read, at } : undefined;
}
