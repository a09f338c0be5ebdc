// Every page in every theme, wide and narrow: nothing that axe finds, nothing out of reach.

import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { cell, chapters, otherThan, shared } from "./harness.mjs";

const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = shared();

const THEMES = ["light", "rust", "coal", "navy", "ayu"];

/** Opens what is folded, so that it is looked at, too. */
const unfold = (page) => page.$$eval("details", (all) => all.forEach((it) => (it.open = true)));

/** What axe finds; a theme changes colours alone. */
async function found(page, theme, rules) {
  await page.evaluate((theme) => document.getElementById(`mdbook-theme-${theme}`).click(), theme);
  const violations = await page.evaluate(async (rules) => {
    const options = { resultTypes: ["violations"], ...(rules && { runOnly: rules }) };
    return (await window.axe.run(document, options)).violations.map(({ id, nodes }) => [id, nodes.length, nodes[0].html, nodes[0].failureSummary]);
  }, rules);
  return violations.map(([id, times, html, why]) => `${theme}: ${id}: ${times} × ${html.slice(0, 160)} ${why}`);
}

for (const chapter of chapters()) {
  test(`axe finds nothing on ${chapter}`, { skip: otherThan("chromium") }, async () => {
    const page = await browser.page(chapter);
    if (chapter === "tuple") {
      await cell(page, "reverses").write("print('edited')");
      await cell(page, "reverses").run();
    }
    await unfold(page);
    await page.evaluate(axe);
    const all = [];
    for (const width of [1280, 360]) {
      await page.setViewport({ width, height: 800 });
      // A theme changes colours alone, and a width changes none.
      for (const theme of width === 360 ? THEMES.slice(0, 1) : THEMES) {
        const seen = await found(page, theme, theme === THEMES[0] ? undefined : ["color-contrast"]);
        all.push(...seen.map((line) => `${width}, ${line}`));
      }
    }
    assert.deepEqual(all, []);
    await page.close();
  });
}

/** What is cut off: by how much the page pans, and text that no scrolling brings into the window. */
const lost = (page) =>
  page.evaluate(() => {
    const pans = document.documentElement.scrollWidth - innerWidth;
    const main = document.querySelector("main");
    const scrolls = (part) => part !== main && (/auto|scroll/.test(getComputedStyle(part).overflowX) || scrolls(part.parentElement));
    const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    const cut = [];
    for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
      const part = text.parentElement;
      if (text.data.trim() === "" || part.closest(".sr, script, style") || !part.checkVisibility()) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      const { left, right } = range.getBoundingClientRect();
      if ((left < 0 || right > innerWidth + 1) && !scrolls(part)) cut.push(`${part.localName}.${part.className}: ${text.data.trim().slice(0, 40)}`);
    }
    return [...(pans > 0 ? [`pans by ${pans} pixels`] : []), ...cut];
  });

// The last is 1280 pixels at 200 %.
const SIZES = [{ width: 320 }, { width: 360 }, { width: 768 }, { width: 1280 }, { width: 640, deviceScaleFactor: 2 }];

test("no page pans, however narrow or zoomed, and nothing is cut off", async () => {
  const page = await browser.page();
  const all = [];
  for (const chapter of chapters()) {
    // Narrow first: mdBook then closes its sidebar, which else would push the page aside.
    await page.setViewport({ height: 700, ...SIZES[0] });
    await page.goto(`${browser.site.origin}/${chapter}.html`);
    await unfold(page);
    for (const size of SIZES) {
      await page.setViewport({ height: 700, ...size });
      all.push(...(await lost(page)).map((line) => `${chapter}, ${size.width}: ${line}`));
    }
  }
  assert.deepEqual(all, []);
  await page.close();
});
