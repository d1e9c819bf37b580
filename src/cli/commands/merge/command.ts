/** `pmucheck merge`: its options. */
import { json, type Register } from "../../arguments/options.js";
import { trustOption } from "../../arguments/trust.js";
import { deliveryOf, expectOption } from "../../results/deliver.js";
import { RESULT_FORMATS, resultFormatOf } from "../../results/formats.js";
import { outputOptions } from "../../results/output.js";

export const merge: Register = (cli, end) =>
  cli.command(
    "merge <part..>",
    "put together the parts of check --all or verify (--shard)",
    (of) =>
      of
        .positional("part", {
          type: "string",
          array: true,
          demandOption: true,
          describe: "a file for each part",
        })
        .options({
          format: { choices: RESULT_FORMATS, describe: "see docs/use/formats.md [default: text]" },
          json: { ...json, describe: "short for --format json" },
          ...outputOptions,
          expect: expectOption,
          traces: {
            type: "boolean",
            default: false,
            describe: "the traces too, as check and verify have it",
          },
          quiet: {
            type: "boolean",
            default: false,
            describe: "of verify: print one line, the outcome and the counts",
          },
          "all-cells": {
            type: "boolean",
            default: false,
            describe: "of verify: name the cells that are broken with and without the fix",
          },
          ...trustOption,
        })
        .example("pmucheck check --all --shard 1/3 > 1.json", "on the first of three machines")
        .example("pmucheck merge 1.json 2.json 3.json", "the table of all"),
    async (args) => {
      const { runMerge } = await import("./run.js");
      const { traces, quiet, allCells, trust } = args;
      const delivery = deliveryOf(resultFormatOf(args), args);
      end(await runMerge(args.part, { delivery, traces, quiet, allCells, trust }));
    },
  );
