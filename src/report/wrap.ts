/**
 * Wrapping text to a width.
 */

/**
 * Splits words into lines of at most `width` characters; later lines are indented. A word longer than a line is
 * cut, so that no line is ever wider; or it is kept, because a path or a name in pieces cannot be copied.
 */
export function wrap(
  words: readonly string[],
  width: number,
  indent = "",
  longWords: "cut" | "keep" = "cut",
): string[] {
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
    const room = longWords === "cut" ? width : Infinity;
    while (line.length > room) {
      lines.push(line.slice(0, width));
      line = indent + line.slice(width);
    }
  }
  return line === "" ? lines : [...lines, line];
}

/** The first line of a result, which says everything; broken into several where it is wider than `width`. */
export function headline(text: string, width: number): string[] {
  return wrap(text.split(" "), width, "  ", "keep");
}

/** A paragraph of at most `width` columns but for longer words, each line indented. */
export function paragraph(text: string, width: number, indent: string): string {
  return wrap(text.split(" "), width - indent.length, "", "keep")
    .map((line) => indent + line)
    .join("\n");
}

/**
 * Text after a head, its later lines indented as far as the head is long; at most `width` columns but for longer words. The
 * text is broken between words, or between the phrases that it is given as.
 */
export function hanging(head: string, text: string | readonly string[], width: number): string[] {
  const words = typeof text === "string" ? text.split(" ") : text;
  const [first = "", ...rest] = wrap(words, width - head.length, "", "keep");
  return [head + first, ...rest.map((line) => " ".repeat(head.length) + line)];
}
