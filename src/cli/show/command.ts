/** `pmucheck show`: its options. */
import { TRACE_FORMATS } from "../../report/formats/catalogue.js";
import { positiveIfGiven, type Register } from "../arguments/options.js";

export const show: Register = (cli, end) =>
  cli.command(
    "show <file>",
    "show a trace in another format: a file made by check --json or replay --json",
    (of) =>
      of.positional("file", { type: "string", demandOption: true }).options({
        format: { choices: TRACE_FORMATS, default: "columns", describe: "see docs/use/formats.md" },
        check: { type: "number", describe: "which check of the file, 1 for the first" },
      } as const),
    async ({ file, format, check }) => {
      const { runShow } = await import("./run.js");
      end(runShow({ file, format, check: positiveIfGiven("check", check) }));
    },
  );
