// The reader's edits, kept in the browser. Two tabs share them: the last one to write wins,
// and the other one shows it. So is which Python has been loaded, once one has.

/** An edit, and the cell as it was when it was made. */
export interface Edit {
  text: string;
  of: string;
}

/** Of this copy of the book: one origin may have several. */
let prefix = "course-edit:";
let python = "course-python";

/** Keeps edits under the address of the book's root. */
export function open(root: string): void {
  prefix = `course-edit:${new URL(root).pathname}:`;
  python = `course-python:${new URL(root).pathname}`;
}

/** Which Python was loaded last, once the reader has run something. */
export function loaded(): string | undefined {
  try {
    return localStorage.getItem(python) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Remembers which Python was loaded. */
export function hasLoaded(which: string): void {
  try {
    localStorage.setItem(python, which);
  } catch {
    // Its cost is told once more.
  }
}

const key = (topic: string, cell: string): string => `${prefix}${topic}:${cell}`;

/** The edit of a cell, if one is kept. */
export function find(topic: string, cell: string): Edit | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key(topic, cell)) ?? "null");
    return isEdit(kept) ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps an edit; false where the browser has no room for it. */
export function keep(topic: string, cell: string, edit: Edit): boolean {
  try {
    localStorage.setItem(key(topic, cell), JSON.stringify(edit));
    return true;
  } catch {
    return false;
  }
}

/** Forgets a cell's edit. */
export function forget(topic: string, cell: string): void {
  try {
    localStorage.removeItem(key(topic, cell));
  } catch {
    // What cannot be read is not shown either.
  }
}

/** Calls `changed` when another tab has kept or forgotten an edit. */
export function watch(changed: (topic: string, cell: string) => void): void {
  addEventListener("storage", ({ key }) => {
    const [topic, cell] = key?.startsWith(prefix) ? key.slice(prefix.length).split(":") : [];
    if (topic !== undefined && cell !== undefined) changed(topic, cell);
  });
}

function isEdit(kept: unknown): kept is Edit {
  const edit = kept as Partial<Edit> | null;
  return typeof edit?.text === "string" && typeof edit.of === "string";
}
