// Pictures as a browser lays them out: their text, their two forms, and the chosen version.

import assert from "node:assert/strict";
import { test } from "node:test";
import { chapters, countSeen, shared } from "./harness.mjs";

const browser = shared();

/** What is wrong with a page's pictures: text outside its room, small, or cut off. */
function badlyDrawn() {
  const faults = [];
  for (const drawing of document.querySelectorAll(".drawing")) {
    const room = drawing.parentElement;
    if (room.scrollWidth > room.clientWidth) faults.push(`the drawing is ${room.scrollWidth} wide`);
    for (const span of drawing.querySelectorAll(":scope > span")) {
      if (span.textContent === "" || !span.checkVisibility()) continue;
      const range = document.createRange();
      range.selectNodeContents(span);
      const text = range.getBoundingClientRect();
      const box = span.getBoundingClientRect();
      const out = Math.max(box.left - text.left, text.right - box.right, box.top - text.top, text.bottom - box.bottom);
      if (out > 1) faults.push(`${span.className} ${span.textContent} is ${out} outside`);
      if (parseFloat(getComputedStyle(span).fontSize) < 11) faults.push(`${span.textContent} is small`);
    }
  }
  return faults;
}

test("a picture's text has its font and its room, on a phone and on a desk", async () => {
  const page = await browser.page();
  const faults = [];
  let pictures = 0;
  // On a phone a scroll bar lies over the page and takes nothing of its width.
  const bar = await page.evaluate(() => innerWidth - document.documentElement.clientWidth);
  for (const [width, form, other] of [[320, "down", "across"], [1280, "across", "down"]]) {
    await page.setViewport({ width: width + bar, height: 700 });
    for (const chapter of chapters()) {
      await page.goto(`${browser.site.origin}/${chapter}.html`);
      const found = await page.$$eval(".drawing", (all) => all.length);
      if (found === 0) continue;
      pictures += found;
      await page.evaluate(() => document.fonts.ready);
      faults.push(...(await page.evaluate(badlyDrawn)).map((fault) => `${chapter}, ${width}: ${fault}`));
      assert.equal(await countSeen(page, `.drawing svg.${form}`), found, `${chapter}, ${width}`);
      assert.equal(await countSeen(page, `.drawing svg.${other}`), 0, `${chapter}, ${width}`);
    }
  }
  assert.ok(pictures >= 32, `${pictures} pictures`);
  assert.deepEqual(faults, []);
  await page.close();
});

test("a picture's counts, arrows and words are those of the chosen version", async () => {
  const page = await browser.page("holders");
  const label = () => page.$eval(".drawing", (drawing) => drawing.getAttribute("aria-label"));
  const counts = () =>
    page.$$eval(".drawing .count", (all) => all.filter((it) => it.checkVisibility()).map((it) => it.textContent));
  const labels = new Set();
  for (const tag of ["3.9", "3.13", "3.14", "3.15"]) {
    await page.select("#course-version", tag);
    const shown = await counts();
    const owns = await page.$$eval(".drawing svg.across :is(.own, .leak)", (all) => all.filter((it) => it.getClientRects().length > 0).length);
    assert.equal(owns, shown.reduce((sum, count) => sum + Number(count), 0), tag);
    const told = [...(await label()).matchAll(/The count of \S+ is (\d+)/g)].map(([, count]) => count);
    assert.deepEqual(told, shown, tag);
    labels.add(await label());
  }
  assert.equal(labels.size, 3, "3.9 and 3.13 agree, the others do not");
  await page.select("#course-version", "3.14t");
  assert.match(await label(), /0\.5 is immortal/);
  assert.equal((await counts())[0], "∞");
  await page.close();
});
