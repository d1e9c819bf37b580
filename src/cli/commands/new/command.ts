/** `pmucheck new`: its options. */
import { KINDS } from "./kinds.js";
import type { Register } from "../../arguments/options.js";
import { workloadName, workloadOptions } from "../../workload/workload.js";

export const newCommand: Register = (cli, end) =>
  cli.command(
    "new <kind> <name>",
    "write a fix, a scenario, a property or a model to start from, and a test of it",
    (of) =>
      of
        .positional("kind", { choices: KINDS, demandOption: true, describe: "what to write" })
        .positional("name", { type: "string", demandOption: true, describe: "its name, and the file's" })
        .options(workloadOptions)
        .group(Object.keys(workloadOptions), "What the scenario is to be, as check takes it:"),
    async ({ kind, name, ...options }) => {
      const { runNew } = await import("./run.js");
      end(runNew({ kind, name, workload: workloadName(options), folder: process.cwd() }));
    },
  );
