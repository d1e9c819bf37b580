/** `pmucheck list`: its options. */
import { PmucheckError } from "../../../spec/errors.js";
import { kernelOptions } from "../../arguments/kernel.js";
import { json, type Register } from "../../arguments/options.js";

export const list: Register = (cli, end) =>
  cli.command(
    "list [what] [name]",
    "list what there is to choose from",
    (of) =>
      of
        .positional("what", {
          type: "string",
          describe: "scenarios, drivers, properties, witnesses, parameters, fixes, edits or deviations",
        })
        .positional("name", {
          type: "string",
          describe: "all that is known of this one; of scenarios also a file",
        })
        .options({
          kernel: {
            ...kernelOptions.kernel,
            describe: "instead: what is taken of this kernel tree's C, and what is kept from the model",
          },
          patch: kernelOptions.patch,
          driver: {
            type: "string",
            describe: "with --kernel: the kernel version that the rest is of, if not the tree's own",
          },
          // --patch is said by it (stateKernel).
          fix: { type: "string", hidden: true },
          json,
        })
        .example("pmucheck list scenarios", "a line each")
        .example("pmucheck list scenario one-cpu", "what it shows, its parameters and properties")
        .example("pmucheck list --kernel ~/linux", "files, functions and callbacks that a check takes of it"),
    async ({ what, name, kernel, driver, fix, json: isJson }) => {
      if (kernel !== undefined && driver !== undefined && what === undefined) {
        const { runListKernel } = await import("./kernel.js");
        end(runListKernel({ driver, fix, json: isJson }));
        return;
      }
      if (kernel !== undefined || driver !== undefined || fix !== undefined) {
        throw new PmucheckError(
          "PMC104",
          "list takes --kernel DIR (and --driver with it) in the place of a list's name: pmucheck list --kernel DIR",
        );
      }
      const { runList } = await import("./run.js");
      end(await runList({ what, name, json: isJson }));
    },
  );
