// What a cell prints, as text, piece by piece.

/** This many writes go out at once: an endless loop after one of them cannot swallow it. */
const SINGLE_WRITES = 1000;

/** A flood goes out in pieces of at least this many bytes. */
const PIECE = 1 << 14;

/** Turns bytes into text for the page. */
export class Writer {
  #decoder = new TextDecoder();
  #writes = 0;
  #waiting = "";

  constructor(private readonly send: (text: string) => void) {}

  /** A new cell begins. */
  begin(): void {
    this.#decoder = new TextDecoder();
    this.#writes = 0;
    this.#waiting = "";
  }

  write(bytes: Uint8Array): void {
    this.#waiting += this.#decoder.decode(bytes, { stream: true });
    this.#writes += 1;
    if (this.#writes <= SINGLE_WRITES || this.#waiting.length >= PIECE) this.#send();
  }

  /** Sends the rest. */
  flush(): void {
    this.#waiting += this.#decoder.decode();
    this.#send();
  }

  #send(): void {
    if (this.#waiting !== "") this.send(this.#waiting);
    this.#waiting = "";
  }
}
