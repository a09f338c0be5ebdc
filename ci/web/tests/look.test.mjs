// How code, cells and tables look and act: sides in tabs, folds, links into them, the clinic.

import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { countSeen, otherThan, shared, until } from "./harness.mjs";

const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = shared();

/** Which of these parts are seen. */
const seen = (page, css) => page.$$eval(css, (all) => all.map((it) => it.checkVisibility()));

/** A page whose first pair is known by a name. */
async function withPair(width, height = 900) {
  const page = await browser.page("tuple");
  await page.setViewport({ width, height });
  await page.$eval(".pair", (pair) => (pair.id = "pair"));
  return page;
}

const PAIR = "#pair > .side";
const tab = (role) => `#pair [role=tab][data-role=${role}]`;

test("raw and safe are tabs where the page has no room for both, and keys move between them", async () => {
  const page = await withPair(1200);
  assert.deepEqual(await seen(page, PAIR), [true, false]);
  await page.focus(tab("raw"));
  const address = page.url();
  for (const [key, shown, role] of [
    ["ArrowRight", [false, true], "safe"],
    ["ArrowRight", [true, false], "raw"],
    ["ArrowLeft", [false, true], "safe"],
    ["Home", [true, false], "raw"],
    ["End", [false, true], "safe"],
  ]) {
    await page.keyboard.press(key);
    assert.deepEqual(await seen(page, PAIR), shown, key);
    assert.ok(await page.$eval(tab(role), (it) => it === document.activeElement && it.getAttribute("aria-selected") === "true"), key);
    assert.equal((await page.$$("#pair [role=tab][aria-selected=true]")).length, 1);
    assert.equal((await page.$$("#pair [role=tab][tabindex='0']")).length, 1);
  }
  assert.equal(page.url(), address, "an arrow key turns no page");
  const panels = await page.$$eval("#pair [role=tabpanel]", (all) => all.map((it) => document.getElementById(it.getAttribute("aria-labelledby")).textContent));
  assert.deepEqual(panels, ["raw", "safe"]);
  await page.close();
});

test("a link into a side that is not shown shows it", async () => {
  const page = await browser.page("tuple");
  await page.goto(`${browser.site.origin}/tuple.html#tuple-safe-reverse_tuple`);
  assert.equal(await countSeen(page, "#tuple-safe-reverse_tuple"), 1);
  await page.evaluate(() => (location.hash = "tuple-raw-reverse_tuple"));
  await until(page, () => document.getElementById("tuple-raw-reverse_tuple").checkVisibility());
  assert.equal(await countSeen(page, "#tuple-safe-reverse_tuple"), 0);
  await page.close();
});

test("raw and safe stand beside each other where there is room", async () => {
  const page = await withPair(1700);
  assert.deepEqual(await seen(page, PAIR), [true, true]);
  assert.deepEqual(await seen(page, "#pair > .tabs"), [false]);
  const [raw, safe] = await page.$$eval(PAIR, (all) => all.map((it) => it.getBoundingClientRect().toJSON()));
  assert.ok(raw.right <= safe.left && Math.abs(raw.top - safe.top) < 2);
  await page.close();
});

test("without a script both sides are there, and all the lines of a long listing", { skip: otherThan("chromium") }, async () => {
  const page = await browser.page("404");
  await page.setJavaScriptEnabled(false);
  await page.goto(`${browser.site.origin}/dict.html`);
  assert.ok(!(await seen(page, ".pair > .side")).includes(false));
  assert.deepEqual(await page.$$(".tabs, .copy"), []);
  await page.click(".fold > summary");
  assert.ok((await seen(page, ".fold > pre"))[0]);
  await page.goto(`${browser.site.origin}/clinic.html`);
  assert.ok(!(await seen(page, ".clinic tbody tr")).includes(false));
  await page.close();
});

test("each line is an element still when the code has been coloured", async () => {
  const page = await browser.page("tuple");
  await until(page, () => [...document.querySelectorAll(".code code")].every((it) => it.classList.contains("coloured")));
  const found = await page.$eval("[data-role=raw] .code code", (code) => {
    const said = getComputedStyle(code.querySelector(".remark .say"));
    const is = getComputedStyle(code);
    return {
      lines: code.textContent.trimEnd().split("\n"),
      elements: code.querySelectorAll(".l").length,
      keywords: code.querySelectorAll(".l .hljs-keyword").length,
      differs: said.fontFamily !== is.fontFamily && said.color !== is.color,
    };
  });
  assert.ok(found.keywords > 5, "it is highlighted");
  const comments = found.lines.filter((line) => /^ *\/\//.test(line)).length;
  assert.ok(found.elements > found.lines.length - comments && found.elements <= found.lines.length, `${found.elements} of ${found.lines.length}`);
  assert.ok(found.differs, "a comment steps back behind code");
  await page.close();
});

test("what is copied is the code, folded lines too, and a selection has each line once", { skip: otherThan("chromium") }, async () => {
  const page = await browser.page("dict");
  await page.evaluate(() => {
    navigator.clipboard.writeText = async (text) => void (window.copied = text);
    document.querySelector(".fold").closest(".listing").id = "long";
  });
  await page.click("#long .copy");
  await until(page, () => document.querySelector("#long .copy").textContent === "Copied");
  const copied = await page.evaluate(() => window.copied);
  assert.equal(copied, (await page.$$eval("#long .code code", (all) => all.map((it) => it.textContent))).join(""));
  assert.match(copied, /^\/\/\/ .*\n(.*\n)*}\n$/);
  const [selected, text] = await page.$eval(".cell .code code", (code) => {
    getSelection().selectAllChildren(code);
    return [getSelection().toString(), code.textContent];
  });
  assert.equal(selected.trimEnd(), text.trimEnd());
  await page.close();
});

test("a link to an edge case opens the fold that it is in, each time it is followed", async () => {
  const page = await browser.page("tuple");
  const link = ".under a[href^='#edge-']";
  const href = await page.$eval(link, (it) => it.getAttribute("href"));
  for (const _ of [1, 2]) {
    assert.equal(await countSeen(page, `details.edges ${href}`), 0);
    await page.$eval(link, (it) => it.click());
    await until(page, (css) => {
      const place = document.querySelector(css);
      return place.checkVisibility() && place.getBoundingClientRect().top < innerHeight;
    }, href);
    await page.$eval("details.edges", (it) => (it.open = false));
  }
  await page.goto("about:blank");
  await page.goto(`${browser.site.origin}/tuple.html${href}`);
  await until(page, (css) => document.querySelector(css).checkVisibility(), href);
  await page.close();
});

test("the clinic is filtered by verdict and by word, and says how many are shown", async () => {
  const page = await browser.page("clinic");
  const shown = () => countSeen(page, ".clinic tbody tr");
  const all = await shown();
  let sum = 0;
  for (const verdict of ["refused", "harmless", "still yours"]) {
    const chip = `.chips [data-verdict="${verdict}"]`;
    await page.click(chip);
    const count = Number(/\d+/.exec(await page.$eval(chip, (it) => it.textContent))[0]);
    assert.equal(await shown(), count, verdict);
    assert.equal(await countSeen(page, `.clinic tbody tr:not([data-verdict="${verdict}"])`), 0);
    assert.deepEqual(await page.$$eval(".chips [aria-pressed=true]", (all) => all.map((it) => it.dataset.verdict)), [verdict]);
    sum += count;
  }
  assert.equal(sum, all);
  await page.click(".chips button:not([data-verdict])");
  await page.type(".find input", "nUlL");
  const found = await shown();
  assert.ok(found > 0 && found < all);
  assert.equal(await page.$eval(".filter .status", (it) => it.textContent), `${found} of ${all} are shown.`);
  await page.type(".find input", " no such words");
  assert.equal(await shown(), 0);
  // What a link leads to is shown, whatever was looked for.
  await page.evaluate(() => (location.hash = "bug-B2"));
  await until(page, () => document.getElementById("bug-B2").checkVisibility());
  await page.close();
});

test("a table is cards where the page is narrow, with nothing cut", async () => {
  const page = await browser.page("tuple");
  await page.setViewport({ width: 320, height: 700 });
  for (const chapter of ["list", "clinic", "notebook", "glossary", "tuple"]) {
    await page.goto(`${browser.site.origin}/${chapter}.html`);
    const cut = await page.$$eval(".table-wrapper", (all) => all.filter((it) => it.scrollWidth > it.clientWidth).length);
    assert.equal(cut, 0, chapter);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, chapter);
  }
  const label = await page.$eval(".cards td", (it) => [it.dataset.is, getComputedStyle(it, "::before").content]);
  assert.ok(label[0] === "returns" && label[1] !== "none", label.join());
  assert.equal(await countSeen(page, ".cards thead"), 0);
  await page.close();
});

test("paper has every line and nothing to press", { skip: otherThan("chromium") }, async () => {
  const page = await browser.page("dict");
  await page.emulateMediaType("print");
  assert.ok(!(await seen(page, ".fold > pre")).includes(false), "folded lines");
  assert.ok(!(await seen(page, ".pair > .side")).includes(false), "both sides");
  assert.equal(await countSeen(page, ".tabs, .copy, .fold > summary"), 0);
  const wide = await page.$$eval(".code", (all) => all.filter((it) => it.scrollWidth > it.clientWidth + 1).length);
  assert.equal(wide, 0, "every line wraps");
  await page.close();
});

for (const theme of ["light", "rust", "coal", "navy", "ayu"]) {
  test(`axe finds nothing on code and tables, ${theme}`, { skip: otherThan("chromium") }, async () => {
    for (const chapter of ["tuple", "dict", "clinic", "notebook"]) {
      const page = await browser.page(chapter);
      await page.evaluate((theme) => localStorage.setItem("mdbook-theme", theme), theme);
      await page.reload();
      await page.$$eval("details", (all) => all.forEach((it) => (it.open = true)));
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run("main", { resultTypes: ["violations"] }));
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.length} × ${nodes[0].html.slice(0, 160)} ${nodes[0].failureSummary}`);
      assert.deepEqual(found, [], `${chapter}, ${theme}`);
      await page.close();
    }
  });
}
