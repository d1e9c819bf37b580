/** `pmucheck check`: its options. */
import { PmucheckError } from "../../spec/errors.js";
import { defaultDriver, defaultProperty } from "../catalogue.js";
import { memorySize } from "../memory-size.js";
import { json, maxStates, positive, positiveIfGiven, progress, subject, type Register } from "../options.js";
import { RESULT_FORMATS, resultFormatOf } from "../result-formats.js";
import { settingsOf } from "../settings.js";

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
          memory: { type: "string", default: "4G", describe: "give up, inconclusive, beyond (4G at most)" },
          engine: {
            choices: ["wasm", "js"] as const,
            describe: "the inner loops: WebAssembly [default, where there is one] or TypeScript",
          },
          reduction: {
            type: "boolean",
            default: false,
            describe: "prove what holds on fewer states (docs/reductions.md)",
          },
          "audit-reductions": {
            type: "boolean",
            default: false,
            describe: "the same, and compare with the search of all states",
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
          jobs: { type: "number", describe: "processes for --all [default: as many as there are cores]" },
          traces: { type: "boolean", default: false, describe: "with --all --json: the traces too" },
        }),
    async (args) => {
      const limit = positive("max-states", args.maxStates);
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
          "reduction",
          "audit-reductions",
        ]);
        const { runMatrix } = await import("../matrix-command.js");
        const settings = settingsOf({ irq: undefined, set: args.set });
        const jobs = positiveIfGiven("jobs", args.jobs);
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
      if (args.jobs !== undefined) throw new PmucheckError("PMC104", "--jobs is for --all");
      if (args.simulate) {
        refuseWith("--simulate", args, ["estimate", "engine", "reduction", "audit-reductions"]);
        const { runSimulate } = await import("../simulate-command.js");
        end(await runSimulate({ ...args, ...names, format }));
        return;
      }
      refuseWithoutSimulate(args);
      if (args.estimate) {
        refuseWith("--estimate", args, ["reduction", "audit-reductions"]);
        if (format !== "text" && format !== "json") {
          throw new PmucheckError("PMC104", `--estimate prints text or json, not ${format}`);
        }
        const { runEstimate } = await import("../estimate-command.js");
        end(await runEstimate({ ...args, ...names, json: format === "json" }));
        return;
      }
      const { runCheck } = await import("../check-command.js");
      const maxBytes = memorySize(args.memory);
      const limits = { maxStates: limit, maxBytes, engine: args.engine };
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

function refuseWithoutSimulate(args: Readonly<Record<string, unknown>>): void {
  const given = ["walks", "steps", "seed", "walk-path"].find((option) => args[option] !== undefined);
  if (given !== undefined) throw new PmucheckError("PMC104", `--${given} is for --simulate`);
}
