// Measures what a live page weighs and how long a first Run takes:
//
//   node ci/bench/live.mjs [RUNS]
//
// On a built book, served compressed from this machine. Machines are shared and noisy: quote the
// smallest time together with the load. Nothing here is a test.

import os from "node:os";
import { open } from "../web/tests/harness.mjs";

const runs = Number(process.argv[2] ?? 5);
const KB = 1000;

function show(name, value, unit, goal) {
  const met = value <= goal ? "met" : `missed by ${(value - goal).toFixed(2)}`;
  console.log(`${name.padEnd(46)} ${value.toFixed(2).padStart(8)} ${unit}   goal ${goal}: ${met}`);
}

const middle = (all) => [...all].sort((one, other) => one - other)[all.length >> 1];

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
        figure.querySelector("button.tool").click();
        observer.observe(figure, { attributeFilter: ["data-live"] });
      }),
    name,
  );
}

function weight(requests, matches) {
  const found = requests.filter(({ name }) => matches(name));
  return found.reduce((sum, { bytes }) => sum + bytes, 0);
}

const cold = [];
const warm = [];
const again = [];
let page;
let run;
for (let index = 0; index < runs; index += 1) {
  const { site, context, close } = await open();
  const tab = await context.newPage();
  const url = `${site.origin}/tuple.html`;
  await tab.goto(url, { waitUntil: "networkidle" });
  page = weight(site.requests, (name) => /\/live\/(page|live)-|course[^/]*\.css/.test(name));
  const before = site.requests.length;
  cold.push(await timed(tab, "three"));
  run = weight(site.requests.slice(before), () => true);
  again.push(await timed(tab, "three"));
  await tab.waitForTimeout(3000); // for the snapshot, which is kept when nobody waits
  await tab.goto(url, { waitUntil: "networkidle" });
  warm.push(await timed(tab, "three"));
  await close();
}

console.log(`${os.cpus().length} cores, load ${os.loadavg()[0].toFixed(1)}, ${runs} runs, medians`);
show("our scripts and styles before the first Run", page / KB, "KB", 60);
show("everything that the first Run loads", run / KB / KB, "MB", 6.8);
show("Run to first output, cold", middle(cold), "s ", 4);
console.log(`  smallest and largest: ${Math.min(...cold).toFixed(2)} to ${Math.max(...cold).toFixed(2)} s`);
show("Run to first output, warm", middle(warm), "s ", 2.5);
console.log(`  smallest and largest: ${Math.min(...warm).toFixed(2)} to ${Math.max(...warm).toFixed(2)} s`);
show("a second Run of a cell", middle(again) * 1000, "ms", 50);
