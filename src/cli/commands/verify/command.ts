/** `pmucheck verify`: its options. */
import type { Argv } from "yargs";

import { PmucheckError } from "../../../spec/errors.js";
import { refusePrinting, shardNamed } from "../../matrix/shard.js";
import { cache, queue, shard } from "../../matrix/matrix-options.js";
import { kernelOptions } from "../../arguments/kernel.js";
import {
  DEFAULT_MAX_STATES,
  json,
  positive,
  positiveIfGiven,
  progress,
  subject,
  type Register,
} from "../../arguments/options.js";
import { QUICK_MAX_STATES } from "../../arguments/large-scenarios.js";
import { RESULT_FORMATS, resultFormatOf } from "../../results/formats.js";
import { deliveryOf, expectOption } from "../../results/deliver.js";
import { outputOptions } from "../../results/output.js";

/** How much is printed, and whether a series is taken apart. */
const shown = {
  quiet: { type: "boolean", default: false, describe: "print one line: the outcome and the counts" },
  traces: {
    type: "boolean",
    default: false,
    describe: "print a trace of each cause of what it breaks",
  },
  "all-cells": {
    type: "boolean",
    default: false,
    describe: "name the cells that are broken with and without the fix",
  },
  whole: {
    type: "boolean",
    default: false,
    describe: "judge a series of patches as one, not patch by patch",
  },
} as const;

function options(of: Argv) {
  return of
    .positional("fix", { type: "string", describe: "NAME[+NAME...] or a file (./my-fix.ts)" })
    .options({
      all: { type: "boolean", default: false, describe: "rank the shipped fixes and combinations" },
      ...kernelOptions,
      driver: subject.driver,
      scenario: { type: "string", array: true, nargs: 1, default: [], describe: "in these only" },
      irq: subject.irq,
      property: { type: "string", describe: "this one only" },
      quick: {
        type: "boolean",
        default: false,
        describe: "leave out the scenarios of more than 100,000 states",
      },
      "max-states": {
        type: "number",
        describe: `stop as inconclusive after this many states [default: ${DEFAULT_MAX_STATES}]`,
      },
      jobs: { type: "number", describe: "processes [default: as many as there are cores]" },
      json: { ...json, describe: "short for --format json" },
      format: { choices: RESULT_FORMATS, describe: "see docs/use/formats.md [default: text]" },
      ...outputOptions,
      expect: expectOption,
      ...shown,
      progress,
      cache,
      shard,
      queue,
    });
}

/** The headings of --help, and what people ask most. */
function grouped(of: Argv) {
  return options(of)
    .group(
      ["kernel", "patch", "driver", "scenario", "irq", "property", "all", "quick", "whole"],
      "What is judged:",
    )
    .group(["max-states", "jobs", "cache", "shard", "queue"], "How:")
    .group(
      ["json", "format", "output", "expect", "timing", "quiet", "traces", "all-cells", "progress", "color"],
      "What is printed:",
    )
    .example("pmucheck verify relatch-at-start", "a shipped fix, in every scenario: some minutes")
    .example("pmucheck verify ./my-fix.ts --quick", "your own, without the largest scenarios")
    .example("pmucheck verify --kernel ~/linux --patch fix.patch", "a patch of a kernel tree");
}

export const verify: Register = (cli, end) =>
  cli.command("verify [fix]", "what a fix closes, breaks and leaves", grouped, async (args) => {
    if (args.all === (args.fix !== undefined)) {
      throw new PmucheckError("PMC104", "verify takes a FIX, or --all (see pmucheck list fixes)");
    }
    const maxStates =
      positiveIfGiven("max-states", args.maxStates) ?? (args.quick ? QUICK_MAX_STATES : DEFAULT_MAX_STATES);
    const { scenario, irq, property, quick, quiet, progress: tells } = args;
    const shardAsked = args.shard === undefined ? undefined : shardNamed(args.shard);
    if (shardAsked !== undefined) refusePrinting(args);
    const jobs = positiveIfGiven("jobs", args.jobs);
    const [{ runVerify }, { answering }, { Interruption }] = await Promise.all([
      import("./run.js"),
      import("../../matrix/answering.js"),
      import("../../thread/interruption.js"),
    ]);
    const interruption = new Interruption();
    const asked = {
      fix: args.fix,
      scenario,
      driver: args.driver,
      irq,
      property,
      maxStates: positive("max-states", maxStates),
      answer: await answering({ jobs, queue: args.queue, shard: args.shard, interruption }),
      interruption,
      ...deliveryOf(resultFormatOf(args), args),
      quick,
      quiet,
      traces: args.traces,
      allCells: args.allCells,
      whole: args.whole,
      progress: tells,
      cache: args.cache,
      shard: shardAsked,
    };
    end(await runVerify(asked));
  });
