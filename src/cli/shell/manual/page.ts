/**
 * Manual pages, from what the commands say of themselves.
 *
 * Source of the format: man(7) of groff. No date is in a page, so that the same sources make the same bytes.
 */
import { asSentence, type DescribedCommand, type DescribedOption } from "../described.js";
import type { Program } from "../program.js";

/** `pmucheck.1`, and `pmucheck-check.1` for each command, by file name. */
export function manualPages(program: Program): ReadonlyMap<string, string> {
  return new Map([
    ["pmucheck.1", programPage(program)],
    ...program.commands.map(
      (command) => [`pmucheck-${command.name}.1`, commandPage(command, program)] as const,
    ),
  ]);
}

function programPage(program: Program): string {
  const { sentence, beginnings, groups, commands } = program;
  return page("pmucheck", sentence, program, [
    section("SYNOPSIS", [".B pmucheck", ".I command", "[options]"]),
    section("DESCRIPTION", [escaped(sentence)]),
    section(
      "COMMANDS",
      groups.flatMap(({ title, names }) => [
        `.SS ${escaped(title)}`,
        ...commands
          .filter(({ name }) => names.includes(name))
          .flatMap(({ name, describe }) => tagged(`pmucheck\\-${escaped(name)}(1)`, describe)),
      ]),
    ),
    section(
      "EXAMPLES",
      beginnings.flatMap(([command, what]) => tagged(escaped(command), what)),
    ),
    statusSection(program),
  ]);
}

function commandPage(command: DescribedCommand, program: Program): string {
  const { name, usage, describe, positionals, options, groups, examples } = command;
  const grouped = new Set(groups.flatMap(({ names }) => names));
  const rest = options.filter((one) => !grouped.has(one.name));
  return page(`pmucheck-${name}`, describe, program, [
    section("SYNOPSIS", [".B pmucheck", escaped(usage), "[options]"]),
    section("DESCRIPTION", [escaped(asSentence(describe))]),
    ...(positionals.length === 0 ? [] : [section("ARGUMENTS", positionals.flatMap(argumentLines))]),
    section("OPTIONS", [
      ...groups.flatMap(({ title, names }) => [
        `.SS ${title.replace(/:$/, "")}`,
        ...options.filter((one) => names.includes(one.name)).flatMap(optionLines),
      ]),
      ...(groups.length > 0 && rest.length > 0 ? [".SS Others"] : []),
      ...rest.flatMap(optionLines),
    ]),
    ...(examples.length === 0
      ? []
      : [
          section(
            "EXAMPLES",
            examples.flatMap(([example, what]) => tagged(escaped(example), what)),
          ),
        ]),
    statusSection(program),
  ]);
}

function page(name: string, what: string, { version }: Program, sections: readonly string[]): string {
  return [
    `.TH ${escaped(name.toUpperCase())} 1 "" "pmucheck ${version}" "User Commands"`,
    section("NAME", [`${escaped(name)} \\- ${escaped(what.replace(/\?$/, ""))}`]),
    ...sections,
    section("SEE ALSO", [name === "pmucheck" ? ".B pmucheck help" : ".BR pmucheck (1),", ".B pmucheck list"]),
  ].join("\n");
}

function section(title: string, lines: readonly string[]): string {
  return [`.SH ${title}`, ...lines].join("\n");
}

function statusSection({ statuses }: Program): string {
  return section(
    "EXIT STATUS",
    statuses.flatMap(([status, meaning]) => tagged(status, meaning)),
  );
}

function argumentLines({ name, describe, choices }: DescribedOption): string[] {
  return tagged(`\\fI${escaped(name)}\\fR`, [describe, ...choicesOf(choices)].filter(Boolean).join("; "));
}

function optionLines(option: DescribedOption): string[] {
  const { name, letter, describe, takesValue, choices, default: value } = option;
  const short = letter === undefined ? "" : `\\fB\\-${letter}\\fR, `;
  const head = `${short}\\fB\\-\\-${escaped(name)}\\fR${takesValue ? ` \\fI${choices === undefined ? "VALUE" : escaped(choices.join("|"))}\\fR` : ""}`;
  return tagged(head, `${describe}${value === undefined ? "" : ` [default: ${value}]`}`);
}

function choicesOf(choices: readonly string[] | undefined): string[] {
  return choices === undefined ? [] : [choices.join(", ")];
}

/** @param head roff; the text is not */
function tagged(head: string, text: string): string[] {
  return [".TP", head, escaped(text)];
}

/** A line of text: backslashes, hyphens that are to be copied, and dots that would begin a request. */
function escaped(text: string): string {
  const plain = text.replaceAll("\\", "\\e").replaceAll("-", "\\-");
  return /^[.']/.test(plain) ? `\\&${plain}` : plain;
}
