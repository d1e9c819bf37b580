/**
 * The command line: what may be said, and which command it means.
 */
import yargs, { type Argv } from "yargs";

import { PmucheckError } from "../spec/errors.js";
import { stateKernel } from "./arguments/kernel.js";
import { nearest } from "../spec/nearest.js";
import { defaultDriver, scenarios } from "./arguments/catalogue.js";
import { check } from "./check/command.js";
import { claims } from "./claims/command.js";
import { conformCommand } from "./conform/command.js";
import { explain } from "./explain/command.js";
import { exportCommand } from "./export/command.js";
import { list } from "./list/command.js";
import { listing } from "./listing/command.js";
import { minimize } from "./minimize/command.js";
import { mutate } from "./mutate/command.js";
import { newCommand } from "./new/command.js";
import { probeCommand } from "./probe/command.js";
import { replay } from "./replay/command.js";
import { show } from "./show/command.js";
import { verify } from "./verify/command.js";
import { EXIT, type ExitStatus } from "./exit-status.js";
import { COLOURS, screen, useColour } from "./terminal/terminal.js";
import { version } from "./version.js";

const USAGE = `Does every counter overflow yield exactly one perf_event_overflow?

  pmucheck check one-cpu              the finding on one screen
  pmucheck check                      every scenario, driver ${defaultDriver.name}: a table
  pmucheck explain                    why the last result is as it is
  pmucheck verify relatch-at-start    what a fix closes, breaks and leaves`;

const EXIT_STATUSES = `Exit status: 0 holds, 10 faulty model, 11 stuck, 12 violated, 13 violated for ever, 14 vacuous, 15 not as expected, 125 inconclusive, 128 internal error, 129 usage, 130 and 143 interrupted. See docs/use/exit-status.md.`;

/** In the order in which --help lists them. */
const COMMANDS = {
  check,
  verify,
  replay,
  show,
  minimize,
  explain,
  claims,
  conform: conformCommand,
  probe: probeCommand,
  mutate,
  listing,
  export: exportCommand,
  list,
  new: newCommand,
};

/**
 * Parses and runs; returns the exit status.
 * Throws PMC104 for a command line that cannot be understood, and what the commands throw.
 */
export async function run(given: readonly string[]): Promise<ExitStatus> {
  let status: ExitStatus = EXIT.holds;
  const argv = withoutHelpCommand(given);
  const cli = commandLine(argv, (of) => {
    status = of;
  });
  // Must throw: a handler that returns lets the command run on arguments that are wrong.
  cli.fail((message: string | null, error: Error | undefined) => {
    throw error ?? new Misunderstood(oneLine(message));
  });
  try {
    await cli.parseAsync();
  } catch (error) {
    if (!(error instanceof Misunderstood)) throw error;
    throw new PmucheckError("PMC104", await withAdvice(error.message, argv));
  }
  return status;
}

/** What yargs does not understand, before it is made a message with advice. */
class Misunderstood extends Error {}

function commandLine(argv: readonly string[], end: (status: ExitStatus) => void): Argv {
  let cli = yargs([...argv])
    .scriptName("pmucheck")
    .usage(USAGE);
  for (const register of Object.values(COMMANDS)) cli = register(cli, end);
  const names = Object.keys(COMMANDS);
  return cli
    .option("color", { choices: COLOURS, default: "auto" as const, describe: "colour what is printed" })
    .demandCommand(1, `name a command: ${names.slice(0, -1).join(", ")} or ${names.at(-1)}`)
    .middleware((args) => {
      mustBeGivenOnce(args);
      stateKernel(args as Record<string, unknown>);
      useColour(args.color);
    }, true)
    .strict()
    .recommendCommands()
    .version(version)
    .alias({ h: "help", V: "version" })
    .epilogue(EXIT_STATUSES)
    .wrap(screen().width)
    .exitProcess(false);
}

/** `help check` is `check --help`, `help` is `--help`. */
function withoutHelpCommand(argv: readonly string[]): readonly string[] {
  const [first, ...rest] = argv;
  return first === "help" ? [...rest, "--help"] : argv;
}

/** The options and arguments that may be repeated. */
const REPEATABLE = new Set([
  "_",
  "scenario",
  "set",
  "function",
  "whyNot",
  "why-not",
  "pid",
  "inlined",
  "patch",
  "output",
]);

/** yargs makes an array of an option that is given twice, whatever its type. */
function mustBeGivenOnce(args: Readonly<Record<string, unknown>>): void {
  const twice = Object.keys(args).find((name) => Array.isArray(args[name]) && !REPEATABLE.has(name));
  if (twice !== undefined) throw new PmucheckError("PMC104", `--${twice} is given more than once`);
}

/** yargs' complaints span lines, and for an unknown command it only suggests. */
function oneLine(message: string | null): string {
  const text = (message ?? "the command line cannot be understood").trim().replace(/\s*\n\s*/g, " ");
  if (text.startsWith("Not enough non-option arguments")) return "an argument is missing";
  return text.startsWith("Did you mean") ? `unknown command; ${text.toLowerCase()}` : text;
}

/** The message, what was perhaps meant by an unknown option or command, and where help is. */
async function withAdvice(message: string, argv: readonly string[]): Promise<string> {
  const command = Object.keys(COMMANDS).find((name) => name === argv[0]);
  const help = `(see pmucheck ${command === undefined ? "" : `${command} `}--help)`;
  const [, unknown] = /^Unknown arguments?: ([^,]+)/.exec(message) ?? [];
  if (unknown === undefined) return `${message} ${help}`;
  const isOption = argv.some(
    (arg) => arg.startsWith("-") && arg.replace(/^-+/, "").split("=")[0] === unknown,
  );
  if (isOption) {
    const near = nearest(unknown, await optionsOf(command));
    return `unknown option --${unknown}${near.startsWith("; known") ? "" : near.replace("'", "'--")} ${help}`;
  }
  if (command !== undefined) return `unexpected argument '${unknown}' ${help}`;
  const isScenario = scenarios.some(({ name }) => name === unknown);
  const hint = isScenario
    ? `; did you mean pmucheck check ${unknown}?`
    : nearest(unknown, Object.keys(COMMANDS));
  return `unknown command '${unknown}'${hint} ${help}`;
}

/** The options of a command, read from its help. */
async function optionsOf(command: string | undefined): Promise<readonly string[]> {
  const argv = [...(command === undefined ? [] : [command]), "--help"];
  let help = "";
  await commandLine(argv, () => undefined).parseAsync([...argv], {}, (_error, _args, output) => {
    help = output;
  });
  return [...help.matchAll(/^ +(?:-\w, )?--([\w-]+)/gm)].flatMap(([, name]) => name ?? []);
}
