// Bad lines, damaged files and forbidden Workers: each is told in words, and can be tried again.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { cell, launch, press, until, visit } from "./harness.mjs";

let browser;
let visited;
before(async () => (browser = await launch()));
afterEach(() => visited.close());
after(() => browser.close());

/** A page in a browser that has loaded nothing yet. */
async function fresh() {
  visited = await visit(browser, { workers: false });
  const page = await visited.newPage();
  await page.goto(`${visited.site.origin}/tuple.html`);
  return { site: visited.site, page };
}

const faults = [
  ["a WebAssembly file that is not there", "pyodide.asm.wasm", { status: 404 }, /pyodide\.asm\.wasm could not be loaded: the server answered 404/],
  ["a truncated WebAssembly file", "pyodide.asm.wasm", { cut: 1_000_000 }, /pyodide\.asm\.wasm is damaged/],
  ["a truncated standard library", "python_stdlib.zip", { cut: 100_000 }, /did not start/],
  ["lessons that are not there", "/lessons-", { status: 503 }, /lessons-\w+\.wasm could not be loaded: the server answered 503/],
  ["a lesson's cells that are not there", "live/tuple.json", { status: 500 }, /lesson could not be loaded: the server answered 500/],
  ["a Worker that is not there", "/worker-", { status: 404 }, /did not start/],
];

for (const [what, part, fault, words] of faults) {
  test(`${what}: a clear message, and Try again works`, async () => {
    const { site, page } = await fresh();
    site.faults.set(part, fault);
    const three = cell(page, "three");
    assert.equal(await three.run(), "broke");
    assert.match(await three.status(), words);
    site.faults.clear();
    await press(page, "Try again cell three");
    await three.becomes("same");
  });
}

test("truncated lessons end in a message of Python's", async () => {
  const { site, page } = await fresh();
  site.faults.set("/lessons-", { cut: 10_000 });
  const three = cell(page, "three");
  await three.run();
  assert.match((await three.output()) + (await three.status()), /ImportError|did not start|ended Python itself/);
});

test("a wrong type is no reason to fail", async () => {
  const { site, page } = await fresh();
  site.faults.set("pyodide.asm.wasm", { type: "application/octet-stream" });
  assert.equal(await cell(page, "three").run(), "same");
});

test("a slow line is told, and can be given up", async () => {
  const { site, page } = await fresh();
  site.faults.set("python_stdlib.zip", { hang: true });
  const three = cell(page, "three");
  await three.begin();
  for (const words of ["Starts CPython", "Still loading"]) {
    await until(page, (words) => document.querySelector("[data-cell=three] .status").textContent.includes(words), words)
      .catch(async () => assert.fail(`not "${words}" but "${await three.status()}"`));
  }
  await three.stop();
  assert.equal(await three.ended(), "broke");
  site.faults.clear();
  assert.equal(await three.run(), "same");
});

test("a blocked Worker is told", async () => {
  const { page } = await fresh();
  await page.evaluate(() => {
    window.Worker = class {
      constructor() {
        throw new DOMException("no", "SecurityError");
      }
    };
  });
  const three = cell(page, "three");
  assert.equal(await three.run(), "broke");
  assert.match(await three.status(), /does not let the page start a Worker/);
});

test("what was loaded once is there without a network, and cells run", async () => {
  visited = await visit(browser);
  const { site } = visited;
  const page = await visited.newPage();
  await page.goto(`${site.origin}/tuple.html`);
  await until(page, () => navigator.serviceWorker.controller !== null);
  assert.equal(await cell(page, "three").run(), "same");
  await until(page, async () => (await caches.keys()).some((name) => name.startsWith("course-snapshot")));
  await site.close();
  await page.reload();
  assert.match(await page.evaluate(() => document.querySelector("main h1").textContent), /Tuples/);
  assert.equal(await cell(page, "reverses").run(), "same");
});
