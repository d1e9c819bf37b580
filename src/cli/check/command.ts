/** `pmucheck check`: which of its ways is asked for. */
import { availableParallelism } from "node:os";

import { PmucheckError } from "../../spec/errors.js";
import { defaultDriver, defaultProperty } from "../arguments/catalogue.js";
import { duration } from "../arguments/duration.js";
import { memorySize } from "../arguments/memory-size.js";
import {
  json,
  maxStates,
  positive,
  positiveIfGiven,
  progress,
  subject,
  type Register,
} from "../arguments/options.js";
import { RESULT_FORMATS, resultFormatOf } from "../arguments/result-formats.js";
import { settingsOf } from "../arguments/parameter-settings.js";
import {
  DEFAULT_MEMORY,
  interrupting,
  limitsGiven,
  reducing,
  refuseContradictions,
  sampling,
  searching,
} from "./options.js";

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
          memory: {
            type: "string",
            default: DEFAULT_MEMORY,
            describe: "give up, inconclusive, beyond (4G at most)",
          },
          ...searching,
          ...reducing,
          json: { ...json, describe: "short for --format json" },
          format: {
            choices: RESULT_FORMATS,
            describe: "what to print the verdicts as [default: text]; see docs/use/formats.md",
          },
          quiet: { type: "boolean", default: false, describe: "print the verdict lines only" },
          progress,
          all: {
            type: "boolean",
            default: false,
            describe: "every scenario (or those named) x driver x interrupt mode x property",
          },
          ...sampling,
          ...interrupting,
          jobs: {
            type: "number",
            describe: "threads of a search, or processes for --all [default: as many as there are cores]",
          },
          traces: { type: "boolean", default: false, describe: "with --all --json: the traces too" },
        }),
    async (args) => {
      const limit = positive("max-states", args.maxStates);
      const jobs = positiveIfGiven("jobs", args.jobs);
      const { irq, driver, fix, property, scenario } = args;
      const format = resultFormatOf(args);
      refuseContradictions(args);
      if (args.all) {
        const { runMatrix } = await import("../matrix/run.js");
        const settings = settingsOf({ irq: undefined, set: args.set });
        const choice = { irq, driver, fix, property, settings, jobs, format, maxStates: limit };
        end(await runMatrix({ ...args, ...choice }));
        return;
      }
      const names = {
        driver: driver ?? defaultDriver.name,
        property: property ?? defaultProperty.name,
        fix: args.fix,
      };
      if (args.simulate) {
        const { runSimulate } = await import("./simulate.js");
        end(await runSimulate({ ...args, ...names, format }));
        return;
      }
      if (args.estimate) {
        if (format !== "text" && format !== "json") {
          throw new PmucheckError("PMC104", `--estimate prints text or json, not ${format}`);
        }
        const { runEstimate } = await import("./estimate.js");
        end(await runEstimate({ ...args, ...names, json: format === "json" }));
        return;
      }
      const request = {
        ...args,
        ...names,
        irq,
        format,
        maxStates: limit,
        maxBytes: memorySize(args.memory),
        jobs: jobs ?? availableParallelism(),
      };
      const isReduced = args.reduction || args.symmetry || args.auditReductions;
      if (args.resume !== undefined || (scenario.length === 1 && !isReduced)) {
        const { runResumableCheck } = await import("./resumable.js");
        end(
          await runResumableCheck({
            ...request,
            time:
              args.time === undefined ? undefined : { seconds: duration("time", args.time), text: args.time },
            checkpoint: args.checkpoint,
            resume: args.resume,
            restated: { scenario, driver, fix, property, irq, set: args.set },
            limits: limitsGiven(args),
          }),
        );
        return;
      }
      const needsOne = Object.keys(interrupting).find((option) => args[option] !== undefined);
      if (needsOne !== undefined) {
        throw new PmucheckError(
          "PMC104",
          `--${needsOne} is for one scenario, and ${scenario.length === 0 ? "none is" : `${scenario.length} are`} named: a checkpoint holds one check`,
        );
      }
      const { runCheck } = await import("./run.js");
      end(await runCheck(request));
    },
  );
