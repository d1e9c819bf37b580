/** `pmucheck minimize`: its options. */
import { PARAMETER_LIMITS } from "../../../minimize/parameter-limit.js";
import { json, positive, progress, TRACE_FILE, type Register } from "../../arguments/options.js";
import { trustOption } from "../../arguments/trust.js";

export const minimize: Register = (cli, end) =>
  cli.command(
    "minimize [file]",
    "make a trace smaller, until no step can be left out",
    (of) =>
      of
        .positional("file", { type: "string", describe: TRACE_FILE })
        .options({
          parameters: {
            choices: PARAMETER_LIMITS,
            default: "default" as const,
            describe: "shrink parameters: not at all, to their defaults, or as far as they go",
          },
          budget: { type: "number", default: 20_000, describe: "the most states to look at for short cuts" },
          search: {
            type: "number",
            default: 2_000_000,
            describe: "the most states for a search from the start, 0 for none",
          },
          full: { type: "boolean", default: false, describe: "print the steps too" },
          ...trustOption,
          json,
          progress,
        })
        .example("pmucheck minimize", "the last result")
        .example(
          "pmucheck minimize result.json --parameters smallest --full",
          "with parameters as small as they go, and every step",
        ),
    async (args) => {
      const { runMinimize } = await import("./run.js");
      const search = args.search === 0 ? 0 : positive("search", args.search);
      end(await runMinimize({ ...args, search, budget: positive("budget", args.budget) }));
    },
  );
