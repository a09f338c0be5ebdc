// Measures what a live page weighs and how long a first Run takes:
//
//   node ci/bench/live.mjs [RUNS]
//
// On a built book, served compressed from this machine. Machines are shared and noisy: quote the
// smallest time together with the load. Nothing here is a test.

import os from "node:os";
import { launch, visit } from "../web/tests/harness.mjs";

const runs = Number(process.argv[2] ?? 5);
const KB = 1000;

function show(name, all, unit, goal) {
  const sorted = [...all].sort((one, other) => one - other);
  const value = sorted[sorted.length >> 1];
  const met = value <= goal ? "met" : `missed by ${(value - goal).toFixed(2)}`;
  const range = `${sorted[0].toFixed(2)} to ${sorted.at(-1).toFixed(2)}`;
  console.log(`${name.padEnd(46)} ${value.toFixed(2).padStart(8)} ${unit} (${range})   goal ${goal}: ${met}`);
}

/** Seconds from a click on Run to the cell's end, by the page's own clock. */
async function timed(page, name) {
  return page.evaluate(
    (name) =>
      new Promise((done) => {
        const figure = document.querySelector(`figure.cell[data-cell=${name}]`);
        const begin = performance.now();
        const observer = new MutationObserver(() => {
          if (["waits", "runs"].includes(figure.dataset.live)) return;
          observer.disconnect();
          done((performance.now() - begin) / 1000);
        });
        figure.querySelector(".run-bar > button").click();
        observer.observe(figure, { attributeFilter: ["data-live"] });
      }),
    name,
  );
}

function weight(requests, matches) {
  const found = requests.filter(({ name }) => matches(name));
  return found.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** The longest task of a page that is opened and read, with nothing running, in milliseconds. */
async function longest(tab, url) {
  await tab.evaluateOnNewDocument(() => {
    window.tasks = [];
    new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map((task) => task.duration))).observe({
      type: "longtask",
      buffered: true,
    });
  });
  await tab.goto(url, { waitUntil: "networkidle0" });
  for (const theme of ["navy", "light"]) await tab.evaluate((theme) => document.getElementById(`mdbook-theme-${theme}`).click(), theme);
  for (const tag of ["3.9", "3.15"]) await tab.select("#course-version", tag);
  await tab.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await wait(1000);
  // A task of less than 50 is none.
  return Math.max(0, ...(await tab.evaluate(() => window.tasks)));
}

const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const figures = { page: [], load: [], cold: [], again: [], warm: [], ahead: [], task: [] };
const browser = await launch();
for (let index = 0; index < runs; index += 1) {
  const { site, newPage, close } = await visit(browser);
  const url = `${site.origin}/tuple.html`;
  const first = await newPage();
  figures.task.push(await longest(first, url));
  figures.page.push(weight(site.requests, (name) => /\/live\/(page|live)-|book\/style\//.test(name)) / KB);
  const before = site.requests.length;
  figures.cold.push(await timed(first, "three"));
  figures.load.push(weight(site.requests.slice(before), () => true) / KB / KB);
  figures.again.push((await timed(first, "three")) * 1000);
  await wait(3000); // for the snapshot, which is kept when nobody waits
  await first.close();
  const saver = await newPage(); // of data: no Python comes by itself
  await saver.evaluateOnNewDocument(() => Object.defineProperty(navigator, "connection", { value: { saveData: true } }));
  await saver.goto(url, { waitUntil: "networkidle0" });
  figures.warm.push(await timed(saver, "three"));
  await saver.close();
  const next = await newPage();
  await next.goto(url, { waitUntil: "networkidle0" });
  await wait(2000); // for the Python that comes while the page is read
  figures.ahead.push((await timed(next, "three")) * 1000);
  await close();
}
await browser.close();

console.log(`${os.cpus().length} cores, load ${os.loadavg()[0].toFixed(1)}, ${runs} runs, medians`);
show("our scripts and styles before the first Run", figures.page, "KB", 40);
show("longest task while nothing runs", figures.task, "ms", 50);
show("everything that the first Run loads", figures.load, "MB", 6.8);
show("Run to first output, cold", figures.cold, "s ", 2.6);
show("Run to first output, warm", figures.warm, "s ", 0.8);
show("Run to first output, on a page that was read", figures.ahead, "ms", 100);
show("a second Run of a cell", figures.again, "ms", 20);
