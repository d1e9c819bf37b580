/** `pmucheck listing`: its options. */
import { PmucheckError } from "../../../spec/errors.js";
import { kernelOptions } from "../../arguments/kernel.js";
import { json, progress, subject, type Register } from "../../arguments/options.js";

export const listing: Register = (cli, end) =>
  cli.command(
    "listing",
    "run each C function of a kernel tree's driver beside the model's: equal, or where they part",
    (of) =>
      of
        .options({
          kernel: {
            ...kernelOptions.kernel,
            describe: "the kernel tree, or a folder with the driver's files",
          },
          patch: kernelOptions.patch,
          driver: { ...subject.driver, describe: "the version of the model [default: the tree's]" },
          // --patch is said by it (stateKernel).
          fix: { type: "string", hidden: true },
          json,
          progress,
        })
        .example("pmucheck listing --kernel ~/linux", "every function of the tree's driver")
        .example("pmucheck listing --kernel ~/linux --patch fix.patch", "the same with a patch"),
    async ({ driver, kernel, fix, json: isJson, progress: tells }) => {
      if (driver === undefined || kernel === undefined) {
        throw new PmucheckError("PMC104", "listing takes --kernel DIR: the tree that is compared");
      }
      const { runListing } = await import("./run.js");
      end(await runListing({ driver, fix, json: isJson, progress: tells }));
    },
  );
