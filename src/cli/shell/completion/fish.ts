/**
 * Completion for fish: a line for each command, option and argument.
 */
import type { DescribedCommand, DescribedOption } from "../described.js";
import { following, valuesOf, type Values } from "./values.js";

/** Without a final newline. */
export function fishCompletion(commands: readonly DescribedCommand[]): string {
  return [
    "# Completion of pmucheck for fish: pmucheck completion fish > ~/.config/fish/completions/pmucheck.fish",
    "complete -c pmucheck -f",
    ...commands.flatMap((command) => [
      `complete -c pmucheck -n __fish_use_subcommand -a ${command.name} -d ${quoted(command.describe)}`,
      ...commandLines(command),
    ]),
  ].join("\n");
}

function commandLines(command: DescribedCommand): string[] {
  const { name, options, positionals } = command;
  const within = `__fish_seen_subcommand_from ${name}`;
  const after = following(command);
  const firsts = after.flatMap(([words]) => words);
  const first =
    firsts.length === 0 ? within : `${within}; and not __fish_seen_subcommand_from ${firsts.join(" ")}`;
  return [
    ...options.map((one) => line(within, [`-l ${one.name}`, ...valueOf(one), `-d ${quoted(one.describe)}`])),
    ...positionals.slice(0, 1).map((one) => line(first, argumentsOf(valuesOf(one)))),
    ...after.map(([words, values]) =>
      line(`${within}; and __fish_seen_subcommand_from ${words.join(" ")}`, argumentsOf(values)),
    ),
  ];
}

function line(condition: string, parts: readonly string[]): string {
  return ["complete -c pmucheck", `-n ${quoted(condition)}`, ...parts].join(" ");
}

function valueOf(option: DescribedOption): string[] {
  return option.takesValue ? ["-r", ...argumentsOf(valuesOf(option))] : [];
}

function argumentsOf({ words, files }: Values): string[] {
  return [files ? "-F" : "-f", ...(words.length === 0 ? [] : [`-a ${quoted(words.join(" "))}`])];
}

/** fish knows two escapes within single quotes. */
function quoted(text: string): string {
  return `'${text.replaceAll(/['\\]/g, String.raw`\$&`)}'`;
}
