// What is large stands in the book compressed, too, and is compressed once.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { BOOK, otherThan } from "./harness.mjs";

const script = fileURLToPath(new URL("../compress.mjs", import.meta.url));
const skip = otherThan("chromium");

const below = (folder) => fs.readdirSync(folder, { recursive: true }).map((name) => path.join(folder, name));

test("each compressed file of the book is the plain one, and smaller", { skip }, () => {
  const files = below(BOOK);
  const large = files.filter((file) => /\.(wasm|js|mjs|css|json|html)$/.test(file) && fs.statSync(file).size > 10_000);
  for (const part of ["pyodide.asm.wasm", "pyodide.asm.mjs", "/lessons-", "/page-", "/editor-", "/tuple.json", "/searchindex-", "/tuple.html"]) {
    assert.ok(large.some((file) => file.includes(part)), part);
  }
  for (const file of large) {
    const plain = fs.readFileSync(file);
    for (const [suffix, unpack] of [[".gz", gunzipSync], [".br", brotliDecompressSync]]) {
      const packed = fs.readFileSync(file + suffix);
      assert.ok(packed.length < plain.length && unpack(packed).equals(plain), file + suffix);
    }
  }
});

test("a content is compressed once, and what no build uses any more goes", { skip }, () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "course-compressed-"));
  const file = path.join(folder, "a.js");
  const kept = path.join(folder, "kept");
  const compress = () => JSON.parse(execFileSync("node", [script, kept], { input: JSON.stringify([file]) }))[0];
  fs.writeFileSync(file, "a = 1;\n".repeat(1000));
  const { digest, plain, gzip, br } = compress();
  assert.equal(plain, 7000);
  assert.equal(fs.statSync(path.join(kept, `${digest}.gz`)).size, gzip);
  assert.equal(fs.statSync(path.join(kept, `${digest}.br`)).size, br);
  fs.writeFileSync(path.join(kept, `${digest}.gz`), "as it was");
  assert.equal(compress().gzip, 9);
  fs.utimesSync(path.join(kept, `${digest}.br`), 0, 0);
  fs.writeFileSync(file, "b = 1;\n".repeat(1000));
  const other = compress();
  assert.notEqual(other.digest, digest);
  assert.deepEqual(fs.readdirSync(kept).sort(), [`${digest}.gz`, `${other.digest}.br`, `${other.digest}.gz`].sort());
  fs.rmSync(folder, { recursive: true });
});
