// What a reader does to a cell, and what a cell does to the page.

import assert from "node:assert/strict";
import { test } from "node:test";
import { cell, countSeen, held, otherThan, press, seen, shared, until } from "./harness.mjs";

const browser = shared();

test("a cell runs after the ones above it, which then need not run again", async () => {
  const page = await browser.page();
  const reverses = cell(page, "reverses");
  assert.equal(await reverses.run(), "same");
  assert.match(await reverses.status(), /^as recorded on CPython 3\.14\.\d+, in this page\./);
  assert.equal(await cell(page, "three").live(), "same");
  assert.equal(await cell(page, "sole_owner").live(), undefined);
  await page.$eval("[data-cell=three]", (three) => (three.dataset.live = "untouched"));
  assert.equal(await reverses.run(), "same");
  assert.equal(await cell(page, "three").live(), "untouched");
  assert.deepEqual(page.problems, []);
  await page.close();
});

test("an edit shows its result beside the record, survives a reload, and can be reset", async () => {
  const page = await browser.page();
  const reverses = cell(page, "reverses");
  await page.click(`${reverses.at} pre code`);
  await page.waitForSelector(`${reverses.at} .cm-content`);
  await reverses.write("print(raw.reverse_tuple((1, 2)))");
  assert.equal(await reverses.run(), "differs");
  assert.equal(await reverses.output(), "(2, 1)");
  assert.match(await reverses.status(), /after your edit/);
  assert.equal(await countSeen(page, `${reverses.at} .recorded`), 1);
  await page.reload();
  assert.equal(await reverses.code(), "print(raw.reverse_tuple((1, 2)))");
  assert.equal(await reverses.run(), "differs");
  await press(page, "Reset cell reverses");
  assert.match(await reverses.code(), /keeps_order/);
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
  await three.run();
  const reverses = cell(page, "reverses");
  await reverses.write("print('before')\nprint('the loop')\nwhile True:\n    pass");
  assert.equal(await reverses.run(), "broke");
  assert.equal(await reverses.output(), "before\nthe loop");
  assert.match(await reverses.status(), /^stopped after 20 seconds/);
  assert.equal(await cell(page, "sole_owner").run(), "same");
  assert.equal(await three.run(), "same");
  await page.close();
});

test("Stop ends a cell at once", async () => {
  const page = await browser.page();
  await cell(page, "three").run();
  const three = cell(page, "three");
  await three.write("while True:\n    pass");
  await three.begin();
  await three.becomes("runs");
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
    assert.equal(await cell(page, "three").run(), "same");
    assert.equal(await cell(page, "sole_owner").run(), "same");
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
  assert.match(await three.text(".rest"), /first 65,536 of 1,048,576/);
  await three.write("print('/' * 900_000 + '.c:1')");
  assert.equal(await three.run(), "differs");
  const saved = await page.evaluate(async () => {
    const make = URL.createObjectURL;
    const blob = new Promise((given) => (URL.createObjectURL = (blob) => (given(blob), make(blob))));
    document.querySelector('[aria-label="Save all cell three"]').click();
    return (await blob).size;
  });
  assert.equal(saved, 900_005);
  await page.close();
});

test("a mark is about what stands there now", async () => {
  const page = await browser.page();
  const reverses = cell(page, "reverses");
  assert.equal(await reverses.run(), "same");
  const text = await reverses.code();
  await reverses.write("print('other')");
  assert.equal(await reverses.live(), "stale");
  assert.match(await reverses.status(), /another now/);
  await reverses.write(text);
  assert.equal(await reverses.live(), "same");
  const three = cell(page, "three");
  assert.equal(await three.live(), "same");
  const choose = (tag) => page.select("#course-version", tag);
  await choose("3.9");
  assert.equal(await three.live(), "agrees");
  assert.equal(await seen(page, `${three.at} .live .side`), "Printed here");
  await choose("3.14-wasm");
  assert.equal(await three.live(), "same");
  await reverses.write("print('other')");
  await reverses.run();
  await press(page, "Reset cell reverses");
  assert.equal(await reverses.live(), "stale");
  await page.evaluate(() => localStorage.clear());
  await page.close();
});

test("Run all begins anew, however often", async () => {
  const page = await browser.page();
  const all = () => page.$$eval("figure.cell[data-runs]", (cells) => cells.map((cell) => cell.dataset.live));
  for (let times = 0; times < 2; times++) {
    await press(page, "Run all");
    await until(page, () =>
      !document.querySelector("[data-live=waits], [data-live=runs]") &&
      document.querySelectorAll("[data-runs]").length === document.querySelectorAll("[data-runs][data-live]").length);
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
  await page.evaluate(() => localStorage.clear());
  await page.close();
});

test("an edited cell above is named where a cell below no longer prints what is recorded", async () => {
  const page = await browser.page();
  await cell(page, "three").write("from sys import getrefcount\nclass raw:\n    reverse_tuple = staticmethod(lambda tuple: 'mine')\nsafe = wrong = raw");
  const reverses = cell(page, "reverses");
  assert.equal(await reverses.run(), "differs");
  assert.match(await reverses.status(), /^not as recorded on .*, since cell three ran with your edit: reset it, then run afresh\./);
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
  await press(page, "Try again cell three");
  await three.becomes("same");
  await page.evaluate(() => localStorage.clear());
  await page.close();
});

test("keys stay with the code that has the focus, and the first Tab skips to the text", async () => {
  const page = await browser.page();
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Skip to the text");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement?.localName), "main");
  await page.$eval("[data-cell=three] pre", (code) => ((code.tabIndex = 0), code.focus()));
  // Firefox has a use of its own for a slash: it finds in the page.
  const others = otherThan("chromium") ? [] : ["/"];
  for (const key of ["ArrowRight", "ArrowLeft", "s", "?", ...others]) await page.keyboard.press(key);
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
  assert.equal(await countSeen(page, `${three.at} :is(.live img, .live b)`), 0);
  await page.close();
});

test("Restart forgets what ran, and keeps the edits", async () => {
  const page = await browser.page();
  await cell(page, "three").run();
  await cell(page, "reverses").write("print(calls)");
  await press(page, "Restart");
  assert.equal((await page.$$("[data-live]")).length, 0);
  await cell(page, "reverses").run();
  assert.equal(await cell(page, "reverses").output(), "1000");
  assert.equal(await cell(page, "three").live(), "same");
  await page.close();
});

test("everything is done by keyboard", async () => {
  const page = await browser.page();
  const names = async () => page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
  await page.focus('[aria-label="Edit cell three"]');
  await page.keyboard.press("Enter");
  await until(page, () => document.activeElement?.classList.contains("cm-content"));
  assert.match(await names(), /Python of cell three/);
  await held(page, "Control", "Home");
  await page.keyboard.press("ArrowRight"); // does not turn the page
  await page.keyboard.press("s"); // does not open the search
  await page.keyboard.press("Backspace");
  await held(page, "Control", "Enter");
  assert.equal(await cell(page, "three").ended(), "same");
  await held(page, "Shift", "Enter");
  await until(page, () => document.activeElement?.closest("[data-cell=reverses]"));
  await page.keyboard.press("Escape");
  assert.equal(await names(), "Run cell reverses");
  await page.keyboard.press("Enter");
  assert.equal(await cell(page, "reverses").ended(), "same");
  assert.equal(await page.$eval("[data-cell=reverses] .status", (status) => status.getAttribute("role")), "status");
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
  assert.match(await three.text(".note"), /storage is full/);
  await three.run();
  assert.equal(await three.output(), "kept nowhere");
  await page.evaluate(() => localStorage.clear());
  await page.close();
});

test("two tabs share edits and nothing else", async () => {
  const one = await browser.page();
  const other = await browser.page();
  await one.bringToFront();
  await cell(one, "three").write("calls = 1\nprint('one')");
  // A tab behind another draws no frames.
  await until(other, () => document.querySelector("[data-cell=three] pre code").textContent.includes("one"));
  assert.equal(await cell(one, "three").run(), "differs");
  await other.bringToFront();
  await cell(other, "three").write("print('other')");
  assert.equal(await cell(other, "three").run(), "differs");
  assert.equal(await cell(other, "three").output(), "other");
  assert.equal(await cell(one, "three").output(), "one");
  await one.close();
  await other.close();
});
