/** `pmucheck check`: which of its ways is asked for. */
import { availableParallelism } from "node:os";

import type { Argv } from "yargs";

import type { ReductionName } from "../../../check/request.js";
import { PmucheckError } from "../../../spec/errors.js";
import { duration } from "../../arguments/duration.js";
import { memorySize } from "../../arguments/memory-size.js";
import {
  json,
  maxStates,
  positive,
  positiveIfGiven,
  progress,
  subject,
  type Register,
} from "../../arguments/options.js";
import { trustOption } from "../../arguments/trust.js";
import { deliveryOf, expectOption } from "../../results/deliver.js";
import { RESULT_FORMATS, resultFormatOf } from "../../results/formats.js";
import { outputOptions } from "../../results/output.js";
import { refusePrinting, shardNamed } from "../../matrix/shard.js";
import { cache, queue, shard } from "../../matrix/matrix-options.js";
import { settingsOf } from "../../arguments/parameter-settings.js";
import type { ExitStatus } from "../../exit-status.js";
import { workloadName, workloadOptions } from "../../workload/workload.js";
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
      ...workloadOptions,
      "max-states": maxStates,
      memory: {
        type: "string",
        default: DEFAULT_MEMORY,
        describe: "stop as inconclusive beyond this much memory, as in 512M or 16G",
      },
      ...searching,
      ...reducing,
      json: { ...json, describe: "short for --format json" },
      format: {
        choices: RESULT_FORMATS,
        describe: "what to print the verdicts as [default: text]; see docs/use/formats.md",
      },
      ...outputOptions,
      expect: expectOption,
      quiet: { type: "boolean", default: false, describe: "print the verdict lines only" },
      trace: { type: "boolean", default: false, describe: "print every step of the trace too" },
      assumptions: { type: "boolean", default: false, describe: "print what the verdict rests on, in words" },
      full: { type: "boolean", default: false, describe: "print everything that is known of the check" },
      progress,
      all: {
        type: "boolean",
        default: false,
        describe: "every scenario (or those named) x driver x interrupt mode x property",
      },
      cache,
      shard: { ...shard, describe: `with --all: ${shard.describe}` },
      queue: { ...queue, describe: `with --all: ${queue.describe}` },
      ...sampling,
      ...interrupting,
      ...trustOption,
      jobs: {
        type: "number",
        describe: "threads of a search, or processes for --all [default: as many as there are cores]",
      },
      traces: { type: "boolean", default: false, describe: "with --all --json: the traces too" },
    });
}

type Options = Awaited<ReturnType<typeof options>["argv"]>;

/** The headings of --help, in their order. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  "What is checked:": ["kernel", "patch", "driver", "fix", "property", "irq", "set", "all"],
  "A workload in words instead of a scenario:": Object.keys(workloadOptions),
  "What is printed:": [
    "json",
    "format",
    "output",
    "expect",
    "timing",
    "quiet",
    "trace",
    "assumptions",
    "full",
    "traces",
    "progress",
    "color",
  ],
  "Bounds:": [
    "max-states",
    "memory",
    "time",
    "checkpoint",
    "resume",
    "trust",
    "jobs",
    "shard",
    "queue",
    "cache",
  ],
  "How it searches:": ["engine", "audit", "shortest", "reduction", "symmetry", "audit-reductions"],
  "Instead of searching:": ["estimate", "simulate", "walks", "steps", "seed", "walk-path"],
};

/** For --help: what people ask most. */
const EXAMPLES: readonly (readonly [string, string])[] = [
  ["pmucheck check ping-pong --irq nmi", "one scenario, with a pseudo-NMI"],
  ["pmucheck check --driver 6.12 --fix no-clear", "every scenario, in a kernel with a fix"],
  ["pmucheck check --event A:period=3 --other RESET,PERIOD=5 --switches", "a workload in words"],
  ["pmucheck check hotplug --irq nmi --time 30s", "stop after 30 seconds; --resume goes on"],
];

function grouped(of: Argv) {
  const made = options(of);
  for (const [title, names] of Object.entries(GROUPS)) made.group([...names], title);
  for (const [command, what] of EXAMPLES) made.example(command, what);
  return made;
}

export const check: Register = (cli, end) =>
  cli.command(
    "check [scenario..]",
    "check one property in one or more scenarios (default: all)",
    grouped,
    async (args) => end(await dispatch(args)),
  );

/** A quick workload is one more scenario. */
function withWorkload(args: Options): Options {
  const name = workloadName(args);
  return name === undefined ? args : { ...args, scenario: [...args.scenario, name] };
}

async function dispatch(given: Options): Promise<ExitStatus> {
  const args = withWorkload(given);
  const limit = positive("max-states", args.maxStates);
  const jobs = positiveIfGiven("jobs", args.jobs);
  const format = resultFormatOf(args);
  refuseContradictions(args);
  const delivery = deliveryOf(format, args);
  if (args.shard !== undefined) {
    if (!args.all) throw new PmucheckError("PMC104", "--shard is for check --all");
    refusePrinting(args);
  }
  if (args.queue !== undefined && !args.all) throw new PmucheckError("PMC104", "--queue is for check --all");
  if (args.all) {
    const [{ runMatrix }, { answering }, { Interruption }] = await Promise.all([
      import("../../matrix/run.js"),
      import("../../matrix/answering.js"),
      import("../../thread/interruption.js"),
    ]);
    const settings = settingsOf({ irq: undefined, set: args.set });
    const { irq, driver, fix, property } = args;
    const part = args.shard === undefined ? undefined : shardNamed(args.shard);
    const asked = { irq, driver, fix, property, settings, maxStates: limit };
    const interruption = new Interruption();
    return runMatrix({
      ...args,
      ...asked,
      answer: await answering({ ...args, jobs, interruption }),
      interruption,
      delivery,
      shard: part,
    });
  }
  const names = {
    driver: args.driver,
    property: args.property,
    fix: args.fix,
  };
  if (args.simulate) {
    const { runSimulate } = await import("./simulate.js");
    return runSimulate({ ...args, ...names, delivery });
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
    delivery,
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
