/**
 * The command line: what may be said, and which command it means.
 */
import yargs from "yargs";

import { PmucheckError } from "../spec/errors.js";
import { defaultDriver, defaultProperty } from "./catalogue.js";
import type { ExitStatus } from "./exit-status.js";
import { EXIT } from "./exit-status.js";
import { LISTS } from "./list-command.js";
import { settingsOf } from "./settings.js";
import { version } from "./version.js";

const USAGE = `Does every counter overflow yield exactly one perf_event_overflow?

  pmucheck check                                  every scenario, driver ${defaultDriver.name}
  pmucheck check ping-pong --irq nmi --set skid=0
  pmucheck replay trace.json`;

const EXIT_STATUSES = `Exit status: 0 holds, 10 faulty model, 11 stuck, 12 violated, 13 violated for ever, 14 vacuous, 125 inconclusive,
128 internal error, 129 usage. See docs/exit-status.md.`;

const DEFAULT_MAX_STATES = 20_000_000;
/** More than twice what the largest cell of the default set has. */
const MUTANT_MAX_STATES = 60_000;

/**
 * Parses and runs; returns the exit status.
 * Throws PMC104 for a command line that cannot be understood, and what the commands throw.
 */
export async function run(argv: readonly string[]): Promise<ExitStatus> {
  let status: ExitStatus = EXIT.holds;
  const subject = {
    driver: { type: "string", describe: `the kernel version to check, ${defaultDriver.name} by default` },
    property: { type: "string", describe: `what must hold, ${defaultProperty.name} by default` },
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
            json,
            all: {
              type: "boolean",
              default: false,
              describe: "every scenario (or those named) x driver x interrupt mode x property",
            },
            jobs: { type: "number", describe: "processes for --all, as many as there are cores by default" },
            markdown: { type: "boolean", default: false, describe: "with --all: as docs/scenarios.md" },
            traces: { type: "boolean", default: false, describe: "with --all --json: the traces too" },
            quiet: { type: "boolean", default: false, describe: "print the verdict lines only" },
            progress: { type: "boolean", default: process.stderr.isTTY, describe: "show progress on stderr" },
          }),
      async (args) => {
        const maxStates = positive("max-states", args.maxStates);
        const { irq, driver, property } = args;
        if (args.all) {
          const { runMatrix } = await import("./matrix-command.js");
          const settings = settingsOf({ irq: undefined, set: args.set });
          const jobs = args.jobs === undefined ? undefined : positive("jobs", args.jobs);
          status = await runMatrix({ ...args, irq, driver, property, settings, maxStates, jobs });
          return;
        }
        const { runCheck } = await import("./check-command.js");
        status = runCheck({
          ...args,
          irq,
          driver: driver ?? defaultDriver.name,
          property: property ?? defaultProperty.name,
          maxStates,
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
        const driver = args.driver ?? defaultDriver.name;
        const property = args.property ?? defaultProperty.name;
        const where = { file, scenario, irq, path, hash, loop: stepNumber(loop) };
        status = runReplay({ ...args, ...where, driver, property });
      },
    )
    .command(
      "claims",
      "decide the claims of the mail thread",
      (of) => of.options({ json }),
      async (args) => {
        const { runClaims } = await import("./claims-command.js");
        status = runClaims(args);
      },
    )
    .command(
      "mutate",
      "score the properties: mistakes in the driver and the hardware that nothing notices",
      (of) =>
        of.options({
          scenario: { type: "string", array: true, default: [], describe: "run mutants in these only" },
          driver: subject.driver,
          irq: subject.irq,
          set: subject.set,
          function: { type: "string", array: true, default: [], describe: "mutate these functions only" },
          hardware: { type: "boolean", describe: "mutate the hardware's rules (unless functions are named)" },
          "max-states": {
            type: "number",
            default: MUTANT_MAX_STATES,
            describe: "give a mutant up, undecided, beyond",
          },
          json,
          markdown: { type: "boolean", default: false, describe: "print the page docs/mutants.md" },
          quiet: { type: "boolean", default: false, describe: "print the score only" },
          progress: { type: "boolean", default: process.stderr.isTTY, describe: "show progress on stderr" },
        }),
      async (args) => {
        const { runMutate } = await import("./mutate-command.js");
        const { irq, hardware } = args;
        const driver = args.driver ?? defaultDriver.name;
        status = runMutate({ ...args, driver, irq, hardware, maxStates: positive("max-states", args.maxStates) });
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
    .demandCommand(1, "name a command: check, replay, claims, mutate or list")
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
