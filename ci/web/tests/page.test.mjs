// Pages as they are read: chosen versions, no script, every theme, narrow and on paper.

import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { cell, chapters, lesson, open, shared } from "./harness.mjs";

const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = shared();

test("the chooser switches outputs and numbers, and the choice lasts", async () => {
  const page = await browser.page();
  const choose = page.getByRole("combobox", { name: "CPython" });
  const { cells } = lesson("tuple");
  const on = (name, tag) =>
    cells.find((cell) => cell.name === name).printed.find(({ tags }) => tags.includes(tag)).text.trimEnd();
  const shown = (name) =>
    page.locator(`[data-cell=${name}] .recorded pre.output`).locator("visible=true").first().textContent();
  assert.notEqual(on("three", "3.9"), on("three", "3.15"));
  await page.locator("details.predict").evaluateAll((all) => all.forEach((it) => (it.open = true)));
  assert.equal(await shown("three"), on("three", "3.15"));
  assert.equal(await cell(page, "three").run(), "same");
  await choose.selectOption("3.9");
  assert.equal(await shown("three"), on("three", "3.9"));
  assert.ok((await page.locator("[data-cell=three] .chosen mark").count()) > 0);
  assert.match(await page.locator("[data-cell=from_array] .recorded").textContent(), /Not run on CPython 3\.9/);
  await page.goto(page.url().replace("tuple", "introduction"));
  const values = page.locator("main .value.differs");
  assert.ok((await values.count()) > 0, "a number differs on 3.9");
  for (const value of await values.all()) {
    const was = JSON.parse(await value.getAttribute("data-was"));
    assert.equal(await value.textContent(), was.find(([tags]) => tags.split(" ").includes("3.9"))[1]);
  }
  assert.equal(await choose.inputValue(), "3.9");
  await choose.selectOption("3.15");
  assert.equal(await page.locator(".chosen, .value.differs").count(), 0);
  await page.close();
});

test("a page is whole without JavaScript", async () => {
  const { site, context, close } = await open({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${site.origin}/tuple.html`);
  assert.equal(await page.locator("button.tool, .chooser").count(), 0);
  const recorded = page.locator("[data-cell=reverses] pre.output");
  assert.equal(await recorded.textContent(), "('c', 'b', 'a')\n('c', 'b', 'a')\n('a', 'b', 'c')");
  assert.ok(await recorded.isVisible());
  await close();
});

test("every page carries a policy that names only the site itself", async () => {
  const page = await browser.page();
  for (const chapter of [...chapters(), "print"]) {
    const html = await (await page.request.get(`${browser.site.origin}/${chapter}.html`)).text();
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

const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

test("no page scrolls sideways, however narrow", async () => {
  const page = await browser.page();
  await page.setViewportSize({ width: 320, height: 700 });
  const wide = [];
  for (const chapter of chapters()) {
    await page.goto(`${browser.site.origin}/${chapter}.html`);
    await page.locator("details").evaluateAll((all) => all.forEach((it) => (it.open = true)));
    if ((await overflow(page)) > 0) wide.push(`${chapter}: ${await overflow(page)} pixels`);
  }
  assert.deepEqual(wide, []);
  await page.close();
});

test("a narrow page does not scroll sideways, and paper has no buttons", async () => {
  const page = await browser.page();
  await page.setViewportSize({ width: 360, height: 700 });
  await page.reload();
  await cell(page, "reverses").run();
  assert.ok((await overflow(page)) <= 0);
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("button.tool, .chooser, .live").locator("visible=true").count(), 0);
  assert.ok(await page.locator("[data-cell=reverses] .recorded").isVisible());
  await page.close();
});

for (const theme of ["light", "navy"]) {
  for (const chapter of chapters()) {
    test(`axe finds nothing on ${chapter}, ${theme}`, async () => {
      const page = await browser.page(chapter);
      await page.evaluate((theme) => localStorage.setItem("mdbook-theme", theme), theme);
      await page.reload();
      if (chapter === "tuple") {
        await cell(page, "reverses").write("print('edited')");
        await cell(page, "reverses").run();
      }
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.length} × ${nodes[0].html.slice(0, 160)} ${nodes[0].failureSummary}`);
      assert.deepEqual(found, []);
      await page.close();
    });
  }
}
