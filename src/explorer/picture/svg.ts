/**
 * SVG as text: the few shapes that the picture is made of. Pure, so that Node draws what the page draws.
 */

export interface Attributes {
  readonly [name: string]: string | number | undefined;
}

export function element(name: string, attributes: Attributes, content = ""): string {
  const given = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escaped(typeof value === "number" ? short(value) : value)}"`],
  );
  return content === "" ? `<${name}${given.join("")}/>` : `<${name}${given.join("")}>${content}</${name}>`;
}

/** Text that a reader sees when pointing at the shape. */
export function title(text: string): string {
  return element("title", {}, escaped(text));
}

export function label(text: string, attributes: Attributes): string {
  return element("text", attributes, escaped(text));
}

export function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** Of the picture's 11-pixel monospace letters. */
const LETTER = 6.7;

/** The text as far as there is room for it; empty if no more than three letters would be seen. */
export function fitted(text: string, width: number): string {
  const room = Math.floor(width / LETTER);
  if (text.length <= room) return text;
  return room < 4 ? "" : `${text.slice(0, room - 1)}…`;
}

export function widthOf(text: string): number {
  return text.length * LETTER;
}
