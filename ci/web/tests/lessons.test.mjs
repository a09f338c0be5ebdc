// Every cell of every lesson, in the browser, against the record.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { lesson, PATIENCE, ROOT, shared } from "./harness.mjs";

const browser = shared();
// As the course has them, not as the book does: a lesson that it left out must fail here.
const folder = path.join(ROOT, "lessons");
const topics = fs
  .readdirSync(folder)
  .filter((name) => fs.existsSync(path.join(folder, name, "session.py")));

test("there are lessons to try", () => assert.ok(topics.length > 0, folder));

for (const topic of topics) {
  test(`every cell of ${topic} prints what is recorded`, async () => {
    const page = await browser.page(topic);
    const expected = lesson(topic).cells.filter((cell) => cell.runs).map((cell) => cell.name);
    const shown = await page.evaluate(
      (topic) => [...document.querySelectorAll(`figure.cell[data-lesson=${topic}][data-runs]`)].map((it) => it.dataset.cell),
      topic,
    );
    assert.deepEqual([...shown].sort(), [...expected].sort());
    if (expected.length === 0) {
      assert.equal(await page.getByRole("button", { name: "Run" }).count(), 0);
      return page.close();
    }
    await page.getByRole("button", { name: "Run all" }).click();
    await page.waitForFunction(
      () => [...document.querySelectorAll("figure.cell[data-runs]")].every(
        (cell) => cell.dataset.live && !["waits", "runs"].includes(cell.dataset.live),
      ) || document.querySelector("[data-live=broke]"),
      undefined,
      { timeout: 2 * PATIENCE, polling: 100 },
    );
    const wrong = await page.evaluate(() =>
      [...document.querySelectorAll("figure.cell[data-runs]")]
        .filter((cell) => !["same", "agrees"].includes(cell.dataset.live))
        .map((cell) => `${cell.dataset.cell}: ${cell.querySelector(".live").textContent}`),
    );
    assert.deepEqual(wrong, []);
    assert.deepEqual(page.problems, []);
    await page.close();
  });
}
