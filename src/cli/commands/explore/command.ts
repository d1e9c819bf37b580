/** `pmucheck explore`: its options. */
import { maxStates, positive, subject, type Register } from "../../arguments/options.js";
import { trustOption } from "../../arguments/trust.js";
import { PmucheckError } from "../../../spec/errors.js";

const { driver, fix, property, irq, set } = subject;

export const explore: Register = (cli, end) =>
  cli.command(
    "explore [subject]",
    "a page to play in: a scenario without a trace, or a trace",
    (of) =>
      of
        .positional("subject", {
          type: "string",
          describe:
            "a scenario, by name or file, in which you look for the violation yourself, or the file of a trace [default: the last result]",
        })
        .options({
          output: {
            type: "string",
            alias: "o",
            describe: "write the page to this file, and serve nothing",
          },
          port: { type: "number", default: 0, describe: "of 127.0.0.1; 0 for one that is free" },
          driver,
          fix: {
            ...fix,
            describe: "for a scenario: one more assignment with this fix, instead of two that are known",
          },
          property,
          irq,
          set,
          "max-states": { ...maxStates, default: 500_000, describe: "leave out what is larger than this" },
          ...trustOption,
        })
        .example("pmucheck explore one-cpu", "lose the overflow yourself")
        .example("pmucheck explore one-cpu -o class.html", "the same as one file, to be sent"),
    async (args) => {
      const { runExplore } = await import("./run.js");
      end(
        await runExplore({
          ...args,
          maxStates: positive("max-states", args.maxStates),
          port: portOf(args.port),
        }),
      );
    },
  );

/** Throws PMC104 for what is no port. */
function portOf(port: number): number {
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new PmucheckError("PMC104", "--port takes a number from 0 to 65535");
}
