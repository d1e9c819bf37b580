/**
 * Making elements. No markup is parsed but the picture's own, so text of a trace is always text.
 */

export interface Properties {
  readonly class?: string;
  readonly id?: string;
  readonly title?: string;
  readonly label?: string;
  readonly pressed?: boolean;
  readonly current?: boolean;
  readonly disabled?: boolean;
  readonly tabIndex?: number;
  readonly role?: string;
  readonly on?: () => void;
}

export type Child = Node | string | null;

export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  { label, pressed, current, disabled, role, on, ...rest }: Properties = {},
  children: readonly Child[] = [],
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(rest)) made.setAttribute(name, String(value));
  if (label !== undefined) made.setAttribute("aria-label", label);
  if (role !== undefined) made.setAttribute("role", role);
  if (pressed !== undefined) made.setAttribute("aria-pressed", String(pressed));
  if (current === true) made.setAttribute("aria-current", "true");
  if (disabled === true) made.setAttribute("disabled", "");
  if (on !== undefined) made.addEventListener("click", on);
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** Puts these in the place of what is in the element. */
export function fill(element: Element, children: readonly Child[]): void {
  element.replaceChildren(...children.filter((child) => child !== null));
}

export function button(text: string, on: () => void, properties: Properties = {}): HTMLButtonElement {
  const made = make("button", { ...properties, on }, [text]);
  made.type = "button";
  return made;
}

/** A section with a heading of its own, and what is in it. */
export function panel(heading: string, id: string, children: readonly Child[]): HTMLElement {
  const title = make("h2", { id: `${id}-heading` }, [heading]);
  const made = make("section", { class: "panel", id }, [title, ...children]);
  made.setAttribute("aria-labelledby", `${id}-heading`);
  return made;
}

/** A select element with its label. */
export function choice(
  label: string,
  options: readonly (readonly [value: string, text: string])[],
  chosen: string,
  on: (value: string) => void,
): HTMLElement {
  const select = make("select");
  for (const [value, text] of options) {
    const option = make("option", {}, [text]);
    option.value = value;
    option.selected = value === chosen;
    select.append(option);
  }
  select.addEventListener("change", () => on(select.value));
  return make("label", { class: "choice" }, [`${label} `, select]);
}
