// The page "Your answers": what became of each question, by chapter.

import * as answers from "./answers";
import { CHOSEN, shownTag } from "./chooser";
import { button, element } from "./dom";
import * as words from "./question-words";
import * as was from "./was";

/** Says at each question of the list what became of it, where the page has such a list. */
export function answersPage(): void {
  const lists = [...document.querySelectorAll<HTMLElement>("ol.asked")];
  if (lists.length === 0) return;
  const chapters = lists.map((list) => new Chapter(list));
  const all = chapters.flatMap(({ items }) => items);
  const total = element("p", "status");
  total.setAttribute("role", "status");
  const show = (): void => {
    chapters.forEach((chapter) => chapter.show());
    total.textContent = sumOf(all);
  };
  const forget = (items: Item[]): void => {
    const before = items.map(({ id }) => [id, answers.all(id)] as const);
    items.forEach(({ id }) => answers.put(id, {}));
    show();
    const undo = quiet(words.undo, words.undo, () => {
      before.forEach(([id, results]) => answers.put(id, results));
      show();
      total.textContent = `${words.restored} ${sumOf(all)}`;
    });
    total.replaceChildren(`${words.forgotten} `, undo);
    undo.focus();
  };
  for (const chapter of chapters) {
    const name = chapter.name;
    chapter.bar.prepend(quiet(words.resetChapter, words.resetChapterLabel(name), () => forget(chapter.items)));
  }
  const save = quiet(words.save, words.save, () => download(words.file, exported(chapters)));
  const bar = element("div", "bar", save, quiet(words.resetAll, words.resetAll, () => forget(all)), total);
  lists[0]?.previousElementSibling?.before(bar);
  document.addEventListener(CHOSEN, show);
  answers.watch(show);
  show();
}

/** The questions of one chapter. */
class Chapter {
  readonly items: Item[];
  readonly bar: HTMLElement;
  readonly #sum = element("p", "status");

  constructor(private readonly list: HTMLElement) {
    this.items = [...list.querySelectorAll<HTMLElement>("li")].map((li) => new Item(li));
    this.bar = element("div", "bar", this.#sum);
    list.after(this.bar);
  }

  get name(): string {
    return this.list.previousElementSibling?.textContent.trim() ?? "";
  }

  show(): void {
    this.items.forEach((item) => item.show());
    this.#sum.textContent = sumOf(this.items);
  }
}

/** One question. */
class Item {
  readonly id: string;
  readonly #keys: was.Was;
  readonly #mark = element("span", "stands");

  constructor(private readonly li: HTMLElement) {
    this.id = li.dataset["question"] ?? "";
    this.#keys = was.read(li, "keys");
    li.append(" ", this.#mark);
  }

  get asks(): string {
    return this.li.querySelector("a")?.textContent ?? "";
  }

  get stands(): keyof typeof words.standings {
    const key = was.on(this.#keys, shownTag()) ?? was.on(this.#keys, this.li.dataset["newest"] ?? "");
    const result = key === undefined ? undefined : answers.find(this.id, key);
    if (result?.ended === undefined) return "open";
    if (result.ended === "shown") return "shown";
    return result.wrong === 0 ? "once" : "later";
  }

  show(): void {
    this.li.dataset["stands"] = this.stands;
    this.#mark.textContent = words.standings[this.stands];
  }
}

function sumOf(items: Item[]): string {
  const count = (how: string): number => items.filter(({ stands }) => stands === how).length;
  const [once, later, shown] = [count("once"), count("later"), count("shown")];
  const answered = once + later + shown;
  const sum = words.sum(answered, items.length);
  return answered === 0 ? sum : `${sum}: ${words.counts(once, later, shown)}`;
}

function quiet(text: string, label: string, act: () => void): HTMLButtonElement {
  const made = button(text, label, act);
  made.className = "quiet";
  return made;
}

function exported(chapters: Chapter[]): string {
  const questions = chapters.flatMap(({ name, items }) =>
    items.map(({ id, asks, stands }) => ({ chapter: name, question: id, asks, stands, answers: answers.all(id) })),
  );
  return JSON.stringify({ book: document.title, python: shownTag(), questions }, null, 2);
}

function download(name: string, text: string): void {
  const link = element("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
