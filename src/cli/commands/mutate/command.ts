/** `pmucheck mutate`: its options. */
import { kernelOptions } from "../../arguments/kernel.js";
import { json, positive, progress, subject, type Register } from "../../arguments/options.js";

/** Enough for what a mistake does to the default scenarios. */
const MUTANT_MAX_STATES = 60_000;

export const mutate: Register = (cli, end) =>
  cli.command(
    "mutate",
    "put mistakes into the models: which does no property notice?",
    (of) =>
      of
        .options({
          scenario: { type: "string", array: true, default: [], describe: "run mutants in these only" },
          ...kernelOptions,
          driver: subject.driver,
          fix: subject.fix,
          irq: subject.irq,
          set: subject.set,
          function: { type: "string", array: true, default: [], describe: "mutate these functions only" },
          hardware: { type: "boolean", describe: "mutate the hardware's rules (unless functions are named)" },
          "max-states": {
            type: "number",
            default: MUTANT_MAX_STATES,
            describe: "leave a mutant undecided after this many states",
          },
          json,
          markdown: { type: "boolean", default: false, describe: "print the page docs/reference/mutants.md" },
          quiet: { type: "boolean", default: false, describe: "print the score only" },
          progress,
        })
        .example("pmucheck mutate --function armpmu_start --scenario one-cpu", "seconds")
        .example("pmucheck mutate", "every function of the driver, and the hardware: an hour"),
    async (args) => {
      const { runMutate } = await import("./run.js");
      const { driver, irq, hardware, fix } = args;
      end(
        await runMutate({
          ...args,
          driver,
          fix,
          irq,
          hardware,
          maxStates: positive("max-states", args.maxStates),
        }),
      );
    },
  );
