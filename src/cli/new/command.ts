/** `pmucheck new`: its options. */
import { KINDS } from "./kinds.js";
import type { Register } from "../arguments/options.js";

export const newCommand: Register = (cli, end) =>
  cli.command(
    "new <kind> <name>",
    "write a fix, a scenario, a property or a model to start from, and a test of it",
    (of) =>
      of
        .positional("kind", { choices: KINDS, demandOption: true, describe: "what to write" })
        .positional("name", { type: "string", demandOption: true, describe: "its name, and the file's" }),
    async ({ kind, name }) => {
      const { runNew } = await import("./run.js");
      end(runNew({ kind, name, folder: process.cwd() }));
    },
  );
