/**
 * The help of a command, from what it says of itself: what it takes in groups, then examples.
 *
 * yargs' own layout spends its width on types, and on defaults that say nothing.
 */
import { hanging, wrap } from "../../report/wrap.js";
import type { DescribedCommand, DescribedOption } from "./described.js";

/** Where descriptions begin. */
const COLUMN = 24;

/** Without a final newline. `epilogue` is the last paragraph. */
export function commandHelp(command: DescribedCommand, epilogue: string, width: number): string {
  const { usage, describe, positionals, options, groups, examples } = command;
  const grouped = new Set(groups.flatMap(({ names }) => names));
  const rest = options.filter(({ name }) => !grouped.has(name));
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ["", title, ...lines];
  return [
    `pmucheck ${usage}`,
    "",
    ...hanging("", `${describe}.`, width),
    ...section(
      "Arguments:",
      positionals.flatMap((one) => entry(one.name, one, width)),
    ),
    ...groups.flatMap(({ title, names }) =>
      section(
        title,
        options.filter(({ name }) => names.includes(name)).flatMap((one) => optionLines(one, width)),
      ),
    ),
    ...section(
      groups.length > 0 ? "Others:" : "Options:",
      rest.flatMap((one) => optionLines(one, width)),
    ),
    ...section(
      "Examples:",
      examples.flatMap(([example, what]) => [`  ${example}`, ...hanging("      ", what, width)]),
    ),
    "",
    ...hanging("", epilogue, width),
  ].join("\n");
}

const SHORT: Readonly<Record<string, string>> = { help: "-h, ", version: "-V, " };

function optionLines(option: DescribedOption, width: number): string[] {
  const { name, takesValue } = option;
  return entry(`${SHORT[name] ?? ""}--${name}${takesValue ? " VALUE" : ""}`, option, width);
}

/** A head that leaves no room for the description has a line of its own. */
function entry(
  head: string,
  { describe, choices, default: value }: DescribedOption,
  width: number,
): string[] {
  const isSaid = value === undefined || describe.includes("[default:");
  const text = [
    describe,
    ...(choices === undefined ? [] : [`(${choices.join(", ")})`]),
    ...(isSaid ? [] : [`[default: ${value}]`]),
  ].join(" ");
  const lines = wrap(text.split(" "), width - COLUMN).map((line) => " ".repeat(COLUMN) + line);
  const start = `  ${head}`;
  const [first = "", ...others] = lines;
  if (start.length + 2 > COLUMN) return [start, ...lines];
  return [start.padEnd(COLUMN) + first.trimStart(), ...others];
}
