// What a cell prints, as text, piece by piece.

/** The most a cell may print, in UTF-16 units. */
export const OUTPUT = 1 << 20;

/** This many writes go out at once: an endless loop after one of them cannot swallow it. */
const SINGLE_WRITES = 1000;

/** A flood goes out in pieces of at least this many units. */
const PIECE = 1 << 14;

/** Turns bytes into text for the page, which never gets more than it takes. */
export class Writer {
  /** What the cell has printed so far. */
  printed = "";
  #decoder = new TextDecoder();
  #writes = 0;
  #sent = 0;
  #loud = false;

  constructor(
    private readonly send: (text: string) => void,
    private readonly tooMuch: () => void,
  ) {}

  /** A new cell begins. */
  begin(): void {
    this.#decoder = new TextDecoder();
    this.printed = "";
    this.#writes = this.#sent = 0;
    this.#loud = false;
  }

  write(bytes: Uint8Array): void {
    if (this.#loud) return;
    const room = OUTPUT - this.printed.length;
    // No character has more than four bytes.
    this.#take(this.#decoder.decode(bytes.subarray(0, 4 * (room + 1)), { stream: true }));
    this.#writes += 1;
    const waiting = this.printed.length - this.#sent;
    if (this.#writes <= SINGLE_WRITES || waiting >= PIECE || this.#loud) this.#send();
    if (this.#loud) this.tooMuch();
  }

  /** Sends the rest. */
  flush(): void {
    if (!this.#loud) this.#take(this.#decoder.decode());
    this.#send();
  }

  #take(text: string): void {
    const room = OUTPUT - this.printed.length;
    this.#loud = text.length > room;
    this.printed += text.slice(0, room);
  }

  #send(): void {
    if (this.#sent < this.printed.length) this.send(this.printed.slice(this.#sent));
    this.#sent = this.printed.length;
  }
}
