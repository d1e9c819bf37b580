/**
 * The command line: what may be said, and which command it means.
 */
import yargs, { type Argv } from "yargs";

import { PmucheckError } from "../spec/errors.js";
import { stateKernel } from "./arguments/kernel.js";
import { nearest } from "../spec/nearest.js";
import { defaultDriver, scenarios } from "./arguments/catalogue.js";
import { check } from "./commands/check/command.js";
import { claims } from "./commands/claims/command.js";
import { completionCommand } from "./shell/completion/command.js";
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
import { COMMON, described, type DescribedCommand } from "./shell/described.js";
import { EXIT, STATUS_MEANINGS, type ExitStatus } from "./exit-status.js";
import { commandHelp } from "./shell/help.js";
import { manualCommand } from "./shell/manual/command.js";
import type { Program } from "./shell/manual/page.js";
import type { Register } from "./arguments/options.js";
import { COLOURS, print, screen, useColour } from "./terminal/terminal.js";
import { version } from "./version.js";

const SENTENCE = "Does every counter overflow yield exactly one perf_event_overflow?";

const BEGINNINGS = [
  ["pmucheck check one-cpu", "the finding on one screen"],
  ["pmucheck check", `every scenario, driver ${defaultDriver.name}: a table`],
  ["pmucheck explain", "why the last result is as it is"],
  ["pmucheck verify relatch-at-start", "what a fix closes, breaks and leaves"],
] as const;

const USAGE = [SENTENCE, "", ...BEGINNINGS.map(([command, what]) => `  ${command.padEnd(34)}  ${what}`)].join(
  "\n",
);

const EXIT_STATUSES = `Exit status: ${STATUS_MEANINGS.map((pair) => pair.join(" ")).join(", ")}. See docs/use/exit-status.md.`;

const COMMON_OPTIONS = {
  color: { choices: COLOURS, default: "auto" as const, describe: "colour what is printed" },
};

/** In the order in which --help lists them. */
const COMMANDS = {
  check,
  verify,
  synthesize,
  replay,
  show,
  explore,
  minimize,
  explain,
  claims,
  conform: conformCommand,
  probe: probeCommand,
  mutate,
  listing,
  export: exportCommand,
  merge,
  worker: workerCommand,
  list,
  new: newCommand,
  completion: completionCommand(() => descriptions()),
  man: manualCommand(() => program()),
} satisfies Readonly<Record<string, Register>>;

/** What the commands say of themselves. */
export function descriptions(): DescribedCommand[] {
  return described(Object.values<Register>(COMMANDS), COMMON_OPTIONS);
}

/** What manual pages say. */
export function program(): Program {
  return {
    version,
    sentence: SENTENCE,
    beginnings: BEGINNINGS,
    statuses: STATUS_MEANINGS,
    commands: descriptions(),
  };
}

/**
 * Parses and runs; returns the exit status.
 * Throws PMC104 for a command line that cannot be understood, and what the commands throw.
 */
export async function run(given: readonly string[]): Promise<ExitStatus> {
  let status: ExitStatus = EXIT.holds;
  const argv = withoutHelpCommand(given);
  const helped = argv.some((arg) => arg === "--help" || arg === "-h") ? commandOf(argv) : undefined;
  if (helped !== undefined) {
    print(commandHelp(helped, EXIT_STATUSES, screen().width));
    return EXIT.holds;
  }
  mustNotNameArguments(argv);
  const cli = commandLine(argv, (of) => {
    status = of;
  });
  // Must throw: a handler that returns lets the command run on arguments that are wrong.
  cli.fail((message: string | null, error: Error | undefined) => {
    throw error ?? new Misunderstood(oneLine(message));
  });
  try {
    await cli.parseAsync();
  } catch (error) {
    if (!(error instanceof Misunderstood)) throw error;
    throw new PmucheckError("PMC104", withAdvice(error.message, argv));
  }
  return status;
}

/** What yargs does not understand, before it is made a message with advice. */
class Misunderstood extends Error {}

function commandLine(argv: readonly string[], end: (status: ExitStatus) => void): Argv {
  let cli = yargs([...argv])
    .scriptName("pmucheck")
    .usage(USAGE);
  for (const register of Object.values(COMMANDS)) cli = register(cli, end);
  const names = Object.keys(COMMANDS);
  return cli
    .options(COMMON_OPTIONS)
    .demandCommand(1, `name a command: ${names.slice(0, -1).join(", ")} or ${names.at(-1)}`)
    .middleware((args) => {
      mustBeGivenOnce(args);
      stateKernel(args as Record<string, unknown>);
      useColour(args.color);
    }, true)
    .strict()
    .recommendCommands()
    .version(version)
    .alias({ h: "help", V: "version" })
    .epilogue(EXIT_STATUSES)
    .wrap(screen().width)
    .exitProcess(false);
}

/** `help check` is `check --help`, `help` is `--help`. */
function withoutHelpCommand(argv: readonly string[]): readonly string[] {
  const [first, ...rest] = argv;
  return first === "help" ? [...rest, "--help"] : argv;
}

function commandOf([name]: readonly string[]): DescribedCommand | undefined {
  return descriptions().find((one) => one.name === name);
}

/** Throws PMC104 for an argument that is named as an option: yargs takes it, and then forgets one of the two. */
function mustNotNameArguments(argv: readonly string[]): void {
  const command = commandOf(argv);
  const rest = argv.slice(1);
  const options = new Set(command?.options.map((one) => one.name));
  const named = command?.positionals.find(
    (one) => !options.has(one.name) && rest.some((arg) => arg.split("=")[0] === `--${one.name}`),
  );
  if (command === undefined || named === undefined) return;
  throw new PmucheckError(
    "PMC104",
    `--${named.name} is no option of ${command.name}: write it without --${named.name}, as in pmucheck ${command.usage}`,
  );
}

/** The options and arguments that may be repeated. */
const REPEATABLE = new Set([
  "_",
  "files",
  "scenario",
  "set",
  "function",
  "whyNot",
  "why-not",
  "pid",
  "inlined",
  "patch",
  "output",
  "task",
  "event",
  "other",
  "require",
  "keep",
  "part",
]);

/** yargs makes an array of an option that is given twice, whatever its type. */
function mustBeGivenOnce(args: Readonly<Record<string, unknown>>): void {
  const twice = Object.keys(args).find((name) => Array.isArray(args[name]) && !REPEATABLE.has(name));
  if (twice !== undefined) throw new PmucheckError("PMC104", `--${twice} is given more than once`);
}

/** yargs' complaints span lines, and for an unknown command it only suggests. */
function oneLine(message: string | null): string {
  const text = (message ?? "the command line cannot be understood").trim().replace(/\s*\n\s*/g, " ");
  if (text.startsWith("Not enough non-option arguments")) return "an argument is missing";
  return text.startsWith("Did you mean") ? `unknown command; ${text.toLowerCase()}` : text;
}

/** The message, what was perhaps meant by an unknown option or command, and where help is. */
function withAdvice(message: string, argv: readonly string[]): string {
  const command = Object.keys(COMMANDS).find((name) => name === argv[0]);
  const help = `(see pmucheck ${command === undefined ? "" : `${command} `}--help)`;
  const [, unknown] = /^Unknown arguments?: ([^,]+)/.exec(message) ?? [];
  if (unknown === undefined) return `${message} ${help}`;
  const isOption = argv.some(
    (arg) => arg.startsWith("-") && arg.replace(/^-+/, "").split("=")[0] === unknown,
  );
  if (isOption) {
    const of = descriptions().find(({ name }) => name === command);
    const near = nearest(
      unknown,
      (of?.options ?? [...COMMON, { name: "color" }]).map(({ name }) => name),
    );
    return `unknown option --${unknown}${near.startsWith("; known") ? "" : near.replace("'", "'--")} ${help}`;
  }
  if (command !== undefined) return `unexpected argument '${unknown}' ${help}`;
  const isScenario = scenarios.some(({ name }) => name === unknown);
  const hint = isScenario
    ? `; did you mean pmucheck check ${unknown}?`
    : nearest(unknown, Object.keys(COMMANDS));
  return `unknown command '${unknown}'${hint} ${help}`;
}
