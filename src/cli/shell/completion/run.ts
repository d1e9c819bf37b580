/** `pmucheck completion`: a script for a shell. */
import type { DescribedCommand } from "../described.js";
import { print } from "../../terminal/terminal.js";
import { bashCompletion } from "./bash.js";
import { fishCompletion } from "./fish.js";
import type { Shell } from "./shells.js";
import { zshCompletion } from "./zsh.js";

export const SCRIPTS: Readonly<Record<Shell, (commands: readonly DescribedCommand[]) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

export function runCompletion(shell: Shell, commands: readonly DescribedCommand[]): void {
  print(SCRIPTS[shell](commands));
}
