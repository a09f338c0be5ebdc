// Code, coloured by mdBook's highlighter. mdBook would colour all of a page at once, while it is
// opened, and nothing that the reader does would be answered meanwhile.

/** What mdBook loads with each page. */
interface Highlighter {
  highlightBlock(code: HTMLElement): void;
}

declare global {
  var hljs: Highlighter | undefined;
}

/** How long, in milliseconds, the page may be kept from its reader at a time. */
const AT_ONCE = 8;

/** Colours the page's code bit by bit, what is in sight first. */
export function colours(): void {
  const waiting = [...document.querySelectorAll<HTMLElement>(".code code[data-language]")];
  const isSeen = (code: HTMLElement): boolean => {
    const { top, bottom } = code.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  };
  const seen = waiting.filter(isSeen);
  const ordered = [...seen, ...waiting.filter((code) => !seen.includes(code))];
  const some = (): void => {
    const until = performance.now() + AT_ONCE;
    while (performance.now() < until) {
      const code = ordered.shift();
      if (code === undefined) return;
      if (!code.classList.contains("coloured")) colour(code);
    }
    setTimeout(some);
  };
  setTimeout(some);
}

/** Colours one block of code; the elements in it stay. */
export function colour(code: HTMLElement): void {
  code.className = `hljs coloured language-${code.dataset["language"]}`;
  globalThis.hljs?.highlightBlock(code);
}
