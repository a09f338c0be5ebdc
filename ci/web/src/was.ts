// Texts that are others on some CPythons, as the build writes them into a page.

/** A text and the tags that share it, for each text there is; that of the newest first. */
export type Was = [tags: string, text: string][];

/** What an attribute holds. */
export function read(part: HTMLElement, attribute = "was"): Was {
  return JSON.parse(part.dataset[attribute] ?? "[]") as Was;
}

/** The text on `tag`. */
export function on(was: Was, tag: string): string | undefined {
  return was.find(([tags]) => tags.split(" ").includes(tag))?.[1];
}
