/** `pmucheck claims`: its options. */
import { json, type Register } from "../arguments/options.js";

export const claims: Register = (cli, end) =>
  cli.command(
    "claims",
    "decide the claims of the mail thread",
    (of) => of.options({ json }),
    async (args) => {
      const { runClaims } = await import("./run.js");
      end(runClaims(args));
    },
  );
