/**
 * Lines that are wider than a terminal.
 */

/** What is to be pasted is in one piece, however long: a command, or a line that is one word, as a path is. */
const COPIED = /^\s*(replay: )?(pmucheck|node|npx|sh) |^\s*\S+$/;

/** The lines of a text that a terminal of so many columns would break, without those that are to be copied. */
export function wideLines(text: string, columns: number): string[] {
  return withoutColour(text)
    .split("\n")
    .filter((line) => line.length > columns && !COPIED.test(line));
}

export function withoutColour(text: string): string {
  // oxlint-disable-next-line no-control-regex -- they are what is removed
  return text.replaceAll(/\u001b\[\d+m/g, "");
}
