// The few elements that the page's script makes.

/** An element of one class. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  style = "",
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  if (style !== "") made.className = style;
  made.append(...children);
  return made;
}

/** What the page's address leads to, or a link of it. */
export function target(hash: string = location.hash): HTMLElement | null {
  try {
    return document.getElementById(decodeURIComponent(hash.slice(1)));
  } catch {
    return null; // no such name is written so
  }
}

/** A button; `label` names it where its text alone does not. One of a box is the next thing to do. */
export function button(text: string, label: string, act: () => void, style: "act" | "quiet" = "quiet"): HTMLButtonElement {
  const made = element("button", style, text);
  made.type = "button";
  made.setAttribute("aria-label", label);
  made.addEventListener("click", act);
  return made;
}
