/** `pmucheck list`: its options. */
import { json, type Register } from "../../arguments/options.js";

export const list: Register = (cli, end) =>
  cli.command(
    "list [what] [name]",
    "list what there is to choose from",
    (of) =>
      of
        .positional("what", {
          type: "string",
          describe: "scenarios, drivers, properties, witnesses, parameters, fixes or deviations",
        })
        .positional("name", { type: "string", describe: "all that is known of this one" })
        .options({ json })
        .example("pmucheck list scenarios", "a line each")
        .example("pmucheck list scenario one-cpu", "what it shows, its parameters and properties"),
    async ({ what, name, json: isJson }) => {
      const { runList } = await import("./run.js");
      end(runList({ what, name, json: isJson }));
    },
  );
