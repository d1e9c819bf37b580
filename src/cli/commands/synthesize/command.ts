/** `pmucheck synthesize`: its options. */
import type { Argv } from "yargs";

import { availableParallelism } from "node:os";

import { defaultDriver } from "../../arguments/catalogue.js";
import { duration } from "../../arguments/duration.js";
import { cache } from "../../matrix/matrix-options.js";
import {
  LIST_FORMATS,
  json,
  listFormat,
  listFormatOf,
  positive,
  positiveIfGiven,
  progress,
  subject,
  type Register,
} from "../../arguments/options.js";

/** So many the smallest fix of linux-6.5 has; sets of that size are decided within minutes. */
const LARGEST = 8;

function options(of: Argv) {
  return of.options({
    driver: subject.driver,
    edits: { type: "string", describe: "more edits, from a file (export const edits = [...])" },
    require: {
      type: "string",
      array: true,
      nargs: 1,
      default: ["exactly-once", "no-loss", "no-duplicate"],
      describe: "must hold everywhere, unless excused; may be repeated",
    },
    keep: {
      type: "string",
      array: true,
      nargs: 1,
      default: [],
      describe: "must not be newly broken [default: every property but recognisable; none: nothing]",
    },
    scenario: { type: "string", array: true, nargs: 1, default: [], describe: "in these only" },
    size: { type: "number", default: LARGEST, describe: "decide sets of at most so many edits" },
    "searched-states": {
      type: "number",
      describe: "search in scenarios with fewer states only; sets that pass are verified in all",
    },
    verify: {
      type: "boolean",
      default: true,
      describe: "--no-verify: leave out the whole matrix of each set that is found",
    },
    "explain-unsat": {
      type: "string",
      describe: "why no set meets a property in a cell: merge/irq:exactly-once",
    },
    jobs: { type: "number", describe: "threads, or processes [default: as many as there are cores]" },
    cache,
    journal: { type: "string", describe: "keep what was learnt in this file, and go on from it" },
    for: { type: "string", describe: "end after this time (4m); the journal has what was learnt" },
    json,
    format: { ...listFormat, choices: LIST_FORMATS },
    progress,
  });
}

/** The headings of --help, and what people ask most. */
function grouped(of: Argv) {
  return options(of)
    .group(["driver", "edits", "require", "keep", "scenario", "explain-unsat"], "What is looked for:")
    .group(["size", "searched-states", "verify", "for", "journal", "jobs", "cache"], "How far:")
    .group(["json", "format", "progress", "color"], "What is printed:")
    .example("pmucheck synthesize --scenario one-cpu --size 2", "a minute: what is enough in one scenario")
    .example("pmucheck synthesize --for 1h --journal found.json", "an hour; the same command goes on")
    .example(
      "pmucheck synthesize --explain-unsat merge/irq:exactly-once",
      "why no set of edits is enough there",
    );
}

export const synthesize: Register = (cli, end) =>
  cli.command(
    "synthesize",
    "search for the smallest sets of edits that mend the driver",
    grouped,
    async (args) => {
      const { runSynthesize, runExplainUnsat } = await import("./run.js");
      const asked = {
        driver: args.driver ?? defaultDriver.name,
        edits: args.edits,
        required: args.require,
        kept: args.keep,
        scenario: args.scenario,
        size: positive("size", args.size),
        searchedStates: positiveIfGiven("searched-states", args.searchedStates) ?? Infinity,
        verify: args.verify,
        journal: args.journal,
        seconds: args.for === undefined ? Infinity : duration("for", args.for),
        format: listFormatOf(args),
        progress: args.progress,
        jobs: positiveIfGiven("jobs", args.jobs) ?? availableParallelism(),
        cache: args.cache,
      };
      const { explainUnsat } = args;
      end(
        explainUnsat === undefined ? await runSynthesize(asked) : await runExplainUnsat(explainUnsat, asked),
      );
    },
  );
