// What a page's script begins with: the chooser, and a live cell for each that can be one.

import { whileRead } from "./ahead";
import * as answers from "./answers";
import { answersPage } from "./answers-page";
import { Cell, type Actions } from "./cell";
import { chooser } from "./chooser";
import { mendChrome } from "./chrome";
import { clinics } from "./clinic";
import { colours } from "./colour";
import { element } from "./dom";
import type * as editors from "./editor";
import { BookMap } from "./map";
import { Onward } from "./onward";
import { ReadingProgress } from "./progress";
import { ChosenRoute } from "./route";
import { WorkerLink } from "./worker-link";
import { lesson, type Lesson } from "./lesson";
import { pageBar } from "./page-bar";
import { RunOrder } from "./run-order";
import { folds } from "./fold";
import { pairs } from "./pair";
import { questions } from "./question";
import * as store from "./store";
import { codingOf, total, type Forms, type Weights } from "./weight";
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
  /** The name of what runs: another Pyodide or another build of the lessons has another. */
  python: string;
  /** What a first Run loads, from the site's root. */
  weights: Record<string, Forms>;
  /** The page's script itself. */
  script: Forms;
  tags: string[];
  newest: string;
}

const script = document.currentScript as HTMLScriptElement | null;
const site = JSON.parse(script?.dataset["site"] ?? "{}") as Site;
const at = (path: string): string => new URL(site.root + path || "./", document.baseURI).href;

store.open(at("./"));
answers.open(at("./"));
mendChrome();
chooser(site.tags, site.newest);
pairs();
clinics();
folds();
colours();
questions();
answersPage();
way();
const figures = [...document.querySelectorAll<HTMLElement>("figure.cell[data-runs]")];
if (figures.length > 0) {
  if (location.protocol === "file:") tellFromDisk();
  else live();
}

function tellFromDisk(): void {
  const status = element("p", "status", words.fromDisk);
  figures[0]?.querySelector("pre:has(> code)")?.after(element("div", "bar", status));
}

/** What was read, and the way on. */
function way(): void {
  const [progress, route] = [new ReadingProgress(at("./")), new ChosenRoute(at("./"))];
  const show = (): void => [map, onward].forEach((part) => part.show());
  const map = new BookMap(progress, route, (page) => at(`${page}.html`), show);
  const onward = new Onward(progress, route, show);
  progress.kept.watch(show);
  route.kept.watch(show);
  show();
}

function live(): void {
  const cells: Cell[] = [];
  const find = (topic: string, name: string): Cell | undefined =>
    cells.find((cell) => cell.topic === topic && cell.name === name);
  const ready = (): void => {
    store.hasLoaded(site.python);
    for (const cell of cells) cell.costs();
  };
  const weights = weigh();
  const link = new WorkerLink(at(site.worker), { pyodide: at(site.pyodide), lessons: at(site.lessons), weights }, ready);
  const load = (topic: string, signal?: AbortSignal): Promise<Lesson> => lesson(at("live/"), topic, signal);
  const order = new RunOrder(link, load, find);
  const actions: Actions = {
    run: (cell) => void order.run(cell.topic, cell.name),
    runAndMoveOn(cell) {
      void order.run(cell.topic, cell.name);
      moveOn(cells, cell);
    },
    runAfresh(cell) {
      for (const other of cells) other.clear();
      void order.runAfresh(cell.topic, cell.name);
      cell.runButton.focus(); // the pressed one goes
    },
    stop: () => order.stop(),
    edited: (cell) => order.edited(cell.topic, cell.name),
    openEditor: (cell) => openEditor(cell),
    cost: () => (store.loaded() === site.python ? undefined : total(weights)),
  };
  for (const figure of figures) cells.push(new Cell(figure, actions));
  store.watch((topic, name) => find(topic, name)?.restore());
  if (cells.length > 1) outermost(figures.at(-1)!).after(pageBar(cells, order));
  const topics = new Set(cells.map((cell) => cell.topic));
  const prepare = (): void => {
    if (store.loaded() === undefined) return; // who only reads loads nothing
    link.prepare();
    for (const topic of topics) load(topic).catch(() => {});
  };
  whileRead(prepare, () => link.rest());
}

/** What a first Run loads, as this host seems to send it: it has sent this script. */
function weigh(): Weights {
  const files = Object.entries(site.weights).map(([path, forms]): [string, Forms] => [at(path), forms]);
  const [came] = performance.getEntriesByName(script?.src ?? "") as PerformanceResourceTiming[];
  const coding = codingOf(came ?? { encodedBodySize: 0, decodedBodySize: 0 }, site.script);
  return { files, coding };
}

/** The part of the page's text that `figure` is in. */
function outermost(figure: HTMLElement): HTMLElement {
  const { parentElement } = figure;
  return parentElement === null || parentElement.localName === "main" ? figure : outermost(parentElement);
}

/** To the next cell's editor if this one's is open, else to its button. */
function moveOn(cells: Cell[], from: Cell): void {
  // The cell of a question can run once that is answered.
  const open = (cell: Cell): boolean => cell.figure.closest(".question") === null || cell.runButton.checkVisibility();
  const next = cells.slice(cells.indexOf(from) + 1).find(open) ?? from;
  const fold = next.figure.closest("details");
  if (fold !== null) fold.open = true;
  const editing = from.figure.contains(document.activeElement) && document.activeElement?.closest(".cm-editor");
  if (editing) void next.edits();
  else next.runButton.focus();
  next.figure.scrollIntoView({ block: "nearest" });
}

let failures = 0;

async function openEditor(cell: Cell): Promise<editors.Editor> {
  // A browser remembers a module that did not come under its address.
  const address = at(site.editor) + (failures > 0 ? `?again=${failures}` : "");
  const { editor }: typeof editors = await import(address).catch((error: unknown) => {
    failures += 1;
    throw error;
  });
  return editor({
    text: cell.edit ?? cell.original,
    label: words.editorLabel(cell.name),
    help: words.editorHelp,
    changed: (text) => cell.typed(text),
    left: () => cell.runButton.focus(),
  });
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
