/**
 * Help of the program and of its commands, from what they say of themselves: what there is in groups, then examples.
 *
 * yargs' own layout spends its width on types, and on defaults that say nothing.
 */
import { hanging, wrap } from "../../report/wrap.js";
import { asSentence, COMMON, type DescribedCommand, type DescribedOption } from "./described.js";
import type { Program } from "./program.js";

/** Where descriptions begin: of options, and of commands. */
const COLUMN = 24;
const COMMAND_COLUMN = 14;

/** Without a final newline, like all of these. */
export function programHelp(program: Program, width: number): string {
  const { sentence, beginnings, groups, commands, statuses } = program;
  const column = Math.max(...beginnings.map(([command]) => command.length)) + 4;
  return [
    ...hanging("", `pmucheck: ${sentence}`, width),
    ...section(
      "To begin with:",
      beginnings.flatMap(([command, what]) => hanging(`  ${command}`.padEnd(column), what, width)),
    ),
    ...groups.flatMap(({ title, names }) =>
      section(
        `${title}:`,
        commands
          .filter(({ name }) => names.includes(name))
          .flatMap(({ name, describe }) => hanging(`  ${name}`.padEnd(COMMAND_COLUMN), describe, width)),
      ),
    ),
    ...section(
      "Options:",
      COMMON.flatMap((one) => optionLines(one, width)),
    ),
    "",
    ...hanging("", "pmucheck COMMAND --help: its options, and examples.", width),
    ...statusLines(statuses, width),
  ].join("\n");
}

export function commandHelp(command: DescribedCommand, statuses: Program["statuses"], width: number): string {
  const { usage, describe, positionals, options, groups, examples } = command;
  const grouped = new Set(groups.flatMap(({ names }) => names));
  const rest = options.filter(({ name }) => !grouped.has(name));
  return [
    `pmucheck ${usage} [options]`,
    "",
    ...hanging("", asSentence(describe), width),
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
    ...statusLines(statuses, width),
  ].join("\n");
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", title, ...lines];
}

function statusLines(statuses: Program["statuses"], width: number): string[] {
  const all = statuses.map((pair) => pair.join(" ")).join(", ");
  return hanging("", `Exit status: ${all}. See docs/use/exit-status.md.`, width);
}

function optionLines(option: DescribedOption, width: number): string[] {
  const { name, letter, takesValue } = option;
  const short = letter === undefined ? "" : `-${letter}, `;
  return entry(`${short}--${name}${takesValue ? " VALUE" : ""}`, option, width);
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
