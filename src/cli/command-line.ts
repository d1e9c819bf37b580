/**
 * The command line: what may be said, and which command it means.
 */
import yargs from "yargs";

import { PmucheckError } from "../spec/errors.js";
import { defaultDriver } from "./arguments/catalogue.js";
import { stateKernel } from "./arguments/kernel.js";
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
import { version } from "./version.js";

const USAGE = `Does every counter overflow yield exactly one perf_event_overflow?

  pmucheck check                                  every scenario, driver ${defaultDriver.name}
  pmucheck check ping-pong --irq nmi --set skid=0
  pmucheck check --all                            the whole matrix
  pmucheck replay trace.json`;

const EXIT_STATUSES = `Exit status: 0 holds, 10 faulty model, 11 stuck, 12 violated, 13 violated for ever, 14 vacuous,
125 inconclusive, 128 internal error, 129 usage, 130 and 143 interrupted. See docs/use/exit-status.md.`;

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
export async function run(argv: readonly string[]): Promise<ExitStatus> {
  let status: ExitStatus = EXIT.holds;
  const end = (of: ExitStatus) => {
    status = of;
  };
  let cli = yargs([...argv])
    .scriptName("pmucheck")
    .usage(USAGE);
  for (const register of Object.values(COMMANDS)) cli = register(cli, end);
  const names = Object.keys(COMMANDS);
  await cli
    .demandCommand(1, `name a command: ${names.slice(0, -1).join(", ")} or ${names.at(-1)}`)
    .middleware((args) => {
      mustBeGivenOnce(args);
      stateKernel(args as Record<string, unknown>);
    }, true)
    .strict()
    .recommendCommands()
    .version(version)
    .epilogue(EXIT_STATUSES)
    .wrap(100)
    .exitProcess(false)
    // Must throw: a handler that returns lets the command run on arguments that are wrong.
    .fail((message: string | null, error: Error | undefined) => {
      throw error ?? new PmucheckError("PMC104", `${oneLine(message)} (see pmucheck --help)`);
    })
    .parseAsync();
  return status;
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
]);

/** yargs makes an array of an option that is given twice, whatever its type. */
function mustBeGivenOnce(args: Readonly<Record<string, unknown>>): void {
  const twice = Object.keys(args).find((name) => Array.isArray(args[name]) && !REPEATABLE.has(name));
  if (twice !== undefined) throw new PmucheckError("PMC104", `--${twice} is given more than once`);
}

/** yargs' complaints span lines, and for an unknown command it only suggests. */
function oneLine(message: string | null): string {
  const text = (message ?? "the command line cannot be understood").trim().replace(/\s*\n\s*/g, " ");
  return text.startsWith("Did you mean") ? `unknown command; ${text.toLowerCase()}` : text;
}
