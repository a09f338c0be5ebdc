// Every cell of every lesson, in the browser, against the record; in Firefox, of a few lessons.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { BOOK, cell, chapters, lesson, otherThan, press, ROOT, shared, until } from "./harness.mjs";

const browser = shared();
// As the course has them, not as the book does: a lesson that it left out must fail here.
const folder = path.join(ROOT, "lessons");
const topics = fs
  .readdirSync(folder)
  .filter((name) => fs.existsSync(path.join(folder, name, "session.py")));

test("there are lessons to try", () => assert.ok(topics.length > 0, folder));

/** Of these, each browser runs the cells: types, memory, and what only some builds have. */
const SAMPLE = ["dict", "memory", "refcount"];

const html = (chapter) => fs.readFileSync(path.join(BOOK, `${chapter}.html`), "utf8");

for (const topic of topics) {
  const skip = !SAMPLE.includes(topic) && otherThan("chromium");
  test(`every cell of ${topic} prints what is recorded`, { skip }, async () => {
    const page = await browser.page(topic);
    const expected = lesson(topic).cells.filter((cell) => cell.runs).map((cell) => cell.name);
    const shown = await page.evaluate(
      (topic) => [...document.querySelectorAll(`figure.cell[data-lesson=${topic}][data-runs]`)].map((it) => it.dataset.cell),
      topic,
    );
    // The first screen shows a cell of a lesson, whose own page need not show it again.
    const elsewhere = expected.filter((name) => !shown.includes(name));
    assert.deepEqual([...shown, ...elsewhere].sort(), [...expected].sort());
    for (const name of elsewhere) {
      const showing = chapters().find((chapter) => html(chapter).includes(`data-lesson="${topic}" data-cell="${name}"`));
      assert.ok(showing !== undefined, `no page shows cell ${name}`);
      const other = await browser.page(showing);
      assert.ok(["same", "agrees"].includes(await cell(other, name).run()), `${name} on ${showing}`);
      await other.close();
    }
    await page.bringToFront();
    if (expected.length === 0) {
      assert.equal(await page.$("main .bar"), null);
      return page.close();
    }
    await press(page, shown.length > 1 ? "Run all" : `Run cell ${shown[0]}`);
    await until(page, () =>
      [...document.querySelectorAll("figure.cell[data-runs]")].every(
        (cell) => cell.dataset.live && !["waits", "runs"].includes(cell.dataset.live),
      ) || document.querySelector("[data-live=broke]"));
    const wrong = await page.evaluate(() =>
      [...document.querySelectorAll("figure.cell[data-runs]")]
        .filter((cell) => !["same", "agrees"].includes(cell.dataset.live))
        .map((cell) => `${cell.dataset.cell}: ${cell.querySelector(".status").textContent} ${cell.querySelector(".live").textContent}`),
    );
    assert.deepEqual(wrong, []);
    assert.deepEqual(page.problems, []);
    await page.close();
  });
}
