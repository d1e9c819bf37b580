/**
 * Lists of what there is to choose from, as text: a line each, or all that is known of one thing.
 */
import type { Screen } from "./screen.js";
import { hanging } from "./wrap.js";

/** A heading and what is under it: paragraphs, or names and their texts. */
export interface Part {
  readonly title: string;
  readonly lines: readonly (string | readonly [head: string, text: string])[];
}

export interface Entry {
  readonly name: string;
  readonly short: string;
  readonly parts: readonly Part[];
  /** The same for other programs. */
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Catalogue {
  /** The name of one of its things. */
  readonly one: string;
  /** What the things are, without a full stop. */
  readonly what: string;
  readonly entries: readonly Entry[];
}

/** Names of a column; a longer one has a line of its own. */
const WIDEST_NAME = 24;

/** Which lists there are. Without a final newline, like all of these. */
export function listOfLists(lists: Readonly<Record<string, Catalogue>>, { width, style }: Screen): string {
  const names = Object.keys(lists);
  const column = Math.max(...names.map(({ length }) => length));
  return [
    ...Object.entries(lists).flatMap(([name, { entries, what }]) =>
      hanging(`${name.padEnd(column)}  ${String(entries.length).padStart(2)}  `, what, width),
    ),
    "",
    style.faint("pmucheck list scenarios         a line each"),
    style.faint("pmucheck list scenario one-cpu  all that is known of it"),
  ].join("\n");
}

export function shortList(name: string, { one, entries, what }: Catalogue, screen: Screen): string {
  const { width, style } = screen;
  const [first] = entries;
  return [
    ...inColumns(
      entries.map((entry) => [entry.name, entry.short] as const),
      "",
      screen,
    ),
    "",
    ...hanging("", `${entries.length} ${name}: ${what}.`, width),
    style.faint(`pmucheck list ${one} ${first?.name ?? "NAME"}`),
  ].join("\n");
}

export function longEntry({ name, short, parts }: Entry, screen: Screen): string {
  const { width, style } = screen;
  return [
    style.strong(name),
    ...hanging("  ", short, width),
    ...parts.flatMap(({ title, lines }) => {
      const pairs = lines.filter((line) => typeof line !== "string");
      const texts = lines.filter((line) => typeof line === "string");
      const mark = texts.length > 1 ? "  - " : "  ";
      return [
        "",
        style.strong(`${title}:`),
        ...texts.flatMap((line) => hanging(mark, line, width)),
        ...inColumns(pairs, "  ", screen),
      ];
    }),
  ].join("\n");
}

/** Names, and beside each its text. */
function inColumns(
  pairs: readonly (readonly [name: string, text: string])[],
  indent: string,
  { width }: Screen,
): string[] {
  const widest = Math.max(0, ...pairs.map(([name]) => name.length));
  const column = Math.min(WIDEST_NAME, widest);
  return pairs.flatMap(([name, text]) =>
    name.length > column
      ? [indent + name, ...hanging(" ".repeat(indent.length + column + 2), text, width)]
      : hanging(`${indent}${name.padEnd(column)}  `, text, width),
  );
}
