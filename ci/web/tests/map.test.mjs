// The first screen, the map, the routes, what was read, and a page that is not there.

import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { cell, chapters, countSeen, otherThan, press, seen, shared, until } from "./harness.mjs";

const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = shared();

const here = (chapter) => `${browser.site.origin}/${chapter}.html`;
const tile = (chapter) => `.tile[data-page=${chapter}]`;
const route = (name) => `.route[data-route=${name}]`;
const text = (page, css) => page.$eval(css, (it) => it.textContent);
const texts = (page, css) => page.$$eval(css, (all) => all.map((it) => it.textContent));
const count = async (page, css) => (await page.$$(css)).length;
const choose = (page, name) => page.$eval(`${route(name)} h3 button`, (it) => it.click());
const stops = (page, name) => page.$eval(route(name), (it) => it.dataset.stops.split(" "));
const kept = (page, kind) =>
  page.evaluate((kind) => Object.keys(localStorage).filter((key) => key.startsWith(`course-${kind}:`)), kind);

/** The way on that is shown. */
const WAY = ".onward .way:not([hidden])";

/** Scrolls to `part` of the page, as a reader who reads on does. */
const readTo = (page, part) => page.evaluate((part) => scrollTo(0, document.documentElement.scrollHeight * part), part);

/** Presses what leads on, and waits for the page. */
async function follow(page, press, chapter) {
  await Promise.all([page.waitForNavigation(), press()]);
  assert.equal(page.url(), here(chapter));
}

for (const [width, height] of [[1280, 900], [360, 740]]) {
  test(`the first screen says what this is, and has one thing to press, ${width} wide`, async () => {
    const page = await browser.page("introduction");
    await page.setViewport({ width, height });
    const inSight = (css) =>
      page.$eval(css, (it) => {
        const { top, bottom } = it.getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight;
      });
    const expected = ["main h1", ".lede", "[data-cell=first] pre", "[data-cell=first] button.act"];
    for (const css of width > 1000 ? [...expected, ".tally .bad .num"] : expected) {
      assert.ok(await inSight(css), css);
    }
    assert.equal((await cell(page, "first").code()).trim().split("\n").length, 6);
    const pressed = await page.$$eval("main button.act", (all) => all.filter((it) => it.getBoundingClientRect().top < innerHeight).length);
    assert.equal(pressed, 1);
    await page.close();
  });
}

test("the first cell runs by itself, and the leak stands beside what it prints", async () => {
  const page = await browser.page("introduction");
  assert.equal(await cell(page, "first").run(), "same");
  const printed = (await cell(page, "first").output()).trim();
  assert.equal(await seen(page, ".tally .bad .num .value"), printed);
  assert.equal(await count(page, ".tally .bad"), 1);
  await page.close();
});

test("the map has every chapter, once, and its minutes add up to what the page promises", async () => {
  const page = await browser.page("introduction");
  const minutes = (text) => {
    const [, hours, more] = /^(?:(\d+) h)? ?(?:(\d+)(?: min)?)?$/.exec(text.trim());
    return 60 * Number(hours ?? 0) + Number(more ?? 0);
  };
  const sum = (texts) => texts.map(minutes).reduce((one, other) => one + other, 0);
  const tiles = sum(await texts(page, ".tile i"));
  assert.equal(sum((await texts(page, ".part .time")).map((text) => text.split("·")[1])), tiles);
  const facts = await texts(page, ".hero .facts b");
  assert.deepEqual([Number(facts[0]), minutes(facts[1])], [await count(page, ".tile"), tiles]);
  const pages = await page.$$eval(".tile", (all) => all.map((it) => it.dataset.page));
  assert.deepEqual([...new Set(pages)], pages);
  for (const name of pages) assert.ok(chapters().includes(name), name);
  await page.close();
});

test("a route that is chosen numbers its stops, leads on, and is left by one click", async () => {
  const page = await browser.page("introduction");
  for (const name of await page.$$eval(".route", (all) => all.map((it) => it.dataset.route))) {
    await choose(page, name);
    assert.equal(await page.$eval(`${route(name)} h3 button`, (it) => it.ariaPressed), "true");
    const way = await stops(page, name);
    for (const [index, stop] of way.entries()) {
      assert.equal(await page.$eval(tile(stop), (it) => it.dataset.stop), String(index + 1));
    }
    assert.equal(await count(page, ".tile[data-stop]"), way.length);
  }
  await choose(page, "ship");
  const way = await stops(page, "ship");
  await page.goto(here(way[0]));
  for (const [index, stop] of way.slice(1).entries()) {
    assert.match(await text(page, `${WAY} .says`), new RegExp(`Stop ${index + 1} of ${way.length}`));
    await follow(page, () => page.click(`${WAY} a.next`), stop);
  }
  assert.match(await text(page, WAY), /last stop/);
  await page.click(`${WAY} button`);
  assert.equal(await page.$eval(WAY, (it) => it.dataset.route), undefined);
  await page.goto(here("introduction"));
  assert.equal(await count(page, ".route.chosen, .tile[data-stop]"), 0);
  await choose(page, "ship");
  await choose(page, "ship");
  assert.equal(await count(page, ".route.chosen, .tile[data-stop]"), 0);
  await page.close();
});

test("the arrow keys follow the route, and the book again when it is left", async () => {
  const page = await browser.page("introduction");
  await choose(page, "ship");
  const way = await stops(page, "ship");
  await page.goto(here("exception"));
  const next = way[way.indexOf("exception") + 1];
  assert.notEqual(next, "crash");
  await follow(page, () => page.keyboard.press("ArrowRight"), next);
  await page.goto(here("exception"));
  await page.click(`${WAY} button`);
  await page.evaluate(() => document.activeElement.blur());
  await follow(page, () => page.keyboard.press("ArrowRight"), "crash");
  await page.close();
});

test("beside the route, the way on leads back to its first stop that is not read", async () => {
  const page = await browser.page("introduction");
  await choose(page, "ship");
  const way = await stops(page, "ship");
  await page.goto(here(way[0]));
  await press(page, "Mark as read");
  await page.goto(here("holders"));
  assert.match(await text(page, WAY), /Not on your route/);
  assert.deepEqual(await page.$$eval(`${WAY} a:not([hidden])`, (all) => all.map((it) => it.dataset.page)), [way[1]]);
  await page.close();
});

test("a chapter is read when its end was reached, and until then one is there", async () => {
  const page = await browser.page("tuple");
  const scrolled = (chapter) => until(page, (end) => Object.keys(localStorage).some((key) => key.endsWith(end)), `:${chapter}`);
  await readTo(page, 0.5);
  await scrolled("tuple");
  await page.goto(here("introduction"));
  assert.match(await text(page, tile("tuple")), /you are here/);
  const part = parseFloat(await page.$eval(tile("tuple"), (it) => it.style.getPropertyValue("--read")));
  assert.ok(part > 20 && part < 90, `${part} %`);
  await page.goto(here("list"));
  await readTo(page, 0.2);
  await scrolled("list");
  await page.goto(here("introduction"));
  assert.match(await text(page, tile("list")), /you are here/);
  assert.match(await text(page, tile("tuple")), /begun/);
  await page.goto(here("tuple"));
  await readTo(page, 1);
  await until(page, () => /You have read/.test(document.querySelector(".onward .read").textContent));
  assert.match(await text(page, "#mdbook-sidebar a.active"), /✓/);
  await page.goto(here("introduction"));
  assert.match(await text(page, tile("tuple")), /✓ read/);
  assert.match(await text(page, ".progress"), /^1 of \d+ chapters are read/);
  await page.close();
});

test("what was read is marked by hand, forgotten, and brought back", async () => {
  const page = await browser.page("long");
  await press(page, "Mark as read");
  await press(page, "Mark as not read");
  await readTo(page, 1);
  await new Promise((done) => setTimeout(done, 800));
  assert.deepEqual(await kept(page, "read"), [], "the reader has said so, and no scroll says otherwise");
  await press(page, "Mark as read");
  await page.goto(here("introduction"));
  await press(page, "Forget what I have read");
  assert.equal(await count(page, ".tile[data-read]"), 0);
  await press(page, "Undo");
  assert.equal(await count(page, ".tile[data-read=all]"), 1);
  await page.close();
});

test("another tab shows what was read and chosen in this one", async () => {
  const one = await browser.page("introduction");
  const other = await browser.page("introduction");
  await one.bringToFront();
  await choose(one, "curious");
  // A tab behind another draws nothing, and is asked by the clock.
  const shows = (css) => until(other, (css) => document.querySelector(css) !== null, css);
  await shows(`${route("curious")}.chosen`);
  await one.goto(here("refcount"));
  await press(one, "Mark as read");
  await shows(`${tile("refcount")}[data-read=all]`);
  await one.close();
  await other.close();
});

/** What may be wrong with a browser's storage, and how it comes about. */
const SPOILT = {
  full: () => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  },
  forbidden: () => {
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("no", "SecurityError");
      },
    });
  },
  garbled: () => {
    for (const [kind, key] of [["read", "tuple"], ["route", "chosen"]]) {
      for (const value of ["{]", "7", "null"]) localStorage.setItem(`course-${kind}:/:${key}`, value);
    }
  },
};

for (const [what, spoil] of Object.entries(SPOILT)) {
  test(`where storage is ${what}, the page works, and says what is lost`, async () => {
    const page = await browser.page("introduction");
    await page.evaluateOnNewDocument(spoil);
    await page.goto(here("introduction"));
    assert.equal(await count(page, ".tile[data-read], .route.chosen"), 0);
    await choose(page, "ship");
    assert.equal(await count(page, ".tile[data-stop]"), (await stops(page, "ship")).length);
    if (what !== "garbled") assert.match(await text(page, ".progress"), /keeps nothing/);
    await page.goto(here("tuple"));
    await press(page, "Mark as read");
    assert.match(await text(page, ".onward .read"), what === "garbled" ? /^✓ You have read/ : /You have read.*keeps nothing/);
    assert.deepEqual(page.problems, []);
    await page.close();
  });
}

test("two copies of the book on one origin keep what was read apart", async () => {
  const page = await browser.page("introduction");
  await page.evaluate(() => {
    localStorage.setItem("course-read:/another/:tuple", JSON.stringify({ seen: 1, read: true, at: 1 }));
    localStorage.setItem("course-route:/another/:chosen", JSON.stringify("ship"));
  });
  await page.reload();
  assert.equal(await count(page, ".tile[data-read], .route.chosen"), 0);
  await page.close();
});

test("without a script the map, the head and the way on are whole", { skip: otherThan("chromium") }, async () => {
  const page = await browser.page("404");
  await page.setJavaScriptEnabled(false);
  await page.goto(here("introduction"));
  assert.equal(await count(page, "main .route button"), 0);
  await follow(page, () => page.click(".route a"), "long");
  assert.match(await text(page, ".chapter-head"), /Part I .* Chapter 1/s);
  assert.equal(await countSeen(page, ".onward .way"), 1);
  assert.equal(await countSeen(page, ".nav-wide-wrapper, .nav-wrapper"), 0);
  await follow(page, () => page.click(`${WAY} a.next`), "refcount");
  await page.close();
});

test("on paper the map is a list, and only a route's title was a button", { skip: otherThan("chromium") }, async () => {
  const page = await browser.page("introduction");
  await choose(page, "ship");
  await page.emulateMediaType("print");
  assert.equal(await countSeen(page, "main button:not(.route button), .onward, .progress"), 0);
  assert.equal(await countSeen(page, ".tile"), await count(page, ".tile"));
  await page.close();
});

test("a page that is not there has its styles and leads home, wherever the book lies", async () => {
  for (const below of ["", "/a", "/a/b/c"]) {
    const visited = await browser.visit({ below });
    const page = await visited.newPage();
    const home = `${visited.site.origin}${below}/`;
    for (const missing of ["nothing", "nothing.html", "x/y/z/", "css/x/", "long.html/"]) {
      await page.goto(home + missing);
      assert.equal(await seen(page, "main h1"), "There is no such page");
      const styled = await page.$eval(".menu-title", (it) => getComputedStyle(it).textAlign);
      assert.equal(styled, "center", `${below}/${missing} has its styles`);
      await Promise.all([page.waitForNavigation(), page.click("main p a")]);
      assert.equal(page.url(), `${home}introduction.html`);
    }
    await page.goto(`${home}x/nothing`);
    await page.waitForSelector("#mdbook-sidebar a[href$='tuple.html']");
    await Promise.all([page.waitForNavigation(), page.$eval("#mdbook-sidebar a[href$='tuple.html']", (it) => it.click())]);
    assert.equal(page.url(), `${home}tuple.html`);
    await visited.close();
  }
});

for (const theme of ["light", "rust", "coal", "navy", "ayu"]) {
  test(`with a route and something read, axe finds nothing and no page pans, ${theme}`, async () => {
    const page = await browser.page("introduction");
    await page.evaluate((theme) => localStorage.setItem("mdbook-theme", theme), theme);
    await choose(page, "ship");
    await page.goto(here("long"));
    await press(page, "Mark as read");
    for (const width of [1280, 320]) {
      await page.setViewport({ width, height: 800 });
      for (const name of ["introduction", "long", "holders", "exception", "404"]) {
        await page.goto(here(name));
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} pans, ${width} wide`);
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
        const found = violations.map(({ id, nodes }) => `${id}: ${nodes.length} × ${nodes[0].html.slice(0, 160)} ${nodes[0].failureSummary}`);
        assert.deepEqual(found, [], `${name}, ${width} wide`);
      }
    }
    await page.close();
  });
}
