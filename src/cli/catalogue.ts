/**
 * The commands, and what they and the program say of themselves: for --help, manual pages and completion.
 */
import { defaultDriver } from "./arguments/catalogue.js";
import type { Register } from "./arguments/options.js";
import { STATUS_MEANINGS } from "./exit-status.js";
import { completionCommand } from "./shell/completion/command.js";
import { described, type DescribedCommand } from "./shell/described.js";
import { manualCommand } from "./shell/manual/command.js";
import type { Program } from "./shell/program.js";
import { COLOURS } from "./terminal/terminal.js";
import { version } from "./version.js";
import { check } from "./commands/check/command.js";
import { claims } from "./commands/claims/command.js";
import { conformCommand } from "./commands/conform/command.js";
import { explain } from "./commands/explain/command.js";
import { explore } from "./commands/explore/command.js";
import { exportCommand } from "./commands/export/command.js";
import { list } from "./commands/list/command.js";
import { listing } from "./commands/listing/command.js";
import { merge } from "./commands/merge/command.js";
import { minimize } from "./commands/minimize/command.js";
import { mutate } from "./commands/mutate/command.js";
import { newCommand } from "./commands/new/command.js";
import { probeCommand } from "./commands/probe/command.js";
import { replay } from "./commands/replay/command.js";
import { show } from "./commands/show/command.js";
import { synthesize } from "./commands/synthesize/command.js";
import { verify } from "./commands/verify/command.js";
import { workerCommand } from "./commands/worker/command.js";

/** By what they are for, in the order in which --help lists them. */
const GROUPS: Readonly<Record<string, Readonly<Record<string, Register>>>> = {
  Check: { check, claims, list },
  "Look at a result": { explain, show, minimize, replay, explore },
  "Judge and find fixes": { verify, synthesize, new: newCommand },
  "Compare with real kernels": { conform: conformCommand, listing, probe: probeCommand },
  "Check the checker": { mutate, export: exportCommand },
  "Several machines": { merge, worker: workerCommand },
  "The shell": {
    completion: completionCommand(() => descriptions()),
    man: manualCommand(() => program()),
  },
};

export const COMMANDS: Readonly<Record<string, Register>> = Object.fromEntries(
  Object.values(GROUPS).flatMap((group) => Object.entries(group)),
);

/** Options of all commands, beside --help and --version. */
export const COMMON_OPTIONS = {
  color: { choices: COLOURS, default: "auto" as const, describe: "colour what is printed" },
};

/** What the commands say of themselves. */
export function descriptions(): DescribedCommand[] {
  return described(Object.values(COMMANDS), COMMON_OPTIONS);
}

export function program(): Program {
  return {
    version,
    sentence: "Does every counter overflow yield exactly one perf_event_overflow?",
    beginnings: [
      ["pmucheck check one-cpu", "the finding on one screen"],
      ["pmucheck check", `every scenario, driver ${defaultDriver.name}: a table`],
      ["pmucheck explain", "why the last result is as it is"],
      ["pmucheck verify relatch-at-start", "what a fix closes, breaks and leaves"],
    ],
    statuses: STATUS_MEANINGS,
    groups: Object.entries(GROUPS).map(([title, commands]) => ({ title, names: Object.keys(commands) })),
    commands: descriptions(),
  };
}
