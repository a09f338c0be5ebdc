// The end of a page: the way on, which keeps to the reader's route, and whether it was read.

import { button, element } from "./dom";
import type { ReadingProgress } from "./progress";
import type { ChosenRoute } from "./route";
import * as words from "./words";

/** Long enough for a scroll to come to rest. */
const REST = 250;

export class Onward {
  readonly #nav = document.querySelector<HTMLElement>("main > .onward");
  readonly #page = this.#nav?.dataset["page"] ?? "";
  readonly #read = element("p", "read");
  readonly #says = element("span");
  readonly #mark = button(words.markRead, words.markRead, () => this.#toggle());
  /** Whether the reader has said what was read: then no scroll says otherwise. */
  #told = false;
  /** mdBook's own arrows, which its arrow keys follow. */
  readonly #arrows = [...document.querySelectorAll<HTMLAnchorElement>(".nav-chapters, .mobile-nav-chapters")].map(
    (arrow) => ({ arrow, href: arrow.href }),
  );

  constructor(
    private readonly progress: ReadingProgress,
    private readonly route: ChosenRoute,
    private readonly changed: () => void,
  ) {
    if (this.#nav === null) return;
    for (const way of this.#ways()) {
      const says = way.querySelector(".says");
      const leave = button(words.leaveRoute, words.leaveRoute, () => {
        this.route.leave();
        this.changed();
        this.#nav?.querySelector<HTMLElement>(".way:not([hidden]) > a")?.focus();
      });
      says?.append(" ", leave);
    }
    if (this.#nav.dataset["chapter"] === undefined) return;
    this.#says.setAttribute("role", "status");
    this.#read.append(this.#says, this.#mark);
    this.#nav.prepend(this.#read);
    this.#watch(this.#nav);
  }

  #ways(): HTMLElement[] {
    return [...(this.#nav?.querySelectorAll<HTMLElement>(".way[data-route]") ?? [])];
  }

  /** Sees how far the page is scrolled, and keeps it once that rests. */
  #watch(nav: HTMLElement): void {
    let waits: number | undefined;
    const look = (): void => {
      waits = undefined;
      if (this.#told) return;
      const top = nav.parentElement?.getBoundingClientRect().top ?? 0;
      const end = nav.getBoundingClientRect().top;
      const news = this.progress.saw(this.#page, (innerHeight - top) / (end - top));
      if (news) this.changed();
    };
    addEventListener("scroll", () => (waits ??= setTimeout(look, REST)), { passive: true });
    addEventListener("pagehide", () => waits !== undefined && look());
  }

  #toggle(): void {
    const read = this.progress.kept.find(this.#page)?.read ?? false;
    this.progress.mark(this.#page, !read);
    this.#told = true;
    this.changed();
  }

  /** Shows what is kept now. */
  show(): void {
    if (this.#nav === null) return;
    const chosen = this.#ways().find((way) => way.dataset["route"] === this.route.name);
    for (const way of this.#nav.querySelectorAll<HTMLElement>(".way")) {
      way.hidden = chosen === undefined ? way.dataset["route"] !== undefined : way !== chosen;
    }
    if (chosen !== undefined) this.#comeBack(chosen);
    this.#keepArrows(chosen);
    const read = this.progress.kept.find(this.#page)?.read ?? false;
    const text = (read ? words.chapterRead : "") + (this.progress.kept.lost ? ` ${words.lost}` : "");
    if (this.#says.textContent !== text) this.#says.textContent = text;
    this.#mark.textContent = read ? words.markUnread : words.markRead;
    this.#mark.setAttribute("aria-label", this.#mark.textContent);
  }

  /** From beside the route, to its first stop that is not read. */
  #comeBack(way: HTMLElement): void {
    const stops = [...way.querySelectorAll<HTMLElement>("a[data-page]")];
    const unread = stops.find((stop) => !this.progress.kept.find(stop.dataset["page"] ?? "")?.read);
    for (const stop of stops) stop.hidden = stop !== (unread ?? stops[0]);
  }

  #keepArrows(way: HTMLElement | undefined): void {
    for (const { arrow, href } of this.#arrows) {
      const side = arrow.classList.contains("next") ? "next" : "prev";
      const link = way?.querySelector<HTMLAnchorElement>(`a.${side}:not([hidden])`);
      arrow.href = link?.href ?? href;
    }
  }
}
