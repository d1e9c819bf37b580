/** `pmucheck show`: its options. */
import { TRACE_FORMATS } from "../../../report/formats/catalogue.js";
import { trustOption } from "../../arguments/trust.js";
import { output, positiveIfGiven, TRACE_FILE, type Register } from "../../arguments/options.js";

export const show: Register = (cli, end) =>
  cli.command(
    "show [files..]",
    "show the steps of a trace, or the trace in another format",
    (of) =>
      of
        .positional("files", {
          type: "string",
          array: true,
          default: [],
          describe: `${TRACE_FILE}; --format html compares two`,
        })
        .options({
          full: {
            type: "boolean",
            default: false,
            describe: "every step: otherwise runs of kernel steps are folded",
          },
          steps: { type: "string", describe: "these steps, as 26-40" },
          only: { type: "string", describe: "steps with these words in them, as PMOVS,PMUIRQ,A" },
          format: {
            choices: [...TRACE_FORMATS, "html"] as const,
            describe: "another format: see docs/use/formats.md; html is a page to explore it in",
          },
          output,
          ...trustOption,
          check: { type: "number", describe: "which check of the file, 1 for the first" },
        } as const)
        .example("pmucheck show", "the steps of the last result that decide")
        .example("pmucheck show --steps 26-40", "these steps, with nothing folded")
        .example("pmucheck show --format html -o trace.html", "a page to explore"),
    async ({ files, format, check, full, steps, only, output: to, trust }) => {
      const { runShow } = await import("./run.js");
      const args = {
        files,
        format,
        check: positiveIfGiven("check", check),
        full,
        steps,
        only,
        output: to,
        trust,
      };
      end(await runShow(args));
    },
  );
