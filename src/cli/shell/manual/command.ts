/** `pmucheck man`: its argument. */
import type { Register } from "../../arguments/options.js";
import { EXIT } from "../../exit-status.js";
import type { Program } from "../program.js";

export function manualCommand(program: () => Program): Register {
  return (cli, end) =>
    cli.command(
      "man [command]",
      "print a manual page, of pmucheck or of one of its commands",
      (of) =>
        of
          .positional("command", { type: "string", describe: "the page of this command" })
          .example("pmucheck man check | man -l -", "read it"),
      async ({ command }) => {
        const { runManual } = await import("./run.js");
        runManual(command, program());
        end(EXIT.holds);
      },
    );
}
