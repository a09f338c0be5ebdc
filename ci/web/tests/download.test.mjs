// Bad lines, damaged files and forbidden Workers: each is told in words, and can be tried again.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { cell, open, PATIENCE } from "./harness.mjs";

let opened;
afterEach(() => opened.close());

/** A page in a browser that has loaded nothing yet. */
async function fresh() {
  const it = (opened = await open({ serviceWorkers: "block" }));
  const page = await it.context.newPage();
  await page.goto(`${it.site.origin}/tuple.html`);
  return { ...it, page };
}

const faults = [
  ["a WebAssembly file that is not there", "pyodide.asm.wasm", { status: 404 }, /pyodide\.asm\.wasm could not be loaded: the server answered 404/],
  ["a truncated WebAssembly file", "pyodide.asm.wasm", { cut: 1_000_000 }, /pyodide\.asm\.wasm is damaged/],
  ["a truncated standard library", "python_stdlib.zip", { cut: 100_000 }, /did not start/],
  ["lessons that are not there", "/lessons-", { status: 503 }, /lessons-\w+\.so could not be loaded: the server answered 503/],
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
    await page.getByRole("button", { name: "Try again cell three" }).click();
    await page.waitForSelector("[data-cell=three][data-live=same]", { timeout: PATIENCE });
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
  for (const words of ["about 6 MB", "Still loading"]) {
    await page
      .waitForFunction((words) => document.querySelector("[data-cell=three] .ran").textContent.includes(words), words, { polling: 100 })
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
  opened = await open();
  const { site, context } = opened;
  const page = await context.newPage();
  await page.goto(`${site.origin}/tuple.html`);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  assert.equal(await cell(page, "three").run(), "same");
  await page.waitForTimeout(1500);
  await site.close();
  await page.reload();
  assert.equal(await page.locator("h1").last().textContent(), "Tuples");
  assert.equal(await cell(page, "notebook").run(), "same");
});
