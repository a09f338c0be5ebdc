// What Run says and costs: before it is pressed, while Python comes, and on the pages after.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { cell, launch, press, until, visit } from "./harness.mjs";

let browser;
let visited;
before(async () => (browser = await launch()));
afterEach(() => visited.close());
after(() => browser.close());

async function fresh(options, chapter = "tuple") {
  visited = await visit(browser, options);
  const page = await visited.newPage();
  await page.goto(`${visited.site.origin}/${chapter}.html`);
  return page;
}

const number = (pattern, text) => Number(pattern.exec(text)?.[1]);

/** Megabytes of what was sent of Python: its Worker, its files, and the lessons. */
const sent = ({ requests }) =>
  requests.filter(({ name }) => /\/live\/(worker-|lessons-|pyodide-)/.test(name)).reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;

for (const plain of [false, true]) {
  test(`before the first Run its cost is told as it is, ${plain ? "plain" : "compressed"}, and then no more`, async () => {
    const page = await fresh({ plain, workers: false });
    const told = number(/Run starts CPython 3\.14\.\d+, in this page: ([\d.]+) MB, once\./, await cell(page, "three").status());
    assert.equal(sent(visited.site), 0);
    assert.equal(await cell(page, "three").run(), "same");
    assert.ok(Math.abs(told - sent(visited.site)) <= 0.1, `${told} MB told, ${sent(visited.site)} MB sent`);
    assert.equal(await cell(page, "consumed").status(), "Not run here yet.");
    await page.reload();
    assert.equal(await cell(page, "three").status(), "Not run here yet.");
  });

  test(`while Python comes, its bytes are counted, ${plain ? "plain" : "compressed"}`, async () => {
    const page = await fresh({ plain, workers: false });
    visited.site.faults.set("/pyodide-", { rate: 150_000 });
    await page.evaluate(() => {
      window.seen = [];
      const bar = document.querySelector("[data-cell=three] .run-bar");
      new MutationObserver(() => {
        const progress = bar.querySelector("progress");
        if (progress.checkVisibility()) window.seen.push([bar.querySelector(".bytes").textContent, progress.getAttribute("aria-valuetext"), progress.position]);
      }).observe(bar, { subtree: true, childList: true, characterData: true });
    });
    const three = cell(page, "three");
    await three.begin();
    assert.match(await three.status(), /^(Opens|Starts)/);
    assert.equal(await three.ended(), "same");
    const told = await page.evaluate(() => window.seen);
    const came = told.map(([text]) => number(/^([\d.]+) of/, text));
    assert.ok(new Set(came).size > 5, told.join("; "));
    assert.deepEqual(came, [...came].sort((one, other) => one - other));
    const all = number(/of ([\d.]+) MB$/, told.at(-1)[0]);
    assert.ok(Math.abs(all - sent(visited.site)) <= 0.1, `${told.at(-1)}, ${sent(visited.site)} MB sent`);
    assert.equal(came.at(-1), all);
    assert.ok(told.every(([text, said]) => text === said));
    assert.equal(await page.$eval("[data-cell=three] .loading", (it) => it.checkVisibility()), false);
  });
}

test("a lesson or an editor that does not come can be given up, and comes later", async () => {
  const page = await fresh({ workers: false });
  const three = cell(page, "three");
  visited.site.faults.set("live/tuple.json", { hang: true });
  await three.begin();
  await three.stop();
  await until(page, () => document.querySelector("[data-cell=three] .status").textContent.startsWith("Stopped"));
  visited.site.faults.clear();
  assert.equal(await three.run(), "same");
  visited.site.faults.set("/editor-", { status: 503 });
  await press(page, "Edit cell three");
  await until(page, () => /could not be loaded/.test(document.querySelector("[data-cell=three] .note").textContent));
  visited.site.faults.clear();
  await press(page, "Edit cell three");
  await page.waitForSelector("[data-cell=three] .cm-content");
});

test("what is printed comes into sight, and the focus stays", async () => {
  const page = await fresh();
  const three = cell(page, "three");
  await three.write("print('here')" + "\n".repeat(80) + "print('there')");
  await page.evaluate(() => document.querySelector("[data-cell=three] .cm-content").scrollIntoView({ block: "start" }));
  await page.focus("[data-cell=three] .cm-content");
  await page.keyboard.down("Control");
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await page.keyboard.up("Control");
  await three.ended();
  await until(page, () => {
    const { top, bottom } = document.querySelector("[data-cell=three] .live").getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  });
  assert.ok(await page.evaluate(() => document.activeElement.classList.contains("cm-content")));
});

test("who has gone on to read stays there", async () => {
  const page = await fresh();
  const three = cell(page, "three");
  await three.begin();
  // What is read stays where it is, though the page above it grows.
  const top = () => page.evaluate(() => Math.round([...document.querySelectorAll("main h2")].at(-1).getBoundingClientRect().top));
  await page.evaluate(() => [...document.querySelectorAll("main h2")].at(-1).scrollIntoView({ block: "center", behavior: "instant" }));
  const before = await top();
  await three.ended();
  await new Promise((done) => setTimeout(done, 500));
  assert.ok(Math.abs((await top()) - before) <= 1, "but for a rounding");
});

/** Python's files that were asked for. */
const asked = () => visited.site.requests.filter(({ name }) => /\/live\/(worker-|lessons-|pyodide-)/.test(name)).map(({ name }) => name);

/** Time enough for an idle page to ask. */
const idle = () => new Promise((done) => setTimeout(done, 2500));

test("Python comes by itself only after something ran in the book, and is then there", async () => {
  const page = await fresh({ workers: false });
  await idle();
  assert.deepEqual(asked(), []);
  assert.equal(await cell(page, "three").run(), "same");
  const next = await visited.newPage();
  await next.setCacheEnabled(false);
  visited.site.requests.length = 0;
  await next.goto(`${visited.site.origin}/dict.html`);
  await until(next, () => performance.getEntriesByType("resource").some(({ name }) => name.endsWith("live/dict.json")));
  for (let times = 0; times < 100 && asked().length < 6; times++) await new Promise((done) => setTimeout(done, 100));
  assert.ok(asked().some((name) => name.endsWith("pyodide.asm.wasm")), asked().join());
  visited.site.requests.length = 0;
  const [first] = await next.$$eval("figure.cell[data-runs]", (all) => all.map((it) => it.dataset.cell));
  await cell(next, first).run();
  assert.deepEqual(visited.site.requests.filter(({ name }) => name.includes("/live/")), []);
});

const unwanted = {
  "a reader who saves data": () => Object.defineProperty(Navigator.prototype, "connection", { value: { saveData: true } }),
  "a line that costs": () => Object.defineProperty(Navigator.prototype, "connection", { value: { type: "cellular" } }),
  "a page that is not seen": () => {
    Object.defineProperty(Document.prototype, "hidden", { value: true, configurable: true });
    Object.defineProperty(Document.prototype, "visibilityState", { value: "hidden", configurable: true });
  },
};

for (const [who, makes] of Object.entries(unwanted)) {
  test(`for ${who} nothing comes by itself`, async () => {
    const page = await fresh({ workers: false });
    assert.equal(await cell(page, "three").run(), "same");
    const next = await visited.newPage();
    await next.evaluateOnNewDocument(makes);
    visited.site.requests.length = 0;
    await next.goto(`${visited.site.origin}/dict.html`);
    await idle();
    assert.deepEqual(asked(), []);
    assert.equal(await next.evaluate(() => performance.getEntriesByType("resource").some(({ name }) => name.includes("/live/worker-"))), false);
  });
}

test("a page that is left before Python has come gives it up, and fetches on when it is seen again", async () => {
  const page = await fresh({ workers: false });
  assert.equal(await cell(page, "three").run(), "same");
  const next = await visited.newPage();
  await next.evaluateOnNewDocument(() => {
    let hidden = false;
    Object.defineProperty(Document.prototype, "hidden", { get: () => hidden });
    window.show = (seen) => {
      hidden = !seen;
      document.dispatchEvent(new Event("visibilitychange"));
    };
    const ended = Worker.prototype.terminate;
    window.workers = [];
    Worker.prototype.terminate = function () {
      window.workers.push("ended");
      ended.call(this);
    };
    window.Worker = class extends Worker {
      constructor(...all) {
        super(...all);
        window.workers.push("begun");
      }
    };
  });
  visited.site.faults.set("/live/worker-", { hang: true });
  await next.setCacheEnabled(false);
  await next.goto(`${visited.site.origin}/dict.html`);
  await until(next, () => window.workers.length === 1);
  await next.evaluate(() => window.show(false));
  assert.deepEqual(await next.evaluate(() => window.workers), ["begun", "ended"]);
  await next.evaluate(() => window.show(true));
  await until(next, () => window.workers.length === 3);
});

test("Run answers at once", async () => {
  const page = await fresh({ workers: false });
  visited.site.faults.set("live/tuple.json", { hang: true });
  const answer = await page.evaluate(() => {
    document.querySelector('[aria-label="Run cell three"]').click();
    return document.querySelector("[data-cell=three] .run-bar").textContent;
  });
  assert.match(answer, /Stop.*Opens the lesson/);
});
