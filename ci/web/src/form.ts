// How a reader answers a question: by choosing, by typing, by filling in a table.

/** What the reader fills in. */
export interface Form {
  /** What it is made of. */
  readonly dom: HTMLElement;
  /** Reads as on `tag`. */
  on(tag: string): void;
  /** Judges what is filled in, and explains that alone. */
  check(): Judged;
  /** Gives all answers, each explained. */
  reveal(): void;
  /** As if nothing had been filled in. */
  clear(): void;
}

/** `says` tells of what is wrong, or missing. */
export interface Judged {
  is: "right" | "wrong" | "nothing";
  says: string;
}
