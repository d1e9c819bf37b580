/** `pmucheck check`: its options. */
import { defaultDriver, defaultProperty } from "../catalogue.js";
import { json, maxStates, positive, positiveIfGiven, progress, subject, type Register } from "../options.js";
import { RESULT_FORMATS, resultFormatOf } from "../result-formats.js";
import { settingsOf } from "../settings.js";

export const check: Register = (cli, end) =>
  cli.command(
    "check [scenario..]",
    "check a property in scenarios (all of them if none is named)",
    (of) =>
      of
        .positional("scenario", {
          type: "string",
          array: true,
          default: [],
          describe: "see pmucheck list scenarios",
        })
        .options(subject)
        .options({
          "max-states": maxStates,
          json: { ...json, describe: "short for --format json" },
          format: {
            choices: RESULT_FORMATS,
            describe: "what to print the verdicts as [default: text]; see docs/formats.md",
          },
          quiet: { type: "boolean", default: false, describe: "print the verdict lines only" },
          progress,
          all: {
            type: "boolean",
            default: false,
            describe: "every scenario (or those named) x driver x interrupt mode x property",
          },
          jobs: { type: "number", describe: "processes for --all [default: as many as there are cores]" },
          traces: { type: "boolean", default: false, describe: "with --all --json: the traces too" },
        }),
    async (args) => {
      const limit = positive("max-states", args.maxStates);
      const { irq, driver, property } = args;
      const format = resultFormatOf(args);
      if (args.all) {
        const { runMatrix } = await import("../matrix-command.js");
        const settings = settingsOf({ irq: undefined, set: args.set });
        const jobs = positiveIfGiven("jobs", args.jobs);
        const choice = { irq, driver, property, settings, jobs, format, maxStates: limit };
        end(await runMatrix({ ...args, ...choice }));
        return;
      }
      const { runCheck } = await import("../check-command.js");
      const names = { driver: driver ?? defaultDriver.name, property: property ?? defaultProperty.name };
      end(runCheck({ ...args, ...names, irq, maxStates: limit, format }));
    },
  );
