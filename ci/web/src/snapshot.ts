// CPython as it was just after its start, kept in the browser so that the next start is short.
//
// Pyodide's snapshots are not part of its public interface: whatever goes wrong with one, the
// usual start takes its place. One belongs to exactly one version of Pyodide.

import type { PyodideInterface } from "pyodide";

/** Of this copy of the book: one origin may have several. */
const STORE = `course-snapshot ${new URL(".", self.location.href).href}`;

/** Options that Pyodide takes and does not document. */
interface Extra {
  _makeSnapshot?: true;
  _loadSnapshot?: Uint8Array;
}

interface WithSnapshots extends PyodideInterface {
  makeMemorySnapshot(): Uint8Array;
}

let made: { version: string; bytes: Uint8Array } | undefined;

/** Starts by `start`: from the snapshot where there is one, else so that one can be made. */
export async function load(
  version: string,
  start: (extra: Extra) => Promise<PyodideInterface>,
): Promise<PyodideInterface> {
  const kept = await find(version);
  if (kept !== undefined) {
    try {
      return await start({ _loadSnapshot: kept });
    } catch {
      await forget();
    }
  }
  const pyodide = await start({ _makeSnapshot: true });
  try {
    made = { version, bytes: (pyodide as WithSnapshots).makeMemorySnapshot() };
  } catch {
    made = undefined;
  }
  return pyodide;
}

/** Keeps what `load` made; called when nobody waits. */
export async function keep(): Promise<void> {
  if (made === undefined) return;
  const { version, bytes } = made;
  made = undefined;
  try {
    const store = await caches.open(STORE);
    for (const old of await store.keys()) await store.delete(old);
    await store.put(address(version), new Response(bytes as BufferSource));
  } catch {
    // Storage is full or forbidden: the next start is the usual one.
  }
}

/** Drops what is kept: it may be what does not work. */
export async function forget(): Promise<void> {
  made = undefined;
  await caches.delete(STORE).catch(() => false);
}

async function find(version: string): Promise<Uint8Array | undefined> {
  try {
    const store = await caches.open(STORE);
    const response = await store.match(address(version));
    return response && new Uint8Array(await response.arrayBuffer());
  } catch {
    return undefined;
  }
}

function address(version: string): string {
  return new URL(`snapshot-${version}`, self.location.href).href;
}
