/**
 * The command line: what may be said, and which command it means.
 */
import yargs, { type Argv } from "yargs";

import { PmucheckError } from "../spec/errors.js";
import { stateKernel } from "./arguments/kernel.js";
import { COMMANDS, COMMON_OPTIONS, descriptions, program } from "./catalogue.js";
import { EXIT, type ExitStatus } from "./exit-status.js";
import { advice, Misunderstood } from "./misunderstood.js";
import type { DescribedCommand } from "./shell/described.js";
import { commandHelp, programHelp } from "./shell/help.js";
import { print, screen, useColour } from "./terminal/terminal.js";
import { version } from "./version.js";

/**
 * Parses and runs; returns the exit status.
 * Throws PMC104 for a command line that cannot be understood, and what the commands throw.
 */
export async function run(given: readonly string[]): Promise<ExitStatus> {
  let status: ExitStatus = EXIT.holds;
  const argv = withoutHelpCommand(given);
  if (argv.some((arg) => arg === "--help" || arg === "-h")) {
    print(helpFor(argv));
    return EXIT.holds;
  }
  mustNotNameArguments(argv);
  const cli = commandLine(argv, (of) => {
    status = of;
  });
  // Must throw: a handler that returns lets the command run on arguments that are wrong.
  cli.fail((message: string | null, error: Error | undefined) => {
    throw error ?? new Misunderstood(advice(message, argv, descriptions()));
  });
  try {
    await cli.parseAsync();
  } catch (error) {
    if (error instanceof Misunderstood) throw new PmucheckError("PMC104", error.message);
    throw error;
  }
  return status;
}

/** Of the command that is named, or of the program where none is. Throws PMC104 for a command that there is not. */
function helpFor(argv: readonly string[]): string {
  const { width } = screen();
  const whole = program();
  const command = whole.commands.find(({ name }) => argv.includes(name));
  if (command !== undefined) return commandHelp(command, whole.statuses, width);
  const other = argv.find((arg) => !arg.startsWith("-"));
  if (other === undefined) return programHelp(whole, width);
  throw new PmucheckError("PMC104", advice(null, [other], whole.commands));
}

function commandLine(argv: readonly string[], end: (status: ExitStatus) => void): Argv {
  let cli = yargs([...argv]).scriptName("pmucheck");
  for (const register of Object.values(COMMANDS)) cli = register(cli, end);
  return (
    cli
      .options(COMMON_OPTIONS)
      .demandCommand(1, "name a command, as in pmucheck check one-cpu")
      .middleware((args) => {
        mustBeGivenOnce(args);
        stateKernel(args as Record<string, unknown>);
        useColour(args.color);
      }, true)
      .strict()
      // Help is printed before anything is parsed.
      .help(false)
      .version(version)
      .alias({ V: "version" })
      .exitProcess(false)
  );
}

/** `help check` is `check --help`, `help` is `--help`. */
function withoutHelpCommand(argv: readonly string[]): readonly string[] {
  const [first, ...rest] = argv;
  return first === "help" ? [...rest, "--help"] : argv;
}

function commandOf([name]: readonly string[]): DescribedCommand | undefined {
  return descriptions().find((one) => one.name === name);
}

/** Throws PMC104 for an argument that is named as an option: yargs takes it, and then forgets one of the two. */
function mustNotNameArguments(argv: readonly string[]): void {
  const command = commandOf(argv);
  const rest = argv.slice(1);
  const options = new Set(command?.options.map((one) => one.name));
  const named = command?.positionals.find(
    (one) => !options.has(one.name) && rest.some((arg) => arg.split("=")[0] === `--${one.name}`),
  );
  if (command === undefined || named === undefined) return;
  throw new PmucheckError(
    "PMC104",
    `--${named.name} is no option of ${command.name}: write it without --${named.name}, as in pmucheck ${command.usage}`,
  );
}

/** The options and arguments that may be repeated. */
const REPEATABLE = new Set([
  "_",
  "files",
  "scenario",
  "set",
  "function",
  "whyNot",
  "why-not",
  "pid",
  "inlined",
  "patch",
  "output",
  "task",
  "event",
  "other",
  "require",
  "keep",
  "part",
]);

/** yargs makes an array of an option that is given twice, whatever its type. */
function mustBeGivenOnce(args: Readonly<Record<string, unknown>>): void {
  const twice = Object.keys(args).find((name) => Array.isArray(args[name]) && !REPEATABLE.has(name));
  if (twice !== undefined) throw new PmucheckError("PMC104", `--${twice} is given more than once`);
}
