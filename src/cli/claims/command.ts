/** `pmucheck claims`: its options. */
import { json, listFormat, listFormatOf, progress, type Register } from "../arguments/options.js";

export const claims: Register = (cli, end) =>
  cli.command(
    "claims",
    "decide what was claimed in the mail thread: each claim, its author, and whether it is so",
    (of) => of.options({ format: listFormat, json, progress }),
    async (args) => {
      const { runClaims } = await import("./run.js");
      end(runClaims({ format: listFormatOf(args), progress: args.progress }));
    },
  );
