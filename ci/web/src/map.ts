// The map on the first page and the list in the sidebar: what was read, and the chosen route.

import { button, element } from "./dom";
import type { ReadingProgress } from "./progress";
import type { ChosenRoute } from "./route";
import * as words from "./words";

/** Shows on the map and in the sidebar what is kept; `address` is the URL of a page. */
export class BookMap {
  readonly #map = document.querySelector<HTMLElement>("main .parts");
  readonly #tiles = [...document.querySelectorAll<HTMLElement>("main .tile[data-page]")];
  readonly #routes = [...document.querySelectorAll<HTMLElement>("main .route[data-route]")];
  readonly #buttons = new Map<string, HTMLButtonElement>();
  readonly #line = element("p", "progress");
  readonly #says = element("span");
  #forgotten: (() => void) | undefined;

  constructor(
    private readonly progress: ReadingProgress,
    private readonly route: ChosenRoute,
    private readonly address: (page: string) => string,
    private readonly changed: () => void,
  ) {
    for (const section of this.#routes) this.#makeButton(section);
    this.#says.setAttribute("role", "status");
    if (this.#map !== null) this.#map.after(this.#line);
  }

  /** A route's title becomes the button that chooses it, and leaves it. */
  #makeButton(section: HTMLElement): void {
    const title = section.querySelector("h3 > span");
    const name = section.dataset["route"] ?? "";
    if (title === null) return;
    const made = element("button", "", ...title.childNodes);
    made.type = "button";
    made.addEventListener("click", () => {
      if (this.route.name === name) this.route.leave();
      else this.route.choose(name);
      this.changed();
    });
    title.replaceWith(made);
    this.#buttons.set(name, made);
  }

  /** Shows what is kept now. */
  show(): void {
    this.#showRoutes();
    this.#showTiles();
    this.#showSidebar();
    this.#showLine();
  }

  #showRoutes(): void {
    for (const section of this.#routes) {
      const chosen = section.dataset["route"] === this.route.name;
      section.classList.toggle("chosen", chosen);
      this.#buttons.get(section.dataset["route"] ?? "")?.setAttribute("aria-pressed", String(chosen));
      for (const stop of section.querySelectorAll<HTMLElement>("a[data-page]")) {
        const read = this.progress.kept.find(stop.dataset["page"] ?? "")?.read ?? false;
        stop.classList.toggle("read", read);
        stop.querySelector(".tick")?.remove();
        if (read) stop.append(element("span", "tick sr", words.readToo));
      }
    }
  }

  #showTiles(): void {
    const chosen = this.#routes.find((section) => section.dataset["route"] === this.route.name);
    const stops = chosen?.dataset["stops"]?.split(" ") ?? [];
    this.#map?.closest(".atlas")?.classList.toggle("routed", chosen !== undefined);
    const here = this.progress.here();
    for (const tile of this.#tiles) {
      const page = tile.dataset["page"] ?? "";
      tile.querySelectorAll(".stop, .said").forEach((part) => part.remove());
      const stop = stops.indexOf(page) + 1;
      if (stop > 0) {
        tile.dataset["stop"] = String(stop);
        tile.append(element("span", "stop", element("span", "sr", words.stopNumber), String(stop)));
      } else {
        delete tile.dataset["stop"];
      }
      const progress = this.progress.kept.find(page);
      if (progress === undefined) {
        delete tile.dataset["read"];
        continue;
      }
      tile.dataset["read"] = progress.read ? "all" : "part";
      tile.style.setProperty("--read", `${Math.round(progress.seen * 100)}%`);
      const said = progress.read ? words.read : page === here ? words.here : words.begun;
      tile.querySelector("i")?.append(element("span", "said", ` · ${said}`));
    }
  }

  #showSidebar(): void {
    const pages = new Set<string>();
    for (const [page, { read }] of this.progress.kept.all()) if (read) pages.add(this.address(page));
    for (const link of document.querySelectorAll<HTMLAnchorElement>("#mdbook-sidebar .chapter a[href]")) {
      const read = pages.has(link.href);
      const tick = link.querySelector(":scope > .tick");
      if (read && tick === null) link.append(element("span", "tick", " ✓", element("span", "sr", words.readToo)));
      if (!read) tick?.remove();
    }
  }

  /** How many chapters were read, and how to begin anew. */
  #showLine(): void {
    if (this.#map === null) return;
    const all = this.#tiles.map((tile) => this.progress.kept.find(tile.dataset["page"] ?? ""));
    const read = all.filter((progress) => progress?.read).length;
    const any = all.some((progress) => progress !== undefined);
    if (any) this.#forgotten = undefined;
    const lost = this.progress.kept.lost || this.route.kept.lost;
    const says = [this.#forgotten === undefined ? "" : words.forgotten, words.readOf(read, all.length), lost ? words.lost : ""];
    const text = says.filter((part) => part !== "").join(" ");
    if (this.#says.textContent !== text) this.#says.textContent = text;
    const made = any
      ? button(words.forget, words.forget, () => this.#forget())
      : this.#forgotten && button(words.undo, words.undo, this.#forgotten);
    const focused = this.#line.contains(document.activeElement);
    this.#line.replaceChildren(this.#says, ...(made === undefined ? [] : [made]));
    this.#line.hidden = !any && this.#forgotten === undefined && !lost;
    if (focused) made?.focus();
  }

  #forget(): void {
    const kept = [...this.progress.kept.all()];
    for (const [page] of kept) this.progress.kept.forget(page);
    this.#forgotten = () => {
      for (const [page, progress] of kept) this.progress.kept.keep(page, progress);
      this.#forgotten = undefined;
      this.changed();
    };
    this.changed();
  }
}
