/** `pmucheck check`: its options. */
import { availableParallelism } from "node:os";

import { PmucheckError } from "../../spec/errors.js";
import { defaultDriver, defaultProperty } from "../catalogue.js";
import { duration } from "../duration.js";
import { memorySize } from "../memory-size.js";
import { json, maxStates, positive, positiveIfGiven, progress, subject, type Register } from "../options.js";
import { RESULT_FORMATS, resultFormatOf } from "../result-formats.js";
import { settingsOf } from "../settings.js";

const MEMORY = "4G";

/** Instead of exploring. */
const sampling = {
  estimate: {
    type: "boolean",
    default: false,
    describe: "how many states there are, how long and how much memory they take; no verdict",
  },
  simulate: {
    type: "boolean",
    default: false,
    describe: "random walks instead of exploring: violated or inconclusive, never holds",
  },
  walks: { type: "number", describe: "with --simulate: at most so many (1000)" },
  steps: { type: "number", describe: "with --simulate: steps of a walk (2000)" },
  seed: { type: "number", describe: "with --simulate: fast-check's seed (0)" },
  "walk-path": { type: "string", describe: "with --simulate: fast-check's path to a walk under this seed" },
} as const;

/** For one check. */
const interrupting = {
  time: { type: "string", describe: "stop after so long (30s, 5m, 1h), and leave a checkpoint" },
  checkpoint: { type: "string", describe: "the file for it [default: pmucheck-SCENARIO-HASH.checkpoint]" },
  resume: { type: "string", describe: "go on from a checkpoint; it says what is checked" },
} as const;

export const check: Register = (cli, end) =>
  cli.command(
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
          "max-states": maxStates,
          memory: { type: "string", default: MEMORY, describe: "give up, inconclusive, beyond (4G at most)" },
          engine: {
            choices: ["wasm", "js"] as const,
            describe: "the inner loops: WebAssembly [default, where there is one] or TypeScript",
          },
          shortest: {
            choices: ["cost", "steps"] as const,
            describe:
              "what traces have fewest: interrupts, context switches and migrations, then steps [default: cost]; or steps",
          },
          json: { ...json, describe: "short for --format json" },
          format: {
            choices: RESULT_FORMATS,
            describe: "what to print the verdicts as [default: text]; see docs/formats.md",
          },
          quiet: { type: "boolean", default: false, describe: "print the verdict lines only" },
          progress,
          all: {
            type: "boolean",
            default: false,
            describe: "every scenario (or those named) x driver x interrupt mode x property",
          },
          ...sampling,
          ...interrupting,
          jobs: {
            type: "number",
            describe: "threads of a search, or processes for --all [default: as many as there are cores]",
          },
          traces: { type: "boolean", default: false, describe: "with --all --json: the traces too" },
        }),
    async (args) => {
      const limit = positive("max-states", args.maxStates);
      const jobs = positiveIfGiven("jobs", args.jobs);
      const { irq, driver, fix, property } = args;
      const format = resultFormatOf(args);
      if (args.all) {
        refuseWith("--all", args, [
          "simulate",
          "estimate",
          "walks",
          "steps",
          "seed",
          "walk-path",
          "engine",
          "shortest",
        ]);
        refuseWith("--all", args, Object.keys(interrupting));
        const { runMatrix } = await import("../matrix-command.js");
        const settings = settingsOf({ irq: undefined, set: args.set });
        const choice = { irq, driver, fix, property, settings, jobs, format, maxStates: limit };
        end(await runMatrix({ ...args, ...choice }));
        return;
      }
      const names = {
        driver: driver ?? defaultDriver.name,
        property: property ?? defaultProperty.name,
        fix: args.fix,
      };
      if (args.traces) throw new PmucheckError("PMC104", "--traces is for --all");
      if (args.simulate) {
        refuseWith("--simulate", args, [
          "estimate",
          "engine",
          "jobs",
          "shortest",
          ...Object.keys(interrupting),
        ]);
        const { runSimulate } = await import("../simulate-command.js");
        end(await runSimulate({ ...args, ...names, format }));
        return;
      }
      refuseWithoutSimulate(args);
      if (args.estimate) {
        refuseWith("--estimate", args, ["jobs", "shortest", ...Object.keys(interrupting)]);
        if (format !== "text" && format !== "json") {
          throw new PmucheckError("PMC104", `--estimate prints text or json, not ${format}`);
        }
        const { runEstimate } = await import("../estimate-command.js");
        end(await runEstimate({ ...args, ...names, json: format === "json" }));
        return;
      }
      const { runCheck } = await import("../check-command.js");
      const maxBytes = memorySize(args.memory);
      const limits = {
        maxStates: limit,
        maxBytes,
        engine: args.engine,
        jobs: jobs ?? availableParallelism(),
        shortest: args.shortest,
      };
      const { time, checkpoint, resume, scenario } = args;
      if (resume !== undefined || scenario.length === 1) {
        const { runResumableCheck } = await import("../resumable-check-command.js");
        end(
          await runResumableCheck({
            ...args,
            ...names,
            ...limits,
            irq,
            format,
            time: time === undefined ? undefined : { seconds: duration("time", time), text: time },
            checkpoint,
            resume,
            restated: { scenario, driver, fix, property, irq, set: args.set },
            limits: limitsGiven(args),
          }),
        );
        return;
      }
      const needsOne = Object.keys(interrupting).find((option) => args[option] !== undefined);
      if (needsOne !== undefined) {
        throw new PmucheckError(
          "PMC104",
          `--${needsOne} is for one scenario, and ${scenario.length === 0 ? "none is" : `${scenario.length} are`} named: a checkpoint holds one check`,
        );
      }
      end(await runCheck({ ...args, ...names, ...limits, irq, format }));
    },
  );

/** Throws PMC104 if one of the options was given beside `option`. */
function refuseWith(
  option: string,
  args: Readonly<Record<string, unknown>>,
  others: readonly string[],
): void {
  const given = others.find((name) => args[name] !== undefined && args[name] !== false);
  if (given !== undefined) throw new PmucheckError("PMC104", `${option} and --${given} do not go together`);
}

/** The limits that are not the defaults, as options: so that the check goes on with them. */
function limitsGiven(args: {
  readonly maxStates: number;
  readonly memory: string;
  readonly engine: string | undefined;
}): string[] {
  return [
    ...(args.maxStates === maxStates.default ? [] : [`--max-states ${args.maxStates}`]),
    ...(args.memory === MEMORY ? [] : [`--memory ${args.memory}`]),
    ...(args.engine === undefined ? [] : [`--engine ${args.engine}`]),
  ];
}

function refuseWithoutSimulate(args: Readonly<Record<string, unknown>>): void {
  const given = ["walks", "steps", "seed", "walk-path"].find((option) => args[option] !== undefined);
  if (given !== undefined) throw new PmucheckError("PMC104", `--${given} is for --simulate`);
}
