// What a reader has done, kept in the browser for this copy of the book: one origin may have
// several. Tabs share it. Where the browser keeps nothing, it lasts as long as the page.

/** Values of one kind, each under a key of its own, so that two tabs change two of them. */
export class Kept<T> {
  readonly #prefix: string;
  /** What the browser would not take. */
  readonly #unkept = new Map<string, T | undefined>();

  /** Values by the name `kind` for the book at `root`; `read` knows them from anything else. */
  constructor(
    kind: string,
    root: string,
    private readonly read: (value: unknown) => T | undefined,
  ) {
    this.#prefix = `course-${kind}:${new URL(root).pathname}:`;
  }

  find(key: string): T | undefined {
    if (this.#unkept.has(key)) return this.#unkept.get(key);
    try {
      return this.read(JSON.parse(localStorage.getItem(this.#prefix + key) ?? "null"));
    } catch {
      return undefined;
    }
  }

  /** All of them, by key. */
  all(): Map<string, T> {
    const found = new Map<string, T>();
    for (const key of new Set([...this.#keys(), ...this.#unkept.keys()])) {
      const value = this.find(key);
      if (value !== undefined) found.set(key, value);
    }
    return found;
  }

  /** False where it lasts no longer than the page. */
  keep(key: string, value: T): boolean {
    try {
      localStorage.setItem(this.#prefix + key, JSON.stringify(value));
      this.#unkept.delete(key);
      return true;
    } catch {
      this.#unkept.set(key, value);
      return false;
    }
  }

  /** False where it is there again on the next page. */
  forget(key: string): boolean {
    try {
      localStorage.removeItem(this.#prefix + key);
      this.#unkept.delete(key);
      return true;
    } catch {
      this.#unkept.set(key, undefined);
      return false;
    }
  }

  /** Whether some of it is lost when the page is left. */
  get lost(): boolean {
    return this.#unkept.size > 0;
  }

  /** Calls `changed` when another tab has kept or forgotten something: of which key, or all. */
  watch(changed: (key: string | undefined) => void): void {
    addEventListener("storage", ({ key }) => {
      if (key === null) changed(undefined);
      else if (key.startsWith(this.#prefix)) changed(key.slice(this.#prefix.length));
    });
  }

  #keys(): string[] {
    try {
      const keys = Object.keys(localStorage).filter((key) => key.startsWith(this.#prefix));
      return keys.map((key) => key.slice(this.#prefix.length));
    } catch {
      return [];
    }
  }
}
