/** `pmucheck list`: its options. */
import { LISTS } from "./run.js";
import type { Register } from "../arguments/options.js";

export const list: Register = (cli, end) =>
  cli.command(
    "list <what>",
    "list what there is to choose from",
    (of) => of.positional("what", { choices: LISTS, demandOption: true }),
    async ({ what }) => {
      const { runList } = await import("./run.js");
      end(runList(what));
    },
  );
