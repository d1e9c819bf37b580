/**
 * Text that others wrote, on its way to a terminal.
 *
 * A terminal obeys control characters: they move the cursor, write over what was said, and change the window's title. The
 * Unicode marks of direction make a text look like another one (CVE-2021-42574). pmucheck prints neither.
 */

/** C0 without the line feed, DEL, C1, and the marks of direction. */
const CONTROL =
  // oxlint-disable-next-line no-control-regex -- that is what it is for
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
const ALL_CONTROL = new RegExp(CONTROL.source, "g");

export function isPrintable(text: string): boolean {
  return !CONTROL.test(text);
}

/** The text with its control characters written out: `\x1b`, `\u202e`. */
export function printable(text: string): string {
  return text.replace(ALL_CONTROL, (of) => {
    const hex = of.charCodeAt(0).toString(16);
    return hex.length <= 2 ? `\\x${hex.padStart(2, "0")}` : `\\u${hex.padStart(4, "0")}`;
  });
}

/** The first text in a JSON value, names of fields included, that cannot be printed as it is. */
export function unprintableIn(json: unknown): string | undefined {
  if (typeof json === "string") return isPrintable(json) ? undefined : json;
  if (typeof json !== "object" || json === null) return undefined;
  for (const [name, part] of Object.entries(json)) {
    const found = unprintableIn(name) ?? unprintableIn(part);
    if (found !== undefined) return found;
  }
  return undefined;
}
