/** `pmucheck completion`: its argument. */
import type { Register } from "../../arguments/options.js";
import type { DescribedCommand } from "../described.js";
import { EXIT } from "../../exit-status.js";
import { SHELLS } from "./shells.js";

/** @param commands what all commands say of themselves */
export function completionCommand(commands: () => readonly DescribedCommand[]): Register {
  return (cli, end) =>
    cli.command(
      "completion <shell>",
      "print a script that completes commands, options and names",
      (of) =>
        of
          .positional("shell", { choices: SHELLS, demandOption: true, describe: "the shell it is for" })
          .example("source <(pmucheck completion bash)", "in ~/.bashrc; likewise for zsh")
          .example("pmucheck completion fish > ~/.config/fish/completions/pmucheck.fish", "once"),
      async ({ shell }) => {
        const { runCompletion } = await import("./run.js");
        runCompletion(shell, commands());
        end(EXIT.holds);
      },
    );
}
