// What driver.py's `main` does in a native CPython, for the CPython in Pyodide.
//
//   node pyodide.mjs imports PYODIDE LAUNCH MODULE
//       prints each name that MODULE imports and Pyodide's main module does not export
//   node pyodide.mjs snapshot PYODIDE LAUNCH FILE
//       writes the memory of a CPython that has just started, with this PYTHONHASHSEED
//   node pyodide.mjs session PYODIDE LAUNCH FILE DRIVER JOB EVENTS
//       runs a session, from the snapshot in FILE where there is one
//
// LAUNCH is launch.json: the options and the environment of a session's Python.

import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";

const [command, pyodide, launch, ...rest] = process.argv.slice(2);

/// As driver.py is started natively. A snapshot keeps both.
const { options, environment } = JSON.parse(fs.readFileSync(launch, "utf8"));
/// The folders of a session, in Pyodide's own file system.
const FOLDERS = { "{work}": "/work", "{temporary}": "/tmp" };
/// What the loader itself gives to a module.
const LOADER = ["__memory_base", "__table_base"];

function missing(module) {
  const compiled = (file) => new WebAssembly.Module(fs.readFileSync(file));
  const main = compiled(path.join(pyodide, "pyodide.asm.wasm"));
  const names = (all) => all.map((one) => one.name);
  const known = new Set([...names(WebAssembly.Module.exports(main)), ...LOADER]);
  const imported = new Set(names(WebAssembly.Module.imports(compiled(module))));
  return [...imported].filter((name) => !known.has(name)).sort();
}

async function load(own) {
  const { loadPyodide } = await import(pathToFileURL(path.join(pyodide, "pyodide.mjs")));
  const entries = Object.entries(environment);
  const env = Object.fromEntries(entries.map(([name, value]) => [name, FOLDERS[value] ?? value]));
  env.PYTHONHASHSEED = process.env.PYTHONHASHSEED ?? env.PYTHONHASHSEED;
  return loadPyodide({ indexURL: pyodide + path.sep, args: options, env, ...own });
}

async function loadFrom(snapshot) {
  try {
    return await load({ _loadSnapshot: new Uint8Array(fs.readFileSync(snapshot)) });
  } catch {
    return load({}); // slower, and the same CPython
  }
}

/// Whoever watches ends a late session; this ends one that nobody watches any more.
function watchdog(seconds) {
  const thread = new Worker(
    `let timer;
     require("node:worker_threads").parentPort.on("message", (seconds) => {
       clearTimeout(timer);
       timer = setTimeout(() => process.kill(process.pid, "SIGKILL"), seconds * 1000);
     });`,
    { eval: true },
  );
  return () => thread.postMessage(seconds);
}

async function session(snapshot, driver, jobFile, eventsFile) {
  const job = JSON.parse(fs.readFileSync(jobFile, "utf8"));
  const events = fs.openSync(eventsFile, "a");
  const progress = watchdog(job.seconds);
  const python = await loadFrom(snapshot);
  const write = (bytes) => fs.writeSync(1, bytes); // at once, so that it keeps its place
  python.setStdout({ write });
  python.setStderr({ write });
  python.FS.mkdirTree("/extension");
  python.FS.mkdirTree("/work");
  for (const name of fs.readdirSync(job.path)) {
    python.FS.writeFile(`/extension/${name}`, fs.readFileSync(path.join(job.path, name)));
  }
  const emit = (text) => {
    const event = JSON.parse(text);
    if (event.event === "begin" || event.event === "evaluate") progress();
    event.at = fs.fstatSync(1).size;
    fs.writeSync(events, JSON.stringify(event) + "\n");
  };
  const names = python.toPy({ source: fs.readFileSync(driver, "utf8"), job, emit });
  python.runPython(RUN, { globals: names });
}

const RUN = `
import json, os, sys

os.chdir("/work")
sys.path.insert(0, "/extension")
driver = type(sys)("driver")
exec(compile(source, "driver.py", "exec"), driver.__dict__)
driver.run(job, lambda event: emit(json.dumps(event)))
`;

if (command === "imports") {
  console.log(missing(...rest).join("\n"));
} else if (command === "snapshot") {
  const python = await load({ _makeSnapshot: true });
  fs.writeFileSync(rest[0], python.makeMemorySnapshot());
} else {
  try {
    await session(...rest);
  } catch (error) {
    // Its last lines are shown; the stack below it is the machine's.
    fs.writeSync(1, `\n${error.message ?? error}\n`);
    process.exit(1);
  }
}
process.exit(0);
