/** `pmucheck probe`: its options. */
import { json, positive, subject, type Register } from "../../arguments/options.js";

const MAX_STATES = 3_000_000;

export const probeCommand: Register = (cli, end) =>
  cli.command(
    "probe",
    "print a script that counts lost overflows on a running kernel; --accuracy: how exact it is",
    (of) =>
      of.options({
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
          describe: "give up on a scenario, undecided, beyond",
        },
        json,
      }),
    async (args) => {
      const { runProbe } = await import("./run.js");
      const { scenario, driver, irq } = args;
      end(
        await runProbe({ ...args, scenario, driver, irq, maxStates: positive("max-states", args.maxStates) }),
      );
    },
  );
