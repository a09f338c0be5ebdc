// Every line that a reader of a live page sees.

const HERE = `CPython ${PYODIDE.python}, in this page`;

export const run = "Run";
export const stop = "Stop";
export const edit = "Edit";
export const reset = "Reset";
export const runAll = "Run all";
export const restart = "Restart";
export const retry = "Try again";
export const afresh = "Run afresh";

export const runTitle = `Runs on ${HERE}, after the cells above (Ctrl-Enter)`;
export const editorHelp = "Ctrl-Enter runs, Shift-Enter runs and moves on, Escape leaves the editor";
export const label = (what: string, cell: string): string => `${what} cell ${cell}`;
export const editorLabel = (cell: string): string => `Python of cell ${cell}`;

export const cells = (number: number): string => `The ${number} cells of this page, in one CPython.`;
export const fromDisk =
  "Cells run once a web server serves this page: `cargo course serve`. What is shown is recorded.";
export const restarted = "Started anew: no cell has run.";

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

/** Before a cell has run; `cost`: the bytes of a Python that must come first. */
export const unrun = (cost: number | undefined): string =>
  cost === undefined ? "Not run here yet." : `Not run here yet. Run starts ${HERE}: ${megabytes(cost)} MB, once.`;
export const opening = "Opens the lesson.";
export const waiting = "Waits for the cells above.";
export const starting = `Starts ${HERE}.`;
export const loading = "Python is loaded";
export const bytes = (came: number, of: number): string => `${megabytes(came)} of ${megabytes(of)} MB`;
export const slow = "Still loading; a slow line needs a while.";
export const running = "Runs.";

export const asRecorded = "as recorded";
export const notAsRecorded = "not as recorded";
export const cutShort = "stopped";
export const crashed = "ended";
export const notRun = "not run";

/** How the outcome of a run stands to the record, after the mark. */
export function result(result: string, edited: boolean, above: string[]): string {
  const on = `on ${HERE}`;
  if (result === "same" || result === "agrees") return `${on}.`;
  if (edited) return `On ${HERE}, after your edit.`;
  if (result === "unrecorded") return `On ${HERE}. Nothing is recorded for it yet.`;
  const edits =
    above.length > 1
      ? `cells ${above.join(", ")} ran with your edits: reset them`
      : `cell ${above[0]} ran with your edit: reset it`;
  if (above.length > 0) return `${on}, since ${edits}, then run afresh.`;
  return `${on}: it or a cell above has run before.`;
}

/** A line of a cell that was running; `cell` where it is another one than the cell that ran. */
export interface Place {
  name: string;
  line: number;
  cell: string | undefined;
}

const NO_KEYBOARD = " A page has no keyboard for input(): write the value into the cell.";

/** An exception, and the calls in which it came up. */
export function raised(kind: string, places: Place[]): string {
  const one = ({ name, line, cell }: Place): string =>
    `line ${line}${cell === undefined ? "" : ` of cell ${cell}`}${name === "<module>" ? "" : ` in ${name}`}`;
  const way = places.length > 0 ? `, at ${places.map(one).join(", then ")}` : "";
  return ` It raised ${kind}${way}.${kind === "EOFError" ? NO_KEYBOARD : ""}`;
}
export const shows = (type: string): string =>
  ` The last line has a value of type ${type}: print it to see it.`;
export const left = (what: string): string => ` The cell left ${what} behind.`;
export const nothing = "It prints nothing.";

export const late = (seconds: number): string =>
  `after ${seconds} seconds. Python starts anew; cells that ran have to run again.`;
export const loud = (size: string): string =>
  `It printed more than ${size}. Python starts anew; cells that ran have to run again.`;
export const givenUp = "Stopped before it ran.";
export const stopped = "Stopped. Python starts anew; cells that ran have to run again.";
export const died = (what: string): string =>
  `This cell ended Python itself: ${what}. Python starts anew; the other cells still run.`;
export const failed = (what: string): string => `Python did not start: ${what}.`;
export const overtaken = "it was stopped";
export const noWorker = "this browser does not let the page start a Worker";
export const noLesson = (what: string): string => `The lesson could not be loaded: ${what}.`;
export const stoppedAbove = (cell: string): string => `Not run: cell ${cell}, above, did not end.`;
export const silent = "an earlier cell has ended the Worker that it ran in";

export const stale = "The cell is another now than the one that ran: Run shows what it prints.";
export const sideHere = "Printed here";
export const sideRecorded = "Recorded";
export const save = "Save all";
export const cut = (shown: number, all: number): string =>
  `The first ${shown.toLocaleString("en")} of ${all.toLocaleString("en")} characters.`;

export const skip = "Skip to the text";

export const chooser = "CPython";
export const chooserTitle = "Show what this CPython printed, in the whole book";
export const browser = (tag: string): string => `${tag.replace("-wasm", "")} in the browser`;
export const newest = (tag: string): string => `${tag} (newest)`;
export const chosen = (tag: string, newest: string): string =>
  `Printed on CPython ${tag}. Marked lines differ from ${newest}.`;
export const notThere = (tag: string): string => `Not run on CPython ${tag}; this is another's.`;
export const valueTitle = (tag: string, newest: string, text: string): string =>
  `On CPython ${tag}; on ${newest} it is ${text}`;

export const editorComes = "The editor comes.";
export const noEditor = (what: string): string => `The editor could not be loaded: ${what}. Edit tries again.`;
export const kept = "Your edit is kept in this browser.";
export const notKept = "This browser's storage is full: the edit is lost when the page is left.";
export const changed = "The book's own cell has changed since your edit. Reset shows it.";

export const pair = "The function, twice";
export const copy = "Copy";
export const copied = "Copied";
export const notCopied = "Not copied";
export const copyLabel = (role: string, name: string): string => `Copy the ${role} code ${name}`.trim();
export const byVerdict = "What Rust makes of it";
export const all = "All";
export const find = "Find";
export const findExample = "NULL, tuple, B3";
export const rowsShown = (shown: number, all: number): string =>
  shown === all ? `All ${all} are shown.` : shown === 0 ? "None has these words." : `${shown} of ${all} are shown.`;

export const read = "✓ read";
export const readToo = ", read";
export const here = "you are here";
export const begun = "begun";
export const stopNumber = "stop ";
export const readOf = (read: number, all: number): string => `${read} of ${all} chapters are read.`;
export const forget = "Forget what I have read";
export const forgotten = "Forgotten.";
export const undo = "Undo";
export const lost = "This browser keeps nothing: it is forgotten when you leave the page.";
export const chapterRead = "✓ You have read this chapter.";
export const markRead = "Mark as read";
export const markUnread = "Mark as not read";
export const leaveRoute = "Leave the route";
