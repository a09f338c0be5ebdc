// The Worker of a page: one CPython, which runs what the page sends, one cell at a time.

import { agreeing } from "./compare";
import { reason } from "./download";
import { Python } from "./python";
import { type FromWorker, type ToWorker } from "./protocol";
import * as snapshot from "./snapshot";
import { Writer } from "./writer";

const tell = (message: FromWorker): void => self.postMessage(message);
const writer = new Writer(
  (text) => tell({ kind: "text", text }),
  () => tell({ kind: "loud" }),
);
let python: Python | undefined;

/** What Pyodide says of an error after which it cannot go on. */
interface Fatal {
  pyodide_fatal_error?: boolean;
}

async function boot({ files, again }: Extract<ToWorker, { kind: "boot" }>): Promise<void> {
  if (again) await snapshot.forget();
  try {
    python = await Python.start(
      files,
      again,
      (bytes) => writer.write(bytes),
      (bytes, of) => tell({ kind: "loaded", bytes, of }),
    );
    tell({ kind: "ready", python: python.version });
  } catch (error) {
    tell({ kind: "failed", what: reason(error) });
  }
}

function run({ opening, job, expected }: Extract<ToWorker, { kind: "run" }>): void {
  if (python === undefined) return;
  tell({ kind: "begin" });
  writer.begin();
  try {
    const report = python.run(opening, job);
    writer.flush();
    tell({ kind: "end", report, agrees: agreeing(expected, writer.printed) });
    setTimeout(() => void snapshot.keep(), 1000);
  } catch (error) {
    writer.flush();
    died(error);
  }
}

function died(error: unknown): void {
  tell({ kind: "died", what: reason(error) });
}

self.addEventListener("message", (event: MessageEvent<ToWorker>) => {
  if (event.data.kind === "boot") void boot(event.data);
  else run(event.data);
});

// Some of Pyodide's ends come this way and no other.
self.addEventListener("unhandledrejection", (event) => {
  if ((event.reason as Fatal | null)?.pyodide_fatal_error) died(event.reason);
});
