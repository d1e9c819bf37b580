/** `pmucheck probe`: its options. */
import { json, positive, progress, subject, type Register } from "../../arguments/options.js";

const MAX_STATES = 3_000_000;

export const probeCommand: Register = (cli, end) =>
  cli.command(
    "probe",
    "print a script that counts lost overflows on a running kernel",
    (of) =>
      of
        .options({
          accuracy: {
            type: "boolean",
            default: false,
            describe: "decide by the checker where the script is exact, misses losses or counts too many",
          },
          scenario: { type: "string", describe: "with --accuracy: one scenario, with traces [default: all]" },
          driver: subject.driver,
          irq: subject.irq,
          set: subject.set,
          maxStates: {
            type: "number",
            default: MAX_STATES,
            describe: "leave a scenario undecided after this many states",
          },
          json,
          progress,
        })
        .example("pmucheck probe > probe.sh", "then, as root: sh probe.sh start, sh probe.sh count")
        .example("pmucheck probe --accuracy --scenario one-cpu", "is its number right there?"),
    async (args) => {
      const { runProbe } = await import("./run.js");
      const { scenario, driver, irq } = args;
      end(
        await runProbe({ ...args, scenario, driver, irq, maxStates: positive("max-states", args.maxStates) }),
      );
    },
  );
