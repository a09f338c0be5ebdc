// What a question says to its reader.

export const check = "Check";
export const showMe = "Show me";
export const again = "Ask me again";
export const typeHere = "Your answer";

export const closed = "The answer stays closed until you decide.";
export const chooseFirst = "Choose first: a wrong guess helps too.";
export const typeFirst = "Type an answer first: a wrong guess helps too.";
export const fillFirst = "Fill in a row first: a wrong guess helps too.";
export const notYet = "not yet";
export const right = "right";
export const shown = "shown";
export const readWhy = "Read why, and choose again.";
export const readWhyTyped = "Read why, and type again.";
export const another = "It is another answer: look again.";
export const someRows = (right: number, all: number): string =>
  `${right} of ${all} rows are right. Look at the others again.`;
export const afterTries = (wrong: number): string =>
  wrong === 0 ? "At once. Why, and why not, stands here now." : `After ${wrong + 1} tries. Why, and why not, stands here now.`;
export const allShown = "The answer, explained.";
export const notKept = "This browser keeps nothing: the answer lasts until the page is left.";

export const isRight = "right";
export const isWrong = "not quite";
export const isNot = "no";
export const rightElsewhere = (tag: string, others: string): string => `not on CPython ${tag}, but on ${others}`;

/** A row of a table, for who hears its field alone. */
export const field = (row: string): string => `Your answer: ${row}`;

// The page of all answers.

export const standings = { once: "right at once", later: "right after a try", shown: "shown", open: "open" };
export const sum = (answered: number, all: number): string => `${answered} of ${all} answered`;
export const counts = (once: number, later: number, shown: number): string =>
  `${once} at once, ${later} after a try, ${shown} shown`;
export const resetChapter = "Forget these";
export const resetChapterLabel = (chapter: string): string => `${resetChapter}: ${chapter}`;
export const resetAll = "Forget all";
export const save = "Save as a file";
export const undo = "Undo";
export const forgotten = "Forgotten.";
export const restored = "They are back.";
export const file = "answers.json";
