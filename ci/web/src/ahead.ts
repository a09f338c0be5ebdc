// A Python made ready while its reader reads: on the pages that follow the one where they first
// ran something. Never on a line that costs, and never behind other pages.

/** What of a browser's knowledge of the line says whether it costs; not every browser tells. */
interface Line {
  saveData?: boolean;
  type?: string;
}

/** Whether loading what nobody asked for could cost the reader something. */
export function costs(line: Line | undefined, says: (query: string) => boolean): boolean {
  if (says("(prefers-reduced-data: reduce)")) return true;
  // Of a line that is not told of: what is held in a hand may be paid by the byte.
  if (line === undefined) return says("(pointer: coarse)");
  return line.saveData === true || ["cellular", "wimax", "bluetooth"].includes(line.type ?? "");
}

/** Calls `prepare` whenever the page is seen and idle, and `rest` when it is seen no more. */
export function whileRead(prepare: () => void, rest: () => void): void {
  const idle = globalThis.requestIdleCallback ?? ((act: () => void) => setTimeout(act, 1000));
  const { connection } = navigator as { connection?: Line };
  const free = (): boolean => !document.hidden && !costs(connection, (query) => matchMedia(query).matches);
  const wait = (): void => void idle(() => free() && prepare());
  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : wait()));
  if (document.readyState === "complete") wait();
  else addEventListener("load", wait);
}
