// A browser, the built book, and what the tests do with both.

import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { serve } from "./server.mjs";

export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
export const BOOK = path.join(ROOT, "target/book");

/** A browser that is installed: `COURSE_CHROMIUM`, or Debian's. */
const EXECUTABLE = process.env.COURSE_CHROMIUM ?? "/usr/bin/chromium";
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A machine under load is given time. */
export const PATIENCE = 45_000;

if (!fs.existsSync(path.join(BOOK, "live"))) {
  throw new Error("target/book has no live cells: `cargo course build`, and see what it says is missing");
}

/** A browser with a profile of its own, and a host of the book. */
export async function open(options = {}) {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), "course-browser-"));
  const site = await serve(BOOK);
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: EXECUTABLE,
    headless: true,
    args: FLAGS,
    viewport: { width: 1200, height: 900 },
    ...options,
  });
  context.setDefaultTimeout(PATIENCE);
  const foreign = [];
  context.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== site.origin && protocol.startsWith("http")) foreign.push(request.url());
  });
  const close = async () => {
    await context.close();
    await site.close();
    fs.rmSync(profile, { recursive: true, force: true });
    assert.deepEqual(foreign, [], "the book contacts no other origin");
  };
  return { site, context, close };
}

/** One browser for all tests of a file: the second start of Python is a short one. */
export function shared(options) {
  const here = {};
  before(async () => Object.assign(here, await open(options)));
  after(() => here.close());
  return {
    get site() {
      return here.site;
    },
    get context() {
      return here.context;
    },
    /** A new page with no edits and no choice, at a chapter. */
    async page(chapter = "tuple") {
      const page = await here.context.newPage();
      page.problems = [];
      page.on("pageerror", (error) => page.problems.push(error.message));
      page.on("console", (message) => {
        if (/Content Security Policy/.test(message.text())) page.problems.push(message.text());
      });
      await page.goto(`${here.site.origin}/404.html`);
      await page.evaluate(() => localStorage.clear());
      await page.goto(`${here.site.origin}/${chapter}.html`);
      return page;
    },
  };
}

/** A cell on a page. */
export function cell(page, name) {
  const figure = page.locator(`figure.cell[data-cell=${name}]`);
  const ended = async () => {
    await page.waitForFunction(
      (name) => {
        const live = document.querySelector(`figure.cell[data-cell=${name}]`)?.dataset.live;
        return live !== undefined && live !== "waits" && live !== "runs";
      },
      name,
      { timeout: PATIENCE, polling: 50 },
    );
    return figure.getAttribute("data-live");
  };
  return {
    figure,
    ended,
    run: async () => (await figure.getByRole("button", { name: `Run cell ${name}` }).click(), ended()),
    begin: () => figure.getByRole("button", { name: `Run cell ${name}` }).click(),
    stop: () => figure.getByRole("button", { name: `Stop cell ${name}` }).click(),
    output: async () => (await figure.locator(".live samp").textContent()) ?? "",
    status: async () => (await figure.locator(".ran").textContent()) ?? "",
    /** Opens the editor and puts `text` in place of what it holds. */
    async write(text) {
      await figure.locator("pre code, .cm-content").locator("visible=true").first().click({ position: { x: 5, y: 5 } });
      const content = figure.locator(".cm-content");
      await content.waitFor();
      await content.focus();
      await page.keyboard.press("Control+a");
      await page.keyboard.insertText(text);
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
