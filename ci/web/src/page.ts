// What a page's script begins with: the chooser, and a live cell for each that can be one.

import { Cell, type Actions } from "./cell";
import { chooser } from "./chooser";
import { mendChrome } from "./chrome";
import { button, element } from "./dom";
import type * as editors from "./editor";
import { WorkerLink } from "./worker-link";
import { lesson } from "./lesson";
import { RunOrder } from "./run-order";
import * as store from "./store";
import * as words from "./words";

/** What the build tells the page. */
interface Site {
  /** From the page to the site's root. */
  root: string;
  styles: string;
  worker: string;
  editor: string;
  lessons: string;
  pyodide: string;
  tags: string[];
  newest: string;
}

const script = document.currentScript as HTMLScriptElement | null;
const site = JSON.parse(script?.dataset["site"] ?? "{}") as Site;
const at = (path: string): string => new URL(site.root + path, document.baseURI).href;

store.open(at(""));
mendChrome();
chooser(site.tags, site.newest);
if (location.protocol === "file:") document.querySelector("main figure.cell")?.before(element("p", "live-bar", words.fromDisk));
else live();

function live(): void {
  const figures = document.querySelectorAll<HTMLElement>("figure.cell[data-runs]");
  if (figures.length === 0) return;
  const link = new WorkerLink(at(site.worker), { pyodide: at(site.pyodide), lessons: at(site.lessons) });
  const cells: Cell[] = [];
  const find = (topic: string, name: string): Cell | undefined =>
    cells.find((cell) => cell.topic === topic && cell.name === name);
  const order = new RunOrder(link, (topic) => lesson(at("live/"), topic), find);
  const actions: Actions = {
    run: (cell) => void order.run(cell.topic, cell.name),
    runAndMoveOn(cell) {
      void order.run(cell.topic, cell.name);
      moveOn(cells, cell);
    },
    stop: () => order.stop(),
    edited: (cell) => order.edited(cell.topic, cell.name),
    openEditor: (cell) => openEditor(cell),
  };
  for (const figure of figures) cells.push(new Cell(figure, actions));
  store.watch((topic, name) => find(topic, name)?.restore());
  // A fold, where the first cell is in one, would hide the bar.
  const first = cells[0]?.figure;
  (first?.closest("details") ?? first)?.before(bar(cells, order));
}

/** To the next cell's editor if this one's is open, else to its button. */
function moveOn(cells: Cell[], from: Cell): void {
  const next = cells[cells.indexOf(from) + 1] ?? from;
  const fold = next.figure.closest("details");
  if (fold !== null) fold.open = true;
  const editing = from.figure.contains(document.activeElement) && document.activeElement?.closest(".cm-editor");
  if (editing) void next.edits();
  else next.runButton.focus();
  next.figure.scrollIntoView({ block: "nearest" });
}

async function openEditor(cell: Cell): Promise<editors.Editor> {
  const { editor }: typeof editors = await import(at(site.editor));
  return editor({
    text: cell.edit ?? cell.original,
    label: words.editorLabel(cell.name),
    help: words.editorHelp,
    changed: (text) => cell.typed(text),
    left: () => cell.runButton.focus(),
  });
}

function bar(cells: Cell[], order: RunOrder): HTMLElement {
  const status = element("span", "", words.bar);
  status.setAttribute("role", "status");
  const all = button(words.runAll, words.runAll, () => {
    for (const topic of new Set(cells.map((cell) => cell.topic))) {
      const first = cells.find((cell) => cell.topic === topic);
      if (first !== undefined) void order.runAll(topic, first.name);
    }
  });
  const restart = button(words.restart, words.restart, () => {
    order.restart();
    for (const cell of cells) cell.clear();
    status.textContent = words.restarted;
  });
  return element("p", "live-bar", status, " ", all, " ", restart);
}

// Once the page is there, so that it does not wait for what it may need later.
addEventListener("load", () => void goOffline().catch(() => {}));

/** Keeps what this page has loaded for a time without a network. */
async function goOffline(): Promise<void> {
  if (!location.protocol.startsWith("http") || !("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register(at("offline.js"));
  const { active } = await navigator.serviceWorker.ready;
  const loaded = [location.href, ...performance.getEntriesByType("resource").map(({ name }) => name)];
  const live = [script?.src ?? "", ...[site.styles, site.worker, site.editor, site.lessons, site.pyodide].map(at)];
  active?.postMessage({ loaded: loaded.map((url) => url.replace(/#.*/, "")), live });
}
