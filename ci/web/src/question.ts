// A question of the page: what was printed and what explains it stay closed until the reader has
// answered, or asks to be shown. What is right is what the chosen CPython printed.

import * as answers from "./answers";
import { CHOSEN, shownTag } from "./chooser";
import { ChoiceForm } from "./choice-form";
import { button, element } from "./dom";
import type { Form } from "./form";
import * as words from "./question-words";
import { TableForm } from "./table-form";
import { TypedForm } from "./typed-form";
import * as was from "./was";

/** Makes a form of each question on the page. */
export function questions(): void {
  const all = [...document.querySelectorAll<HTMLElement>(".question[data-keys]")];
  const made = all.filter((root) => was.read(root, "keys").length > 0).map((root) => new Question(root));
  document.addEventListener(CHOSEN, () => made.forEach((question) => question.refresh()));
  answers.watch((id) => made.filter((it) => id === undefined || it.root.id === id).forEach((it) => it.follow()));
}

class Question {
  readonly #keys: was.Was;
  readonly #form: Form;
  readonly #answer: HTMLDetailsElement;
  readonly #bar = element("div", "bar");
  readonly #status = element("p", "status");
  readonly #check = element("button", "act", words.check);
  readonly #more = button("", "", () => this.#hold(() => this.#turn()));
  #key: string | undefined;
  #result: answers.Result = { wrong: 0 };

  constructor(readonly root: HTMLElement) {
    this.#keys = was.read(root, "keys");
    this.#answer = root.querySelector<HTMLDetailsElement>("details.answer")!;
    this.#form = formOf(root);
    this.#status.setAttribute("role", "status");
    this.#more.className = "quiet";
    this.#more.removeAttribute("aria-label");
    this.#bar.append(this.#check, this.#more, this.#status);
    const form = element("form", "", this.#form.dom, this.#bar);
    form.autocomplete = "off";
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.#result.ended === undefined) this.#hold(() => this.#judge());
    });
    this.#answer.before(form);
    // What a cell printed stands with its cell, once it may be seen.
    const recorded = this.#answer.querySelector(":scope > .recorded");
    if (recorded !== null) root.querySelector("figure.cell .results")?.append(recorded);
    this.refresh();
  }

  /** Another CPython may be shown now, whose answer may be another. */
  refresh(): void {
    const newest = this.root.dataset["newest"] ?? "";
    const tag = was.on(this.#keys, shownTag()) === undefined ? newest : shownTag();
    const key = was.on(this.#keys, tag);
    this.#form.on(tag);
    if (key === this.#key) return;
    this.#key = key;
    this.restore();
  }

  /** Another tab has kept something of it, or forgotten. */
  follow(): void {
    const { ended } = this.#result;
    this.#result = this.#kept();
    if (this.#result.ended !== ended) this.restore();
  }

  /** Stands as this browser has kept it. */
  restore(): void {
    this.#result = this.#kept();
    this.#form.clear();
    if (this.#result.ended === undefined) this.#close();
    else this.#open();
  }

  #judge(): void {
    const { is, says } = this.#form.check();
    if (is === "right") this.#end("answered");
    else if (is === "nothing") this.#tell(says);
    else {
      this.#result = { wrong: this.#result.wrong + 1 };
      const kept = this.#keep();
      this.#tell(kept ? says : `${says} ${words.notKept}`, "wrong", words.notYet);
    }
  }

  /** Shows the answer, or asks again. */
  #turn(): void {
    if (this.#result.ended === undefined) return this.#end("shown");
    answers.put(this.root.id, without(answers.all(this.root.id), this.#key ?? ""));
    this.restore();
    this.#check.focus();
  }

  #end(ended: "answered" | "shown"): void {
    this.#result = { ...this.#result, ended };
    const kept = this.#keep();
    const held = this.#check === document.activeElement;
    this.#open();
    if (!kept) this.#status.append(` ${words.notKept}`);
    if (held) this.#more.focus({ preventScroll: true });
  }

  /** Lets the reader's place stay where it is, whatever opens above it. */
  #hold(change: () => void): void {
    const top = (): number => this.#bar.getBoundingClientRect().top;
    const before = top();
    change();
    scrollBy({ top: top() - before, behavior: "instant" });
  }

  #kept(): answers.Result {
    return answers.find(this.root.id, this.#key ?? "") ?? { wrong: 0 };
  }

  #keep(): boolean {
    return answers.keep(this.root.id, this.#key ?? "", this.#result);
  }

  #open(): void {
    const { wrong, ended } = this.#result;
    delete this.root.dataset["closed"];
    this.#form.reveal();
    // A question that is asked again has no more to say than its reasons, which stand above.
    this.#answer.hidden = this.#answer.querySelector(":scope > :not(summary, .whys)") === null;
    this.#answer.open = true;
    this.#check.hidden = true;
    this.#more.textContent = words.again;
    if (ended === "shown") this.#tell(words.allShown);
    else this.#tell(words.afterTries(wrong), "right", words.right);
  }

  #close(): void {
    this.root.dataset["closed"] = "";
    this.#answer.hidden = true;
    this.#answer.open = false;
    this.#check.hidden = false;
    this.#more.textContent = words.showMe;
    this.#tell(words.closed);
  }

  #tell(text: string, style = "", verdict = ""): void {
    const mark = verdict === "" ? [] : [element("span", `verdict ${style}`, verdict), " "];
    this.#status.replaceChildren(...mark, text);
  }
}

function formOf(root: HTMLElement): Form {
  switch (root.dataset["kind"]) {
    case "table":
      return new TableForm(root);
    case "typed":
      return new TypedForm(root);
    default:
      return new ChoiceForm(root);
  }
}

function without<T>(all: Record<string, T>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(all).filter(([other]) => other !== key));
}
