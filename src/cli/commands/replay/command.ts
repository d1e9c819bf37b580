/** `pmucheck replay`: its options. */
import { PmucheckError } from "../../../spec/errors.js";
import { json, subject, TRACE_FILE, type Register } from "../../arguments/options.js";
import { trustOption } from "../../arguments/trust.js";

export const replay: Register = (cli, end) =>
  cli.command(
    "replay [file]",
    "walk a trace again, step by step: the last result, a file, or a scenario and --path",
    (of) =>
      of
        .positional("file", { type: "string", describe: TRACE_FILE })
        .options({ scenario: { type: "string", describe: "the scenario of --path" } })
        .options(subject)
        .options({
          path: { type: "string", describe: "the trace's path" },
          loop: { type: "number", describe: "the steps after this many repeat for ever" },
          hash: { type: "string", describe: "the trace's hash: refuse to replay under another" },
          edited: {
            type: "boolean",
            default: false,
            describe: "follow a FILE by its labels in a model that has changed, and say where it diverges",
          },
          ...trustOption,
          json,
        })
        .example("pmucheck replay", "the last result, with every step")
        .example("pmucheck replay result.json --edited --fix no-clear", "does this fix stop that execution?"),
    async (args) => {
      const { runReplay } = await import("./run.js");
      const { file, scenario, property, driver, fix, irq, path, loop, hash } = args;
      const where = { file, scenario, driver, fix, irq, path, hash, loop: stepNumber(loop) };
      end(await runReplay({ ...args, ...where, property }));
    },
  );

function stepNumber(loop: number | undefined): number | undefined {
  if (loop === undefined || (Number.isInteger(loop) && loop >= 0)) return loop;
  throw new PmucheckError("PMC104", "--loop takes a number of steps");
}
