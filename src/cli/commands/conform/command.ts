/** `pmucheck conform`: its options. */
import { json, positive, progress, subject, type Register } from "../../arguments/options.js";
import { trustOption } from "../../arguments/trust.js";

/** Of a scenario with two CPUs a place takes about 1 kB. */
const MAX_PLACES = 500_000;

export const conformCommand: Register = (cli, end) =>
  cli.command(
    "conform <log>",
    "could the modelled kernel have written this log?",
    (of) =>
      of
        .positional("log", {
          type: "string",
          demandOption: true,
          describe: "text of tracefs, trace-cmd report or perf script: a file, or - for stdin",
        })
        .options({
          driver: subject.driver,
          fix: subject.fix,
          irq: subject.irq,
          set: subject.set,
          scenario: { type: "string", describe: "what was done to the task [default: what the log says]" },
          pid: {
            type: "number",
            array: true,
            nargs: 1,
            default: [],
            describe:
              "a sampled task's process id, in the scenario's order of tasks [default: what the log says]",
          },
          inlined: {
            type: "string",
            array: true,
            nargs: 1,
            default: [],
            describe: "F@CALLER: the kernel's build inlines F in this caller; may be repeated",
          },
          whyNot: {
            type: "string",
            array: true,
            nargs: 1,
            default: [],
            describe: "say why this process could not go ahead before the refused entry; may be repeated",
          },
          maxPlaces: {
            type: "number",
            default: MAX_PLACES,
            describe: "stop as inconclusive after this many places where an execution may be",
          },
          ...trustOption,
          json,
          progress,
        })
        .example(
          "pmucheck conform trace.log --scenario one-cpu --driver 6.1 --pid 84",
          "a log that does not say of what it is",
        )
        .example(
          "pmucheck conform trace.log --why-not irq0",
          "a log that says it, and a question about a refusal",
        ),
    async (args) => {
      const { runConform } = await import("./run.js");
      const { log, driver, fix, irq, scenario } = args;
      const maxPlaces = positive("max-places", args.maxPlaces);
      end(await runConform({ ...args, log, driver, fix, irq, scenario, maxPlaces }));
    },
  );
