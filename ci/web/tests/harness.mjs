// A browser, the built book, and what the tests do with both.
//
// COURSE_BROWSER says which browser: chromium or firefox. Tests are written once; one that only
// Chromium can do says `{ skip: otherThan("chromium") }`.

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";
import { serve } from "./server.mjs";

export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
export const BOOK = path.join(ROOT, "target/book");

const NAME = process.env.COURSE_BROWSER ?? "chromium";

/** How each is started; Debian's, unless a variable names another. */
const BROWSERS = {
  chromium: {
    browser: "chrome",
    executablePath: process.env.COURSE_CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  },
  firefox: {
    browser: "firefox",
    executablePath: process.env.COURSE_FIREFOX ?? "/usr/bin/firefox-esr",
    extraPrefsFirefox: { "dom.serviceWorkers.testing.enabled": true },
  },
};

/** Why a test does not run in this browser, if it does not. */
export const otherThan = (name) => name !== NAME && `only in ${name}`;

/** A machine under load is given time. */
export const PATIENCE = 45_000;

const WAIT = { polling: 50, timeout: PATIENCE };

if (!fs.existsSync(path.join(BOOK, "live"))) {
  throw new Error("target/book has no live cells: `cargo course build`, and see what it says is missing");
}

/** A browser. */
export async function launch() {
  const browser = BROWSERS[NAME];
  if (browser === undefined) throw new Error(`COURSE_BROWSER: expected ${Object.keys(BROWSERS).join(" or ")}, found ${NAME}`);
  return puppeteer.launch({ ...browser, headless: true, defaultViewport: { width: 1200, height: 900 } });
}

/** A host of the book, and what a browser keeps of it: nothing yet. `workers: false` is a browser
 *  without service workers; the book lies `below` the host's root. */
export async function visit(browser, { plain = false, workers = true, below = "" } = {}) {
  const site = await serve(BOOK, { plain, below });
  const context = await browser.createBrowserContext();
  const foreign = [];
  const newPage = async () => {
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    page.problems = [];
    page.on("pageerror", (error) => page.problems.push(error.message));
    page.on("console", (message) => {
      if (/Content.Security.Policy/.test(message.text())) page.problems.push(message.text());
    });
    page.on("request", (request) => {
      const { origin, protocol } = new URL(request.url());
      if (origin !== site.origin && protocol.startsWith("http")) foreign.push(request.url());
    });
    if (!workers) await page.evaluateOnNewDocument(() => delete Navigator.prototype.serviceWorker);
    return page;
  };
  const close = async () => {
    await context.close();
    await site.close();
    assert.deepEqual(foreign.filter((url) => !url.startsWith("https://example.com")), [], "the book contacts no other origin");
  };
  return { site, newPage, close };
}

/** One browser for all tests of a file, and one visit: the second start of Python is a short one. */
export function shared() {
  const here = {};
  before(async () => {
    here.browser = await launch();
    here.visit = await visit(here.browser);
  });
  after(async () => {
    try {
      await here.visit?.close();
    } finally {
      await here.browser?.close(); // an open one lets no process end
    }
  });
  return {
    get site() {
      return here.visit.site;
    },
    /** A visit of its own, in the same browser. */
    visit: (options) => visit(here.browser, options),
    /** A new page with no edits and no choice, at a chapter. */
    async page(chapter = "tuple") {
      const page = await here.visit.newPage();
      await page.goto(`${here.visit.site.origin}/404.html`);
      await page.evaluate(() => localStorage.clear());
      await page.goto(`${here.visit.site.origin}/${chapter}.html`);
      return page;
    },
  };
}

/** Waits until `holds` holds in the page. */
export const until = (page, holds, ...args) => page.waitForFunction(holds, WAIT, ...args);

/** Presses a key while another is held. */
export async function held(page, holding, key) {
  await page.keyboard.down(holding);
  await page.keyboard.press(key);
  await page.keyboard.up(holding);
}

/** Presses the button with this name. */
export async function press(page, name) {
  await page.click(`button[aria-label="${name}"]`);
}

/** The text of the first part that is seen. */
export const seen = (page, css) =>
  page.evaluate((css) => [...document.querySelectorAll(css)].find((it) => it.checkVisibility({ visibilityProperty: true }))?.textContent, css);

/** How many parts are seen. */
export const countSeen = (page, css) =>
  page.evaluate((css) => [...document.querySelectorAll(css)].filter((it) => it.checkVisibility({ visibilityProperty: true })).length, css);

/** A cell on a page. */
export function cell(page, name) {
  const at = `figure.cell[data-cell="${name}"]`;
  const text = (part) => page.evaluate((css) => document.querySelector(css)?.textContent ?? "", `${at} ${part}`);
  const live = () => page.evaluate((css) => document.querySelector(css).dataset.live, at);
  const ended = async () => {
    await until(page, (css) => !["waits", "runs", undefined].includes(document.querySelector(css)?.dataset.live), at);
    return live();
  };
  return {
    at,
    live,
    ended,
    text,
    run: async () => (await press(page, `Run cell ${name}`), ended()),
    begin: () => press(page, `Run cell ${name}`),
    stop: () => press(page, `Stop cell ${name}`),
    output: () => text(".live samp"),
    status: () => text(".run-bar .status"),
    code: () => text("pre code"),
    /** Waits for the cell to be in this state. */
    becomes: (state) => page.waitForSelector(`${at}[data-live=${state}]`, { timeout: PATIENCE }),
    /** Opens the editor and puts `text` in place of what it holds. */
    async write(text) {
      const content = `${at} .cm-content`;
      if ((await page.$(content)) === null) {
        await press(page, `Edit cell ${name}`);
        await page.waitForSelector(content);
      }
      await page.focus(content);
      await held(page, "Control", "a");
      // As one paste: a typed end of a line indents the next one.
      await page.evaluate((css, text) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData("text/plain", text);
        const paste = new ClipboardEvent("paste", { bubbles: true, cancelable: true });
        Object.defineProperty(paste, "clipboardData", { value: clipboardData }); // Firefox leaves it empty
        document.querySelector(css).dispatchEvent(paste);
      }, content, text);
    },
  };
}

/** Every chapter's page. */
export function chapters() {
  return fs
    .readdirSync(BOOK)
    .filter((name) => name.endsWith(".html") && !["404.html", "toc.html", "print.html"].includes(name))
    .map((name) => name.slice(0, -".html".length));
}

/** What the page knows of a lesson. */
export function lesson(topic) {
  return JSON.parse(fs.readFileSync(path.join(BOOK, "live", `${topic}.json`), "utf8"));
}
