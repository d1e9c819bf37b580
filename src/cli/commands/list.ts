/** `pmucheck list`: its options. */
import { LISTS } from "../list-command.js";
import type { Register } from "../options.js";

export const list: Register = (cli, end) =>
  cli.command(
    "list <what>",
    "list what there is to choose from",
    (of) => of.positional("what", { choices: LISTS, demandOption: true }),
    async ({ what }) => {
      const { runList } = await import("../list-command.js");
      end(runList(what));
    },
  );
