/**
 * The command line: what may be said, and which command it means.
 */
import yargs from "yargs";

import { PmucheckError } from "../spec/errors.js";
import { defaultDriver, defaultProperty } from "./catalogue.js";
import type { ExitStatus } from "./exit-status.js";
import { EXIT } from "./exit-status.js";
import { LISTS } from "./list-command.js";
import { memorySize } from "./memory-size.js";
import { version } from "./version.js";

const USAGE = `Does every counter overflow yield exactly one perf_event_overflow?

  pmucheck check                                  every scenario, driver ${defaultDriver.name}
  pmucheck check ping-pong --irq nmi --set skid=0
  pmucheck replay trace.json`;

const EXIT_STATUSES = `Exit status: 0 holds, 10 faulty model, 11 stuck, 12 violated, 14 vacuous, 125 inconclusive,
128 internal error, 129 usage. See docs/exit-status.md.`;

const DEFAULT_MAX_STATES = 20_000_000;

/**
 * Parses and runs; returns the exit status.
 * Throws PMC104 for a command line that cannot be understood, and what the commands throw.
 */
export async function run(argv: readonly string[]): Promise<ExitStatus> {
  let status: ExitStatus = EXIT.holds;
  const subject = {
    driver: { type: "string", default: defaultDriver.name, describe: "the kernel version to check" },
    property: { type: "string", default: defaultProperty.name, describe: "what must hold" },
    irq: { type: "string", describe: "the PMU interrupt: irq or nmi (short for --set irq=...)" },
    set: {
      type: "string",
      array: true,
      nargs: 1,
      default: [],
      describe: "a parameter, NAME=VALUE; may be repeated",
    },
  } as const;
  const json = {
    type: "boolean",
    default: false,
    describe: "print one JSON document instead of text",
  } as const;
  await yargs([...argv])
    .scriptName("pmucheck")
    .usage(USAGE)
    .command(
      "check [scenario..]",
      "check a property in scenarios (all of them if none is named)",
      (of) =>
        of
          .positional("scenario", {
            type: "string",
            array: true,
            default: [],
            describe: "see pmucheck list scenarios",
          })
          .options(subject)
          .options({
            "max-states": {
              type: "number",
              default: DEFAULT_MAX_STATES,
              describe: "give up, inconclusive, beyond",
            },
            memory: { type: "string", default: "4G", describe: "give up, inconclusive, beyond (4G at most)" },
            engine: {
              choices: ["wasm", "js"] as const,
              describe: "the inner loops: WebAssembly (default where there is one) or TypeScript",
            },
            json,
            quiet: { type: "boolean", default: false, describe: "print the verdict lines only" },
            progress: { type: "boolean", default: process.stderr.isTTY, describe: "show progress on stderr" },
          }),
      async (args) => {
        const { runCheck } = await import("./check-command.js");
        status = runCheck({
          ...args,
          irq: args.irq,
          maxStates: positive("max-states", args.maxStates),
          maxBytes: memorySize(args.memory),
          engine: args.engine,
        });
      },
    )
    .command(
      "replay [file]",
      "walk a trace again: a file made by check --json, or --scenario and --path",
      (of) =>
        of
          .positional("file", { type: "string" })
          .options({ scenario: { type: "string", describe: "the trace's scenario" } })
          .options(subject)
          .options({
            path: { type: "string", describe: "the trace's path" },
            loop: { type: "number", describe: "the steps after this many repeat for ever" },
            hash: { type: "string", describe: "the trace's hash: refuse to replay under another" },
            json,
          }),
      async (args) => {
        const { runReplay } = await import("./replay-command.js");
        const { file, scenario, irq, path, loop, hash } = args;
        status = runReplay({ ...args, file, scenario, irq, path, hash, loop: stepNumber(loop) });
      },
    )
    .command(
      "list <what>",
      "list what there is to choose from",
      (of) => of.positional("what", { choices: LISTS, demandOption: true }),
      async ({ what }) => {
        const { runList } = await import("./list-command.js");
        status = runList(what);
      },
    )
    .demandCommand(1, "name a command: check, replay or list")
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

/** yargs' complaints span lines, and for an unknown command it only suggests. */
function oneLine(message: string | null): string {
  const text = (message ?? "the command line cannot be understood").trim().replace(/\s*\n\s*/g, " ");
  return text.startsWith("Did you mean") ? `unknown command; ${text.toLowerCase()}` : text;
}

function stepNumber(loop: number | undefined): number | undefined {
  if (loop === undefined || (Number.isInteger(loop) && loop >= 0)) return loop;
  throw new PmucheckError("PMC104", "--loop takes a number of steps");
}

function positive(option: string, value: number): number {
  if (Number.isInteger(value) && value > 0) return value;
  throw new PmucheckError("PMC104", `--${option} takes a whole number above 0`);
}
