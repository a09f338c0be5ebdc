// Bundles the scripts of the live pages:
//
//   node build.mjs FOLDER
//
// Writes them to FOLDER under names that carry a digest of their content, and prints these
// names as JSON.

import { build } from "esbuild";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const outdir = process.argv[2];
const read = (name) => JSON.parse(fs.readFileSync(path.join(here, "node_modules/pyodide", name)));
const { info } = read("pyodide-lock.json");
const { version } = read("package.json");
// A snapshot of CPython's memory keeps how it was started.
const launch = fs.readFileSync(path.join(here, "../verify/src/cpython/launch.json"));
const launched = createHash("sha256").update(launch).digest("hex").slice(0, 8);
const common = {
  absWorkingDir: here,
  bundle: true,
  charset: "utf8",
  define: { PYODIDE: JSON.stringify(info), SNAPSHOT: JSON.stringify(`${version}-${launched}`) },
  entryNames: "[name]-[hash]",
  legalComments: "none",
  loader: { ".py": "text" },
  logLevel: "error",
  metafile: true,
  minify: true,
  outdir,
  target: "es2022",
};

const modules = { ...common, format: "esm", external: ["pyodide"] };
const results = await Promise.all([
  build({ ...common, entryPoints: ["src/page.ts", "src/live.css"], format: "iife" }),
  build({ ...modules, entryPoints: ["src/worker.ts", "src/editor.ts"] }),
  // Browsers ask for a service worker by a name that stays.
  build({ ...common, entryPoints: ["src/offline.ts"], entryNames: "[name]", format: "iife" }),
]);

const names = {};
for (const { metafile } of results) {
  for (const [file, { entryPoint }] of Object.entries(metafile.outputs)) {
    if (entryPoint) names[path.basename(entryPoint)] = path.basename(file);
  }
}
console.log(JSON.stringify(names));
