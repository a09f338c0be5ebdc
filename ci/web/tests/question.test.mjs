// Questions: answered, graded and explained in the page, kept in the browser, and closed until then.

import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { test } from "node:test";
import { BOOK, chapters, countSeen, otherThan, shared, until } from "./harness.mjs";

const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = shared();

/** What an attribute says. */
const NAMED = { quot: '"', lt: "<", gt: ">", amp: "&" };
const text = (html) => html.replace(/&(?:#(\d+)|(\w+));/g, (_, code, name) => (code ? String.fromCodePoint(code) : NAMED[name]));

const QUESTION = /<div class="question" role="group" id="((?:question|again)-[^"]*)"[^>]*data-kind="([^"]*)" data-keys="([^"]*)"/g;

/** Every question of the book: where it stands, and what answers it. */
const all = chapters().flatMap((chapter) => {
  const html = fs.readFileSync(path.join(BOOK, `${chapter}.html`), "utf8");
  return [...html.matchAll(QUESTION)].map(([, id, kind, keys]) => {
    const open = html.slice(html.indexOf(`id="${id}"`)).split("<details", 1)[0];
    return { chapter, id, kind, keys: JSON.parse(text(keys)), runs: /<figure class="cell"[^>]*data-runs/.test(open) };
  });
});

/** The first question of the book of which `fits` is true. */
function find(fits) {
  const found = all.find(fits);
  assert.ok(found, `the book has a question for this test: ${fits}`);
  return found;
}

const choice = find(({ kind, keys, runs }) => kind === "choice" && keys.length === 1 && runs);
const differing = find(({ kind, keys }) => kind === "choice" && keys.length > 1);
const table = find(({ kind }) => kind === "table");
const again = find(({ id, kind }) => id.startsWith("again-") && kind === "choice");

/** A question on a page. */
function on(page, { id }) {
  const root = `#${id}`;
  /** Which choice is right, or wrong, on the CPython that the page shows: the first of them. */
  const which = (right) =>
    page.$eval(
      root,
      (root, right) => {
        const tag = document.querySelector("#course-version").value;
        const keys = JSON.parse(root.dataset.keys);
        const known = keys.some(([tags]) => tags.split(" ").includes(tag)) ? tag : root.dataset.newest;
        const whys = [...root.querySelectorAll("ul.choices .why")];
        return whys.findIndex(({ dataset }) => dataset.right.split(" ").includes(known) === right);
      },
      right,
    );
  const press = (name) =>
    page.$eval(
      root,
      (root, name) => {
        const seen = [...root.querySelectorAll("form button")].filter((it) => it.checkVisibility());
        seen.find((it) => it.textContent === name).click();
      },
      name,
    );
  return {
    root,
    which,
    press,
    check: () => press("Check"),
    status: () => page.$eval(`${root} form .status`, (status) => status.textContent),
    /** How much of what must stay closed is seen. */
    opened: () => countSeen(page, `${root} details.answer, ${root} figure.cell .results`),
    /** How many explanations are seen. */
    whys: () => countSeen(page, `${root} .why`),
    offered: async () => (await page.$$(`${root} ul.choices > li`)).length,
    radio: (index) => `${root} ul.choices > li:nth-child(${index + 1}) input`,
    async choose(index) {
      await page.$eval(`${root} ul.choices > li:nth-child(${index + 1}) input`, (input) => input.click());
      await press("Check");
    },
    async chooses(right) {
      await this.choose(await which(right));
    },
    async fill(index, value) {
      await page.$$eval(`${root} form input[type=text]`, (fields, index, value) => (fields.at(index).value = value), index, value);
    },
  };
}

const goTo = (page, { chapter }) => page.goto(`${browser.site.origin}/${chapter}.html`);

/** A page of a browser that keeps no pages: a test alters its HTML on the way. */
async function altered(chapter, alter) {
  const visit = await browser.visit({ workers: false });
  const page = await visit.newPage();
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    const name = new URL(request.url()).pathname;
    if (!name.endsWith(`${chapter}.html`)) return request.continue();
    const html = fs.readFileSync(path.join(BOOK, name), "utf8");
    return request.respond({ contentType: "text/html; charset=utf-8", body: alter(html) });
  });
  await page.goto(`${visit.site.origin}/${chapter}.html`);
  return { page, close: async () => (await page.close(), visit.close()) };
}

test("a wrong choice opens its own explanation, the right one all that was closed", async () => {
  const page = await browser.page(choice.chapter);
  const question = on(page, choice);
  assert.equal(await question.opened(), 0);
  assert.equal(await question.whys(), 0);
  await question.check();
  assert.match(await question.status(), /Choose first/);
  const wrong = await question.which(false);
  await question.choose(wrong);
  assert.equal(await question.whys(), 1);
  assert.equal(await question.opened(), 0);
  assert.equal(await countSeen(page, `${question.root} ul.choices > li:nth-child(${wrong + 1}) .why`), 1);
  const described = await page.$$eval(`${question.root} ul.choices input`, (all) => all.map((it) => it.hasAttribute("aria-describedby")));
  assert.deepEqual(described, described.map((_, index) => index === wrong), "and only that is read out with its choice");
  assert.match(await question.status(), /not yet/);
  await question.chooses(true);
  assert.match(await question.status(), /right.*After 2 tries/);
  assert.equal(await question.whys(), await question.offered());
  assert.ok((await countSeen(page, `${question.root} details.answer > p`)) > 0);
  assert.ok((await countSeen(page, `${question.root} figure.cell .recorded .output`)) > 0);
  assert.equal(await countSeen(page, `${question.root} button.act[type=submit], ${question.root} form button.act`), 0);
  await page.reload();
  assert.match(await question.status(), /After 2 tries/);
  assert.ok((await question.opened()) > 0);
  assert.deepEqual(page.problems, []);
  await page.close();
});

test("the reader's place stays where it is when what stands above it opens", async () => {
  const page = await browser.page(choice.chapter);
  const question = on(page, choice);
  const top = () => page.$eval(`${question.root} form .bar`, (bar) => bar.getBoundingClientRect().top);
  await page.$eval(`${question.root} form .bar`, (bar) => bar.scrollIntoView({ block: "center", behavior: "instant" }));
  const before = await top();
  await question.chooses(true);
  assert.ok((await question.opened()) > 0);
  assert.ok(Math.abs((await top()) - before) < 2, `${before} → ${await top()}`);
  await page.close();
});

test("a question can be answered by keys alone", async () => {
  const page = await browser.page(choice.chapter);
  const question = on(page, choice);
  const url = page.url();
  await page.focus(question.radio(0));
  await page.keyboard.press(" ");
  for (let step = await question.which(true); step > 0; step--) await page.keyboard.press("ArrowRight");
  assert.equal(page.url(), url, "an arrow turns no page here");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Check");
  await page.keyboard.press("Enter");
  assert.match(await question.status(), /At once/);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Ask me again", "focus is not lost");
  await page.keyboard.press("Enter");
  assert.equal(await question.opened(), 0);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Check");
  await page.close();
});

test("a cell of a question neither runs nor opens an editor before the answer", async () => {
  const page = await browser.page(choice.chapter);
  const figure = `#${choice.id} figure.cell`;
  assert.equal(await countSeen(page, `${figure} .bar button`), 0);
  await page.$eval(`${figure} pre`, (code) => {
    code.click();
    code.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true, cancelable: true }));
  });
  await new Promise((done) => setTimeout(done, 500));
  assert.equal(await page.$(`${figure} .cm-editor`), null);
  assert.equal(await page.$eval(figure, ({ dataset }) => dataset.live), undefined);
  await on(page, choice).press("Show me");
  assert.ok((await countSeen(page, `${figure} .bar button`)) > 0);
  await page.close();
});

test("the right choice is that of the CPython that is chosen", async () => {
  const page = await browser.page(differing.chapter);
  const question = on(page, differing);
  const [one, other] = differing.keys.map(([tags]) => tags.split(" ").at(-1));
  await page.select("#course-version", one);
  const right = await question.which(true);
  await question.choose(right);
  assert.match(await question.status(), /At once/);
  await page.select("#course-version", other);
  assert.equal(await question.opened(), 0, "another answer: asked again");
  await question.choose(right);
  assert.match(await question.status(), /not yet/);
  const said = await page.$$eval(`${question.root} .why:not([hidden])`, ([why]) => why.textContent);
  assert.ok(said.includes(`not on CPython ${other}, but on`), said);
  await question.chooses(true);
  assert.match(await question.status(), /After 2 tries/);
  await page.select("#course-version", one);
  assert.match(await question.status(), /At once/);
  await page.close();
});

test("a CPython on which nothing is recorded has the answer of the newest", async () => {
  const without = (html) => html.replaceAll(/(data-(?:was|keys)="\[\[&quot;)3\.9 /g, "$1").replaceAll('data-right="3.9 ', 'data-right="');
  const { page, close } = await altered(choice.chapter, without);
  await page.select("#course-version", "3.9");
  const question = on(page, choice);
  await question.chooses(true);
  assert.match(await question.status(), /At once/);
  await close();
});

test("a table is graded row by row, and a row is explained once it is right", async () => {
  const page = await browser.page(table.chapter);
  const question = on(page, table);
  const answers = table.keys.find(([tags]) => tags.includes("3.15"))[1].split("\n");
  const fields = await page.$$(`${question.root} form input`);
  assert.equal(fields.length, answers.length);
  await question.check();
  assert.match(await question.status(), /Fill in a row first/);
  await question.fill(0, "nonsense");
  await question.fill(-1, `  ${answers.at(-1)} `);
  await question.check();
  assert.match(await question.status(), new RegExp(`1 of ${answers.length} rows`));
  assert.equal(await question.whys(), 1);
  assert.equal(await question.opened(), 0);
  assert.equal(await fields[0].evaluate((field) => field.ariaInvalid), "true");
  for (const [index, answer] of answers.entries()) await question.fill(index, answer);
  await fields.at(-1).focus();
  await page.keyboard.press("Enter");
  assert.match(await question.status(), /right/);
  assert.equal(await question.whys(), answers.length);
  await question.press("Ask me again");
  assert.equal(await fields[0].evaluate((field) => field.value), "");
  assert.equal(await question.whys(), 0);
  await page.close();
});

test("a typed answer is compared without the spaces around it, and a known wrong one explained", async () => {
  const typed = (html) => {
    const [before, after] = html.split(`id="${choice.id}"`);
    const question = after.replace('data-kind="choice"', 'data-kind="typed"').replace(/<ul class="choices">.*?<\/ul>/s, "");
    return `${before}id="${choice.id}"${question}`;
  };
  const { page, close } = await altered(choice.chapter, typed);
  const question = on(page, choice);
  const enter = async (value) => {
    await question.fill(0, value);
    await page.focus(`${question.root} form input`);
    await page.keyboard.press("Enter");
  };
  await page.focus(`${question.root} form input`);
  await page.keyboard.type("/s?");
  assert.equal(await page.$eval(`${question.root} form input`, (field) => field.value), "/s?", "no key opens a search");
  const wrong = await page.$eval(`${question.root} .why[data-right=""] samp`, (samp) => samp.textContent);
  await enter("nonsense");
  assert.match(await question.status(), /another answer/);
  assert.equal(await question.whys(), 0);
  await enter(wrong);
  assert.equal(await question.whys(), 1);
  assert.equal(await question.opened(), 0);
  await enter(` ${choice.keys[0][1]}  `);
  assert.match(await question.status(), /After 3 tries/);
  await close();
});

test("an answer to what is not asked any more is asked again", async () => {
  const page = await browser.page(choice.chapter);
  const question = on(page, choice);
  await question.chooses(true);
  const keep = (kept) =>
    page.evaluate(
      (id, kept) => localStorage.setItem(Object.keys(localStorage).find((name) => name.endsWith(`:${id}`)), kept),
      choice.id,
      kept,
    );
  const was = { wrong: 0, ended: "answered" };
  const [key] = choice.keys[0].slice(1);
  for (const kept of [
    JSON.stringify({ "the answer of an older record": was }),
    "{",
    "null",
    "7",
    '{"":null}',
    JSON.stringify({ [key]: { ...was, wrong: "x" } }),
    JSON.stringify({ [key]: { ...was, ended: "seen" } }),
  ]) {
    await keep(kept);
    await page.reload();
    assert.equal(await question.opened(), 0, kept);
  }
  await keep(JSON.stringify({ [key]: was }));
  await page.reload();
  assert.ok((await question.opened()) > 0);
  assert.deepEqual(page.problems, []);
  await page.close();
});

test("a question that comes back is answered anew, and folds nothing empty", async () => {
  const [, , topic, name] = again.id.split("-");
  const before = find(({ id }) => id === `question-${topic}-${name}`);
  const page = await browser.page(before.chapter);
  await on(page, before).press("Show me");
  await goTo(page, again);
  const question = on(page, again);
  assert.equal(await question.opened(), 0);
  await question.chooses(true);
  assert.match(await question.status(), /At once/);
  assert.equal(await question.whys(), await question.offered());
  assert.equal(await countSeen(page, `${question.root} details.answer`), 0);
  await goTo(page, before);
  assert.match(await on(page, before).status(), /explained/);
  await page.close();
});

test("a second tab follows, and keeps what is half done there", async () => {
  const page = await browser.page(choice.chapter);
  const visit = page.browserContext();
  const second = await visit.newPage();
  await second.goto(page.url());
  const [here, there] = [on(page, choice), on(second, choice)];
  await second.$eval(there.radio(0), (input) => input.click());
  await page.bringToFront();
  await here.chooses(false);
  await new Promise((done) => setTimeout(done, 300));
  assert.ok(await second.$eval(there.radio(0), (input) => input.checked));
  await here.chooses(true);
  await until(second, (css) => document.querySelector(css).textContent.includes("After 2 tries"), `${there.root} form .status`);
  await second.bringToFront();
  await there.press("Ask me again");
  await until(page, (css) => document.querySelector(css).textContent.includes("stays closed"), `${here.root} form .status`);
  assert.equal(await here.opened(), 0);
  await second.close();
  await page.close();
});

test("a page to which the reader comes back shows what was answered since", async () => {
  const page = await browser.page(choice.chapter);
  const question = on(page, choice);
  await question.chooses(true);
  const comesBack = () => page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
  await page.evaluate(() => localStorage.clear());
  await comesBack();
  assert.equal(await question.opened(), 0);
  await page.goto(`${browser.site.origin}/answers.html`);
  const stands = () => page.$eval(`li[data-question="${choice.id}"] .stands`, (mark) => mark.textContent);
  const kept = JSON.stringify({ [choice.keys[0][1]]: { wrong: 2, ended: "answered" } });
  await page.evaluate((id, kept) => localStorage.setItem(`course-answer:/:${id}`, kept), choice.id, kept);
  assert.equal(await stands(), "open");
  await comesBack();
  assert.equal(await stands(), "right after a try");
  await page.close();
});

test("questions work where nothing can be kept, and say so", async () => {
  for (const forbid of [
    () => (Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); }),
    () => Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("no", "SecurityError"); } }),
  ]) {
    const page = await browser.page();
    await page.evaluateOnNewDocument(forbid);
    await goTo(page, choice);
    const question = on(page, choice);
    await question.chooses(false);
    assert.match(await question.status(), /keeps nothing/);
    await question.chooses(true);
    assert.match(await question.status(), /After 2 tries.*keeps nothing/);
    await page.select("#course-version", "3.9");
    assert.match(await question.status(), /After 2 tries/);
    assert.deepEqual(page.problems, []);
    await page.close();
  }
});

test("the page of answers counts, saves and forgets them, a chapter at a time or all", async () => {
  const page = await browser.page(choice.chapter);
  await on(page, choice).chooses(true);
  await goTo(page, table);
  await on(page, table).press("Show me");
  await page.goto(`${browser.site.origin}/answers.html`);
  const stands = ({ id }) => page.$eval(`li[data-question="${id}"] .stands`, (mark) => mark.textContent);
  const press = (css, name) =>
    page.$$eval(css, (all, name) => all.find((it) => it.textContent === name).click(), name);
  assert.equal(await stands(choice), "right at once");
  assert.equal(await stands(table), "shown");
  assert.equal(await stands(differing), "open");
  await page.evaluate(() => {
    HTMLAnchorElement.prototype.click = function () {
      window.saved = fetch(this.href).then((file) => file.text()).then((text) => [this.download, text]);
    };
    URL.createObjectURL = (blob) => (window.blob = blob, "blob:saved");
    window.fetch = async () => window.blob;
  });
  await press("main button", "Save as a file");
  const [name, saved] = await page.evaluate(() => window.saved);
  assert.match(name, /\.json$/);
  const [entry] = JSON.parse(saved).questions.filter(({ question }) => question === choice.id);
  assert.equal(entry.stands, "once");
  assert.deepEqual(entry.answers, { [choice.keys[0][1]]: { wrong: 0, ended: "answered" } });
  await press(`ol.asked:has([data-question="${choice.id}"]) + .bar button`, "Forget these");
  assert.equal(await stands(choice), "open");
  await press("main button", "Undo");
  assert.equal(await stands(choice), "right at once");
  await press("main button", "Forget all");
  assert.equal(await stands(choice), "open");
  assert.equal(await stands(table), "open");
  assert.equal(await page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith("course-answer")).length), 0);
  await page.close();
});

test("every question of the list stands where its link leads", () => {
  const list = fs.readFileSync(path.join(BOOK, "answers.html"), "utf8");
  const links = [...list.matchAll(/<li data-question="([^"]*)"[^>]*><a href="([^"#]*)#([^"]*)"/g)];
  assert.ok(links.length >= all.length);
  for (const [, id, file, anchor] of links) {
    assert.equal(id, anchor);
    assert.ok(fs.readFileSync(path.join(BOOK, file), "utf8").includes(` id="${id}"`), id);
  }
});

test("answers and edits are a copy's own, and all its pages share them", async () => {
  const page = await browser.page(choice.chapter);
  await on(page, choice).chooses(true);
  const names = await page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith("course-")));
  assert.deepEqual(names.filter((name) => name.includes(".html")), []);
  assert.ok(names.includes(`course-answer:/:${choice.id}`), names.join());
  await page.close();
});

test("without a script a question is whole, and its answer a fold", { skip: otherThan("chromium") }, async () => {
  const page = await browser.page("404");
  await page.setJavaScriptEnabled(false);
  await goTo(page, choice);
  const root = `#${choice.id}`;
  assert.ok((await countSeen(page, `${root} ul.choices > li`)) > 2);
  assert.equal((await page.$$(`${root} form, ${root} input, ${root} button`)).length, 0);
  assert.equal(await countSeen(page, `${root} .why, ${root} pre.output`), 0);
  await page.click(`${root} details.answer > summary`);
  for (const part of [".verdict.right", ".recorded .output", "details.answer > p"]) {
    assert.ok((await countSeen(page, `${root} ${part}`)) > 0, part);
  }
  await page.close();
});

test("on paper a question shows no answer in its place, and all of them behind the chapter", { skip: otherThan("chromium") }, async () => {
  const page = await browser.page(choice.chapter);
  const question = on(page, choice);
  assert.equal(await countSeen(page, ".answers"), 0);
  await question.chooses(true);
  await page.emulateMediaType("print");
  const answer = ["why", "output", "bar"].map((style) => `${question.root} .${style}`).join();
  assert.equal(await countSeen(page, `${answer}, ${question.root} details, ${question.root} input`), 0);
  assert.ok((await countSeen(page, `${question.root} ul.choices > li`)) > 2);
  assert.equal(await countSeen(page, ".answers"), 1);
  const seen = await page.$$eval(".answers .why samp", (all) => all.map((it) => it.textContent));
  assert.ok(seen.includes(choice.keys[0][1]), seen.join());
  assert.ok((await countSeen(page, ".answers pre.output")) > 0);
  await page.close();
});

for (const theme of ["light", "rust", "coal", "navy", "ayu"]) {
  test(`axe finds nothing on questions, open, wrong and answered, ${theme}`, async () => {
    const page = await browser.page(choice.chapter);
    await page.evaluate((theme) => localStorage.setItem("mdbook-theme", theme), theme);
    const clean = async (when, what = ".question") => {
      await page.evaluate(axe);
      const found = await page.evaluate(async (what) => {
        const { violations } = await window.axe.run({ include: [what] }, { resultTypes: ["violations"] });
        return violations.map(({ id, nodes: [node] }) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`);
      }, what);
      assert.deepEqual(found, [], when);
    };
    await page.reload();
    await clean("open");
    await on(page, choice).chooses(false);
    await clean("wrong");
    await on(page, choice).chooses(true);
    await clean("answered");
    await goTo(page, table);
    await on(page, table).press("Show me");
    await clean("a table");
    await page.goto(`${browser.site.origin}/answers.html`);
    await clean("the page of answers", "main");
    await page.close();
  });
}
