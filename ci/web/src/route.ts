// The route that a reader has chosen through the book.

import { Kept } from "./kept";

/** The one route that is taken, if any. */
export class ChosenRoute {
  readonly kept: Kept<string>;

  /** Of the book at `root`. */
  constructor(root: string) {
    this.kept = new Kept("route", root, (value) => (typeof value === "string" ? value : undefined));
  }

  /** The name of the route. */
  get name(): string | undefined {
    return this.kept.find("chosen");
  }

  choose(name: string): void {
    this.kept.keep("chosen", name);
  }

  leave(): void {
    this.kept.forget("chosen");
  }
}
