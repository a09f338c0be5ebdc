// The editor of a cell. A page loads it only once a reader wants to edit.

import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, keymap } from "@codemirror/view";
import { tagHighlighter, tags } from "@lezer/highlight";

/** The classes that the static code has, so that both look alike in every theme. */
const colours = tagHighlighter([
  { tag: [tags.keyword, tags.operatorKeyword, tags.moduleKeyword], class: "hljs-keyword" },
  { tag: [tags.string, tags.special(tags.string)], class: "hljs-string" },
  { tag: tags.number, class: "hljs-number" },
  { tag: [tags.bool, tags.null], class: "hljs-literal" },
  { tag: tags.comment, class: "hljs-comment" },
  { tag: tags.function(tags.definition(tags.variableName)), class: "hljs-title" },
  { tag: tags.definition(tags.className), class: "hljs-title" },
  { tag: tags.meta, class: "hljs-meta" },
]);

export interface Options {
  text: string;
  label: string;
  help: string;
  changed(text: string): void;
  left(): void;
}

export interface Editor {
  readonly dom: HTMLElement;
  set(text: string): void;
  focus(): void;
}

/** An editor of Python. */
export function editor({ text, label, help, changed, left }: Options): Editor {
  let silent = false;
  const leave = (): boolean => (left(), true);
  const view = new EditorView({
    doc: text,
    extensions: [
      history(),
      drawSelection(),
      indentUnit.of("    "),
      EditorState.tabSize.of(4),
      indentOnInput(),
      bracketMatching(),
      python(),
      syntaxHighlighting(colours),
      EditorView.lineWrapping,
      EditorView.editorAttributes.of({ class: "hljs" }),
      EditorView.contentAttributes.of({ "aria-label": `${label}. ${help}`, spellcheck: "false", tabindex: "0" }),
      // The page's own keys run the cell.
      keymap.of([
        { key: "Escape", run: leave },
        { key: "Mod-Enter", run: () => true },
        { key: "Ctrl-Enter", run: () => true },
        { key: "Shift-Enter", run: () => true },
        ...defaultKeymap,
        ...historyKeymap,
        indentWithTab,
      ]),
      EditorView.updateListener.of((update) => {
        if (update.docChanged && !silent) changed(update.state.doc.toString());
      }),
    ],
  });
  // mdBook turns pages and opens its search by single keys.
  view.dom.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") event.stopPropagation();
  });
  return {
    dom: view.dom,
    focus: () => view.focus(),
    set(text) {
      silent = true;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
      silent = false;
    },
  };
}
