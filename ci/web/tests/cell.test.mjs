// What a reader does to a cell, and what a cell does to the page.

import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import { cell, shared } from "./harness.mjs";

const browser = shared();

test("a cell runs after the ones above it, which then need not run again", async () => {
  const page = await browser.page();
  const reverses = cell(page, "reverses");
  assert.equal(await reverses.run(), "same");
  assert.match(await reverses.status(), /CPython 3\.14\.\d+, in this page: as recorded/);
  assert.equal(await cell(page, "three").figure.getAttribute("data-live"), "same");
  assert.equal(await cell(page, "consumed").figure.getAttribute("data-live"), null);
  await cell(page, "three").figure.evaluate((three) => (three.dataset.live = "untouched"));
  assert.equal(await reverses.run(), "same");
  assert.equal(await cell(page, "three").figure.getAttribute("data-live"), "untouched");
  assert.deepEqual(page.problems, []);
  await page.close();
});

test("an edit shows its result beside the record, survives a reload, and can be reset", async () => {
  const page = await browser.page();
  const reverses = cell(page, "reverses");
  await reverses.write("print(raw.reverse_tuple((1, 2)))");
  assert.equal(await reverses.run(), "differs");
  assert.equal(await reverses.output(), "(2, 1)");
  assert.match(await reverses.status(), /after your edit/);
  assert.ok(await reverses.figure.locator(".recorded").isVisible());
  await page.reload();
  assert.equal(await reverses.figure.locator("pre code").first().textContent(), "print(raw.reverse_tuple((1, 2)))");
  assert.equal(await reverses.run(), "differs");
  await reverses.figure.getByRole("button", { name: "Reset cell reverses" }).click();
  assert.match(await reverses.figure.locator("pre code").first().textContent(), /keeps_order/);
  assert.equal(await reverses.run(), "same");
  await page.reload();
  assert.equal(await reverses.run(), "same");
  await page.close();
});

test("an exception is shown, and the next cell runs", async () => {
  const page = await browser.page();
  const reverses = cell(page, "reverses");
  await reverses.write("raw.reverse_tuple(1)");
  assert.equal(await reverses.run(), "differs");
  assert.match(await reverses.output(), /^TypeError: /);
  await reverses.write("print('unfinished");
  await reverses.run();
  assert.match(await reverses.output(), /SyntaxError: unterminated string/);
  await reverses.write("1 + 1");
  await reverses.run();
  assert.match(await reverses.status(), /a value of type int: print it/);
  await page.close();
});

test("an endless loop ends after the limit, with what it printed, and the other cells run", async () => {
  const page = await browser.page();
  const three = cell(page, "three");
  await cell(page, "notebook").run();
  const reverses = cell(page, "reverses");
  await reverses.write("print('before')\nprint('the loop')\nwhile True:\n    pass");
  assert.equal(await reverses.run(), "broke");
  assert.equal(await reverses.output(), "before\nthe loop");
  assert.match(await reverses.status(), /Stopped after 20 seconds/);
  assert.equal(await cell(page, "consumed").run(), "same");
  assert.equal(await three.run(), "same");
  await page.close();
});

test("Stop ends a cell at once", async () => {
  const page = await browser.page();
  await cell(page, "three").run();
  const three = cell(page, "three");
  await three.write("while True:\n    pass");
  await three.begin();
  await page.waitForSelector("[data-cell=three][data-live=runs]");
  await three.stop();
  assert.equal(await three.ended(), "broke");
  assert.match(await three.status(), /^Stopped\./);
  await page.close();
});

test("a cell that ends Python itself says so, and the other cells run", async () => {
  const page = await browser.page();
  const reverses = cell(page, "reverses");
  for (const fatal of ["import os; os.abort()", "import os; os._exit(3)", "import ctypes; ctypes.string_at(2**32 - 8, 4)"]) {
    await reverses.write(fatal);
    assert.equal(await reverses.run(), "broke", fatal);
    assert.match(await reverses.status(), /ended Python itself/, fatal);
    assert.equal(await cell(page, "notebook").run(), "same");
    assert.equal(await cell(page, "consumed").run(), "same");
  }
  await page.close();
});

test("a flood of output ends, and the page stays quick", async () => {
  const page = await browser.page();
  const three = cell(page, "three");
  await three.write("for _ in range(100):\n    print('x' * 1_000_000)");
  assert.equal(await three.run(), "broke");
  assert.match(await three.status(), /more than 1 MB/);
  assert.ok((await three.output()).length <= 1 << 20);
  await three.write("while True:\n    print('y' * 50)");
  assert.equal(await three.run(), "broke");
  assert.match(await three.status(), /more than 1 MB/);
  await page.close();
});

test("a line of millions ends, and the page lays out a part of it and keeps the rest", async () => {
  const page = await browser.page();
  const three = cell(page, "three");
  await three.write("print('z' * 10_000_000)");
  assert.equal(await three.run(), "broke");
  assert.match(await three.status(), /more than 1 MB/);
  assert.equal((await three.output()).length, 1 << 16);
  assert.match(await three.figure.locator(".rest").textContent(), /first 65,536 of 1,048,576/);
  await three.write("print('/' * 900_000 + '.c:1')");
  assert.equal(await three.run(), "differs");
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    three.figure.getByRole("button", { name: "Save all cell three" }).click(),
  ]);
  assert.equal(fs.statSync(await saved.path()).size, 900_005);
  await page.close();
});

test("a mark is about what stands there now", async () => {
  const page = await browser.page();
  const reverses = cell(page, "reverses");
  assert.equal(await reverses.run(), "same");
  const text = await reverses.figure.locator("pre code").first().textContent();
  await reverses.write("print('other')");
  assert.equal(await reverses.figure.getAttribute("data-live"), "stale");
  assert.match(await reverses.status(), /another now/);
  await reverses.write(text);
  assert.equal(await reverses.figure.getAttribute("data-live"), "same");
  const three = cell(page, "three");
  assert.equal(await three.figure.getAttribute("data-live"), "same");
  const choose = page.getByRole("combobox", { name: "CPython" });
  await choose.selectOption("3.9");
  assert.equal(await three.figure.getAttribute("data-live"), "agrees");
  assert.ok(await three.figure.getByText("Printed here").isVisible());
  await choose.selectOption("3.14-wasm");
  assert.equal(await three.figure.getAttribute("data-live"), "same");
  await reverses.write("print('other')");
  await reverses.run();
  await reverses.figure.getByRole("button", { name: "Reset cell reverses" }).click();
  assert.equal(await reverses.figure.getAttribute("data-live"), "stale");
  await page.evaluate(() => localStorage.clear());
  await page.close();
});

test("Run all begins anew, however often", async () => {
  const page = await browser.page();
  const all = () => page.locator("figure.cell[data-runs]").evaluateAll((cells) => cells.map((cell) => cell.dataset.live));
  for (let times = 0; times < 2; times++) {
    await page.getByRole("button", { name: "Run all" }).click();
    await page.waitForFunction(() =>
      !document.querySelector("[data-live=waits], [data-live=runs]") &&
      document.querySelectorAll("[data-runs]").length === document.querySelectorAll("[data-runs][data-live]").length,
      undefined, { polling: 100 });
    assert.deepEqual([...new Set(await all())], ["same"]);
  }
  await page.close();
});

test("what fails names the line of the cell, the function, and the edited cell above", async () => {
  const page = await browser.page();
  const three = cell(page, "three");
  await three.write("def half(tuple):\n    return tuple / 2\n\nhalf((1, 2))");
  assert.equal(await three.run(), "differs");
  assert.match(await three.status(), /It raised TypeError, at line 4, then line 2 in half\./);
  const reverses = cell(page, "reverses");
  await reverses.write("\nhalf(None)");
  await reverses.run();
  assert.match(await reverses.status(), /It raised TypeError, at line 2, then line 2 of cell three in half\./);
  await reverses.write("input('name? ')");
  await reverses.run();
  assert.match(await reverses.status(), /It raised EOFError, at line 1\. A page has no keyboard/);
  await reverses.write("if True:\n    pass\n  pass");
  await reverses.run();
  assert.match(await reverses.status(), /It raised IndentationError, at line 3\./);
  await cell(page, "notebook").write("tv0 = 1");
  await page.evaluate(() => localStorage.clear());
  await page.close();
});

test("an edited cell above is named where a cell below no longer prints what is recorded", async () => {
  const page = await browser.page();
  await cell(page, "notebook").write("class raw:\n    reverse_tuple = staticmethod(lambda tuple: 'mine')\nsafe = wrong = raw");
  const reverses = cell(page, "reverses");
  assert.equal(await reverses.run(), "differs");
  assert.match(await reverses.status(), /not as recorded, since cell notebook ran with your edit\. Reset, then Run all/);
  await page.evaluate(() => localStorage.clear());
  await page.close();
});

test("a cell that closes the Worker is noticed at the next Run, and Try again goes on", async () => {
  const page = await browser.page();
  const reverses = cell(page, "reverses");
  await reverses.write("import js\njs.close()");
  await reverses.run();
  const three = cell(page, "three");
  assert.equal(await three.run(), "broke");
  assert.match(await three.status(), /ended the Worker/);
  await page.getByRole("button", { name: "Try again cell three" }).click();
  await page.waitForSelector("[data-cell=three][data-live=same]");
  await page.evaluate(() => localStorage.clear());
  await page.close();
});

test("keys stay with the code that has the focus, and the first Tab skips to the text", async () => {
  const page = await browser.page();
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Skip to the text");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement?.localName), "main");
  const code = page.locator("[data-cell=three] pre").first();
  await code.evaluate((it) => ((it.tabIndex = 0), it.focus()));
  for (const key of ["ArrowRight", "ArrowLeft", "s", "/", "?"]) await page.keyboard.press(key);
  assert.ok(page.url().includes("/tuple.html"));
  assert.equal(await page.evaluate(() => document.activeElement?.localName), "pre");
  await page.close();
});

test("HTML in output is text", async () => {
  const page = await browser.page();
  const three = cell(page, "three");
  await three.write("print('<img src=x onerror=document.title=1><b>bold</b> é \\x1b[0m')");
  await three.run();
  assert.match(await three.output(), /^<img src=x onerror=document.title=1><b>bold<\/b> é /);
  assert.equal(await three.figure.locator(".live img, .live b").count(), 0);
  await page.close();
});

test("Restart forgets what ran, and keeps the edits", async () => {
  const page = await browser.page();
  await cell(page, "notebook").run();
  await cell(page, "reverses").write("print(tv0)");
  await page.getByRole("button", { name: "Restart" }).click();
  assert.equal(await page.locator("[data-live]").count(), 0);
  await cell(page, "reverses").run();
  assert.equal(await cell(page, "reverses").output(), "value0");
  assert.equal(await cell(page, "notebook").figure.getAttribute("data-live"), "same");
  await page.close();
});

test("everything is done by keyboard", async () => {
  const page = await browser.page();
  const names = async () => page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
  await page.getByRole("button", { name: "Edit cell three" }).focus();
  await page.keyboard.press("Enter");
  await page.locator("[data-cell=three] .cm-content").waitFor();
  await page.waitForFunction(() => document.activeElement?.classList.contains("cm-content"));
  assert.match(await names(), /Python of cell three/);
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("ArrowRight"); // does not turn the page
  await page.keyboard.press("s"); // does not open the search
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Control+Enter");
  assert.equal(await cell(page, "three").ended(), "same");
  await page.keyboard.press("Shift+Enter");
  await page.waitForFunction(() => document.activeElement?.closest("[data-cell=notebook]"));
  await page.keyboard.press("Escape");
  assert.equal(await names(), "Run cell notebook");
  await page.keyboard.press("Enter");
  assert.equal(await cell(page, "notebook").ended(), "same");
  assert.equal(await page.locator("[data-cell=notebook] .ran").getAttribute("role"), "status");
  assert.ok(page.url().endsWith("/tuple.html"));
  await page.close();
});

test("a full storage loses no word while the page is open, and says what it means", async () => {
  const page = await browser.page();
  await page.evaluate(() => {
    for (let size = 1 << 20; size >= 1; size >>= 1) {
      try {
        for (let n = 0; ; n++) localStorage.setItem(`full-${size}-${n}`, "x".repeat(size));
      } catch {
        // smaller pieces
      }
    }
  });
  const three = cell(page, "three");
  await three.write("print('kept nowhere')");
  assert.match(await three.figure.locator(".note").textContent(), /storage is full/);
  await three.run();
  assert.equal(await three.output(), "kept nowhere");
  await page.evaluate(() => localStorage.clear());
  await page.close();
});

test("two tabs share edits and nothing else", async () => {
  const one = await browser.page();
  const other = await browser.page();
  await cell(one, "three").write("calls = 1\nprint('one')");
  // A tab behind another draws no frames.
  await other.waitForFunction(() => document.querySelector("[data-cell=three] pre code").textContent.includes("one"), undefined, { polling: 100 });
  assert.equal(await cell(one, "three").run(), "differs");
  await cell(other, "three").write("print('other')");
  assert.equal(await cell(other, "three").run(), "differs");
  assert.equal(await cell(other, "three").output(), "other");
  assert.equal(await cell(one, "three").output(), "one");
  await one.close();
  await other.close();
});
