/** `pmucheck merge`: its options. */
import { json, type Register } from "../../arguments/options.js";
import { deliveryOf } from "../../results/deliver.js";
import { RESULT_FORMATS, resultFormatOf } from "../../results/formats.js";
import { outputOptions } from "../../results/output.js";

export const merge: Register = (cli, end) =>
  cli.command(
    "merge <part..>",
    "put together what check --all --shard printed on several machines",
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
          traces: { type: "boolean", default: false, describe: "with --json: the traces too" },
        }),
    async (args) => {
      const { runMerge } = await import("./run.js");
      end(
        await runMerge(args.part, { delivery: deliveryOf(resultFormatOf(args), args), traces: args.traces }),
      );
    },
  );
