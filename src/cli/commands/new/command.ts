/** `pmucheck new`: its options. */
import { KINDS } from "./kinds.js";
import type { Register } from "../../arguments/options.js";
import { workloadName, workloadOptions } from "../../workload/workload.js";

export const newCommand: Register = (cli, end) =>
  cli.command(
    "new <kind> <name>",
    "write a fix, scenario, property or model to start from",
    (of) =>
      of
        .positional("kind", { choices: KINDS, demandOption: true, describe: "what to write" })
        .positional("name", { type: "string", demandOption: true, describe: "its name, and the file's" })
        .options(workloadOptions)
        .group(Object.keys(workloadOptions), "What the scenario is to be, as check takes it:")
        .example(
          "pmucheck new fix my-fix",
          "my-fix.ts and a test of it; then: check one-cpu --fix ./my-fix.ts",
        )
        .example("pmucheck new scenario mine --event A:period=3 --switches", "a workload in words as a file"),
    async ({ kind, name, ...options }) => {
      const { runNew } = await import("./run.js");
      end(runNew({ kind, name, workload: workloadName(options), folder: process.cwd() }));
    },
  );
