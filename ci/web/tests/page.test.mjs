// Pages as they are read: chosen versions, no script, narrow, zoomed and on paper.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { BOOK, cell, chapters, countSeen, lesson, otherThan, seen, shared } from "./harness.mjs";

const browser = shared();

test("the chooser switches outputs and numbers, and the choice lasts", async () => {
  const page = await browser.page();
  const choose = (tag) => page.select("#course-version", tag);
  const { cells } = lesson("tuple");
  const on = (name, tag) =>
    cells.find((cell) => cell.name === name).printed.find(({ tags }) => tags.includes(tag)).text.trimEnd();
  const shown = (name) => seen(page, `[data-cell=${name}] .recorded pre.output`);
  assert.notEqual(on("three", "3.9"), on("three", "3.15"));
  assert.equal(await shown("three"), on("three", "3.15"));
  assert.equal(await cell(page, "three").run(), "same");
  await choose("3.9");
  assert.equal(await shown("three"), on("three", "3.9"));
  assert.ok((await page.$$("[data-cell=three] .chosen mark")).length > 0);
  assert.match(await cell(page, "from_array").text(".recorded"), /Not run on CPython 3\.9/);
  await page.goto(page.url().replace("tuple", "introduction"));
  const values = await page.$$eval("main .value.differs", (all) => all.map((it) => [it.textContent, it.dataset.was]));
  assert.ok(values.length > 0, "a number differs on 3.9");
  for (const [text, was] of values) {
    assert.equal(text, JSON.parse(was).find(([tags]) => tags.split(" ").includes("3.9"))[1]);
  }
  assert.equal(await page.$eval("#course-version", (select) => select.value), "3.9");
  await choose("3.15");
  assert.equal((await page.$$(".chosen, .value.differs")).length, 0);
  await page.close();
});

test("a page is whole without JavaScript", { skip: otherThan("chromium") }, async () => {
  const page = await browser.page("404");
  await page.setJavaScriptEnabled(false);
  await page.goto(`${browser.site.origin}/tuple.html`);
  assert.equal((await page.$$("main button, .chooser")).length, 0);
  const recorded = "[data-cell=reverses] pre.output";
  assert.equal(await seen(page, recorded), "('c', 'b', 'a')\n('c', 'b', 'a')\n('a', 'b', 'c')");
  await page.close();
});

test("every page carries a policy that names only the site itself", async () => {
  const page = await browser.page();
  for (const chapter of [...chapters(), "print"]) {
    const html = fs.readFileSync(path.join(BOOK, `${chapter}.html`), "utf8");
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? "";
    assert.match(policy, /default-src 'none'/, chapter);
    assert.doesNotMatch(policy, /https?:|\*/, chapter);
    assert.doesNotMatch(policy, /script-src[^;]*'unsafe-(inline|eval)'/, chapter);
  }
  const refused = await page.evaluate(() =>
    fetch("https://example.com/").then(() => "let through", (error) => error.name),
  );
  assert.equal(refused, "TypeError");
  assert.ok(page.problems.some((problem) => /example\.com/.test(problem)), "the policy refused it");
  await page.close();
});

test("before the first Run a page loads little of ours", () => {
  for (const chapter of chapters()) {
    const html = fs.readFileSync(path.join(BOOK, `${chapter}.html`), "utf8");
    const named = [...html.matchAll(/(?:href|src)="([^"]+\.(?:css|js))"/g)].map(([, name]) => name);
    const ours = [...new Set(named)].filter((name) => /^(\.\.\/)*(live|book\/style)\//.test(name));
    assert.ok(ours.some((name) => name.includes("live/page-")) && ours.some((name) => name.includes("book/style/")), chapter);
    const size = (name) => gzipSync(fs.readFileSync(path.join(BOOK, name))).length;
    const bytes = ours.reduce((sum, name) => sum + size(name), 0);
    assert.ok(bytes <= 40_000, `${chapter}: ${bytes} bytes, gzipped`);
  }
});

test("paper has no buttons, and what is recorded", { skip: otherThan("chromium") }, async () => {
  const page = await browser.page();
  await cell(page, "reverses").run();
  await page.emulateMediaType("print");
  assert.equal(await countSeen(page, "main button, .chooser, .live"), 0);
  assert.equal(await countSeen(page, "[data-cell=reverses] .recorded"), 1);
  await page.close();
});
