// CPython in this Worker: starting it, and running a cell in it.

import type { PyodideInterface } from "pyodide";
import driverSource from "../../verify/src/run/driver.py";
import launch from "../../verify/src/cpython/launch.json";
import insideSource from "./inside.py";
import { download, watchDownloads } from "./download";
import type { Files, Job, Opening, Report } from "./protocol";
import * as snapshot from "./snapshot";
import { Count } from "./weight";

type Say = (bytes: Uint8Array) => void;
type Tell = (bytes: number, of: number) => void;

/** How often is told what has come, in milliseconds. */
const TELL = 100;

/** The folders of a session, in Pyodide's own file system. */
const FOLDERS: Record<string, string> = { "{work}": "/work", "{temporary}": "/tmp" };

/** As the recorded sessions have it: the hash seed makes the order of a set the recorded one. */
const ENVIRONMENT = Object.fromEntries(
  Object.entries(launch.environment).map(([name, value]) => [name, FOLDERS[value] ?? value]),
);

/** What is imported, and so not fetched by a function of ours: the browser tells when it was. */
const SCRIPTS = ["pyodide.mjs", "pyodide.asm.mjs"];

interface Inside {
  open_lesson(topic: string, source: string): void;
  run_cell(topic: string, cell: string): string;
}

/** A CPython in which cells can run. */
export class Python {
  #opened = new Set<string>();

  private constructor(
    private readonly pyodide: PyodideInterface,
    private readonly module: Uint8Array,
    private readonly inside: Inside,
  ) {}

  /** Starts CPython. What it and cells print goes to `say`. */
  static async start(files: Files, again: boolean, say: Say, tell: Tell): Promise<Python> {
    const count = new Count(files.weights);
    count.done(self.location.href);
    const told = (): void => {
      for (const url of SCRIPTS.map((name) => files.pyodide + name)) {
        if (performance.getEntriesByName(url).length > 0) count.done(url);
      }
      tell(...count.bytes);
    };
    const { instances, failure } = watchDownloads(again, count, told);
    const telling = setInterval(told, TELL);
    try {
      if (again) await Promise.all(SCRIPTS.map((name) => fetch(files.pyodide + name)));
      const lessons = download(files.lessons); // beside what Pyodide downloads
      const pyodide = await Promise.race([Python.#load(files), failure]);
      const module = await lessons;
      const write = (bytes: Uint8Array): number => (say(bytes), bytes.length);
      pyodide.setStdin({ stdin: () => null }); // at its end, as a session's is
      pyodide.setStdout({ write, isatty: false });
      pyodide.setStderr({ write, isatty: false });
      for (const folder of ["/work", "/extension"]) pyodide.FS.mkdirTree(folder);
      const names = pyodide.toPy({ driver_source: driverSource });
      pyodide.runPython(insideSource, { globals: names });
      const inside: Inside = {
        open_lesson: names.get("open_lesson"),
        run_cell: names.get("run_cell"),
      };
      return new Python(pyodide, module, inside);
    } finally {
      clearInterval(telling);
      instances.restore();
    }
  }

  static async #load(files: Files): Promise<PyodideInterface> {
    const pyodide: typeof import("pyodide") = await import(`${files.pyodide}pyodide.mjs`);
    const options = {
      indexURL: files.pyodide,
      args: launch.options,
      env: { ...ENVIRONMENT },
      // Nothing is ever installed, so that the list of packages need not be loaded.
      lockFileContents: JSON.stringify({ info: PYODIDE, packages: {} }),
      packageBaseUrl: files.pyodide,
    };
    return snapshot.load(SNAPSHOT, (extra) => pyodide.loadPyodide({ ...options, ...extra }));
  }

  /** The version, such as 3.14.2. */
  get version(): string {
    return this.pyodide.runPython("import sys; sys.version.split()[0]");
  }

  /** Runs a cell in its lesson's namespace. An exception here is Python's own end. */
  run(opening: Opening, job: Job): Report {
    if (!this.#opened.has(opening.topic)) this.#open(opening);
    return JSON.parse(this.inside.run_cell(opening.topic, JSON.stringify(job)));
  }

  #open(opening: Opening): void {
    // One file is every lesson: it is found under the lesson's name.
    this.pyodide.FS.writeFile(`/extension/lesson_${opening.topic}.so`, this.module);
    this.inside.open_lesson(opening.topic, opening.source);
    this.#opened.add(opening.topic);
  }
}
