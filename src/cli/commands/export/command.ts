/** `pmucheck export`: its options. */
import { LANGUAGES } from "../../../export/languages.js";
import { positive, progress, subject, type Register } from "../../arguments/options.js";

/** More would take SPIN's C compiler, not SPIN, too long. */
const DEFAULT_MAX_EXPORTED = 200_000;

export const exportCommand: Register = (cli, end) =>
  cli.command(
    "export <scenario>",
    "print a scenario as a model for SPIN or Rumur",
    (of) =>
      of
        .positional("scenario", {
          type: "string",
          demandOption: true,
          describe: "see pmucheck list scenarios",
        })
        .options({
          to: { choices: LANGUAGES, demandOption: true, describe: "the language of the model" },
          driver: subject.driver,
          irq: subject.irq,
          set: subject.set,
          "max-states": {
            type: "number",
            default: DEFAULT_MAX_EXPORTED,
            describe: "refuse a scenario with more states",
          },
          progress,
        })
        .example(
          "pmucheck export late-fall --to promela > late-fall.pml",
          "its first lines say how to run SPIN",
        ),
    async (args) => {
      const { runExport } = await import("./run.js");
      const limit = positive("max-states", args.maxStates);
      end(await runExport({ ...args, driver: args.driver, irq: args.irq, maxStates: limit }));
    },
  );
