/**
 * Wrapping text to a width.
 */

/**
 * Splits words into lines of at most `width` characters; later lines are indented. A word longer than a line is
 * cut, so that no line is ever wider.
 */
export function wrap(words: readonly string[], width: number, indent = ""): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of words) {
    const joined = line === "" ? word : `${line} ${word}`;
    if (joined.length <= width) {
      line = joined;
      continue;
    }
    if (line.trim() !== "") lines.push(line);
    line = indent + word;
    while (line.length > width) {
      lines.push(line.slice(0, width));
      line = indent + line.slice(width);
    }
  }
  return line === "" ? lines : [...lines, line];
}

/** A paragraph of at most `width` columns, each line indented. */
export function paragraph(text: string, width: number, indent: string): string {
  return wrap(text.split(" "), width - indent.length)
    .map((line) => indent + line)
    .join("\n");
}

/**
 * Text after a head, its later lines indented as far as the head is long; at most `width` columns. The text is broken
 * between words, or between the phrases that it is given as.
 */
export function hanging(head: string, text: string | readonly string[], width: number): string[] {
  const words = typeof text === "string" ? text.split(" ") : text;
  const [first = "", ...rest] = wrap(words, width - head.length);
  return [head + first, ...rest.map((line) => " ".repeat(head.length) + line)];
}
