// What the reader sees of the page, and how what is out of sight gets there.

/** What of a part must be seen for it to be noticed, in pixels. */
const NOTICED = 40;
const READ = 120;

/** Whether something of `part` is in the window. */
export function inSight(part: Element): boolean {
  return seen(part) >= NOTICED;
}

/** Scrolls to `part` if too little of it is seen to be read. The focus stays where it is. */
export function bringIntoSight(part: Element): void {
  if (seen(part) >= Math.min(READ, part.getBoundingClientRect().height)) return;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  part.scrollIntoView({ block: "nearest", behavior: still ? "instant" : "smooth" });
}

function seen(part: Element): number {
  const { top, bottom } = part.getBoundingClientRect();
  return Math.min(bottom, innerHeight) - Math.max(top, 0);
}
