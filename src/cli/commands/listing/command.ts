/** `pmucheck listing`: its options. */
import { PmucheckError } from "../../../spec/errors.js";
import { kernelOptions } from "../../arguments/kernel.js";
import { json, subject, type Register } from "../../arguments/options.js";

export const listing: Register = (cli, end) =>
  cli.command(
    "listing",
    "each C function of a kernel tree's driver beside the model's, both run: equal, or where they part",
    (of) => of.options({ ...kernelOptions, driver: subject.driver, fix: subject.fix, json }),
    async ({ driver, kernel, fix, json: isJson }) => {
      if (driver === undefined || kernel === undefined) {
        throw new PmucheckError("PMC104", "listing takes --kernel DIR: the tree that is compared");
      }
      const { runListing } = await import("./run.js");
      end(await runListing({ driver, fix, json: isJson }));
    },
  );
