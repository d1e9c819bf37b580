/** `pmucheck explain`: its options. */
import { json, positive, progress, TRACE_FILE, type Register } from "../../arguments/options.js";
import { trustOption } from "../../arguments/trust.js";

export const explain: Register = (cli, end) =>
  cli.command(
    "explain [file]",
    "why a trace ends in a violation, and how it could have gone well",
    (of) =>
      of
        .positional("file", { type: "string", describe: TRACE_FILE })
        .options({
          "why-not": {
            type: "string",
            array: true,
            nargs: 1,
            default: [],
            describe: "why a process could not go, PROCESS@STEP or 'PROCESS: CHOICE@STEP'",
          },
          budget: { type: "number", default: 2_000_000, describe: "the most states for one question" },
          ...trustOption,
          full: {
            type: "boolean",
            default: false,
            describe: "also the execution that goes well, last writers, and all steps that it needs",
          },
          json,
          progress,
        })
        .example("pmucheck explain", "the last result")
        .example("pmucheck explain one-cpu", "the trace of this scenario, of several that were checked last")
        .example("pmucheck explain --why-not irq0@20", "why the interrupt was not taken at step 20"),
    async (args) => {
      const { runExplain } = await import("./run.js");
      end(await runExplain({ ...args, budget: positive("budget", args.budget) }));
    },
  );
