/** `pmucheck check`: which of its ways is asked for. */
import { availableParallelism } from "node:os";

import type { Argv } from "yargs";

import type { ReductionName } from "../../check/request.js";
import { PmucheckError } from "../../spec/errors.js";
import { defaultDriver, defaultProperty } from "../arguments/catalogue.js";
import { duration } from "../arguments/duration.js";
import { memorySize } from "../arguments/memory-size.js";
import {
  json,
  maxStates,
  positive,
  positiveIfGiven,
  progress,
  subject,
  type Register,
} from "../arguments/options.js";
import { RESULT_FORMATS, resultFormatOf } from "../arguments/result-formats.js";
import { settingsOf } from "../arguments/parameter-settings.js";
import type { ExitStatus } from "../exit-status.js";
import {
  DEFAULT_MEMORY,
  interrupting,
  limitsGiven,
  reducing,
  refuseContradictions,
  sampling,
  searching,
} from "./options.js";

function options(of: Argv) {
  return of
    .positional("scenario", {
      type: "string",
      array: true,
      default: [],
      describe: "see pmucheck list scenarios",
    })
    .options(subject)
    .options({
      "max-states": maxStates,
      memory: {
        type: "string",
        default: DEFAULT_MEMORY,
        describe: "give up, inconclusive, beyond (4G at most)",
      },
      ...searching,
      ...reducing,
      json: { ...json, describe: "short for --format json" },
      format: {
        choices: RESULT_FORMATS,
        describe: "what to print the verdicts as [default: text]; see docs/use/formats.md",
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
    });
}

type Options = Awaited<ReturnType<typeof options>["argv"]>;

export const check: Register = (cli, end) =>
  cli.command(
    "check [scenario..]",
    "check a property in scenarios (all of them if none is named)",
    options,
    async (args) => end(await dispatch(args)),
  );

async function dispatch(args: Options): Promise<ExitStatus> {
  const limit = positive("max-states", args.maxStates);
  const jobs = positiveIfGiven("jobs", args.jobs);
  const format = resultFormatOf(args);
  refuseContradictions(args);
  if (args.all) {
    const { runMatrix } = await import("../matrix/run.js");
    const settings = settingsOf({ irq: undefined, set: args.set });
    const { irq, driver, fix, property } = args;
    return runMatrix({ ...args, irq, driver, fix, property, settings, jobs, format, maxStates: limit });
  }
  const names = {
    driver: args.driver ?? defaultDriver.name,
    property: args.property ?? defaultProperty.name,
    fix: args.fix,
  };
  if (args.simulate) {
    const { runSimulate } = await import("./simulate.js");
    return runSimulate({ ...args, ...names, format });
  }
  if (args.estimate) {
    if (format !== "text" && format !== "json") {
      throw new PmucheckError("PMC104", `--estimate prints text or json, not ${format}`);
    }
    const { runEstimate } = await import("./estimate.js");
    return runEstimate({ ...args, ...names, json: format === "json" });
  }
  refuseCheckpointOfSeveral(args);
  const { scenario, driver, fix, property, irq, set, time } = args;
  const { runCheck } = await import("./run.js");
  return runCheck({
    ...args,
    ...names,
    irq,
    format,
    maxStates: limit,
    maxBytes: memorySize(args.memory),
    jobs: jobs ?? availableParallelism(),
    reduction: reductionOf(args),
    time: time === undefined ? undefined : { seconds: duration("time", time), text: time },
    checkpoint: args.checkpoint,
    resume: args.resume,
    restated: { scenario, driver, fix, property, irq, set },
    limits: limitsGiven(args),
  });
}

function reductionOf({ reduction, symmetry, auditReductions }: Options): ReductionName | undefined {
  if (symmetry) return "symmetry";
  return reduction || auditReductions ? "safe-steps" : undefined;
}

/** Throws PMC104 for --time, --checkpoint or --resume with anything but one scenario. */
function refuseCheckpointOfSeveral(args: Options): void {
  const { scenario } = args;
  if (args.resume !== undefined || scenario.length === 1) return;
  const option = Object.keys(interrupting).find((name) => args[name] !== undefined);
  if (option === undefined) return;
  const named = scenario.length === 0 ? "none is" : `${scenario.length} are`;
  throw new PmucheckError(
    "PMC104",
    `--${option} is for one scenario, and ${named} named: a checkpoint holds one check`,
  );
}
