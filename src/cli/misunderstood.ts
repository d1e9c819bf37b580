/**
 * A command line that cannot be understood: what is wrong with it, what was perhaps meant, and where help is.
 */
import { nearest } from "../spec/nearest.js";
import { scenarios } from "./arguments/catalogue.js";
import { COMMON, type DescribedCommand, type DescribedOption } from "./shell/described.js";

/** What yargs does not understand, before it is made a message with advice. */
export class Misunderstood extends Error {}

/** @param message what yargs says, perhaps in several lines; null if it says nothing */
export function advice(
  message: string | null,
  argv: readonly string[],
  commands: readonly DescribedCommand[],
): string {
  const text = (message ?? "the command line cannot be understood").trim().replace(/\s*\n\s*/g, " ");
  const command = commands.find(({ name }) => name === argv[0]);
  const help = `(see pmucheck ${command === undefined ? "" : `${command.name} `}--help)`;
  const [first] = argv;
  if (command === undefined && first !== undefined && !first.startsWith("-")) {
    return `${unknownCommand(first, commands)} ${help}`;
  }
  return `${inWords(text, argv, command)} ${help}`;
}

function unknownCommand(name: string, commands: readonly DescribedCommand[]): string {
  const isScenario = scenarios.some((one) => one.name === name);
  const names = commands.map((one) => one.name);
  const hint = isScenario ? `; did you mean pmucheck check ${name}?` : near(name, names);
  return `unknown command '${name}'${hint}`;
}

/** Only a name that is near: a list of all is what --help is for. */
function near(name: string, known: readonly string[]): string {
  const hint = nearest(name, known);
  return hint.startsWith("; known") ? "" : hint;
}

function inWords(text: string, argv: readonly string[], command: DescribedCommand | undefined): string {
  const options = command?.options ?? [...COMMON, { name: "color" }];
  const [, unknown] = /^Unknown arguments?: ([^,]+)/.exec(text) ?? [];
  if (unknown !== undefined) return unknownArgument(unknown, argv, options);
  const [first = ""] = argv;
  if (command === undefined)
    return first === "" ? text : unknownArgument(first.replace(/^-+/, ""), argv, options);
  if (text.startsWith("Not enough non-option arguments")) {
    return `an argument is missing: pmucheck ${command.usage}`;
  }
  const [, missing] = /^Missing required arguments?: (.*)$/.exec(text) ?? [];
  if (missing !== undefined) {
    const names = missing.split(", ").map((name) => requiredOption(name, command.options));
    return `${command.name} needs ${names.join(" and ")}`;
  }
  const [, argument, given = ""] = /^Invalid values: Argument: ([^,]+), Given: "([^"]*)"/.exec(text) ?? [];
  return argument === undefined ? text : invalidValue(argument, given, command);
}

function unknownArgument(
  unknown: string,
  argv: readonly string[],
  options: readonly Pick<DescribedOption, "name">[],
): string {
  const asWritten = argv.find(
    (arg) => arg.startsWith("-") && arg.replace(/^-+/, "").split("=")[0]?.startsWith(unknown) === true,
  );
  if (asWritten === undefined) return `unexpected argument '${unknown}'`;
  if (!asWritten.startsWith("--"))
    return `unknown option -${unknown}${unknown === "v" ? "; did you mean '-V'?" : ""}`;
  const names = options.map(({ name }) => name);
  return `unknown option --${unknown}${near(unknown, names).replace("'", "'--")}`;
}

function requiredOption(name: string, options: readonly DescribedOption[]): string {
  const choices = options.find((one) => one.name === name)?.choices;
  return `--${name}${choices === undefined ? "" : ` (${choices.join(" or ")})`}`;
}

function invalidValue(argument: string, given: string, { positionals, options }: DescribedCommand): string {
  const positional = positionals.find(({ name }) => name === argument);
  const { choices = [] } = positional ?? options.find(({ name }) => name === argument) ?? {};
  const named = positional === undefined ? `--${argument}` : `the ${argument}`;
  return `${named} cannot be '${given}'; it is one of ${choices.join(", ")}`;
}
