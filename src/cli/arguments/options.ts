/**
 * What the commands' options have in common.
 */
import type { Argv } from "yargs";

import { PmucheckError } from "../../spec/errors.js";
import { defaultDriver, defaultProperty } from "./catalogue.js";
import { kernelOptions } from "./kernel.js";
import type { ExitStatus } from "../exit-status.js";

/** Adds a command; its handler tells `end` the exit status. */
export type Register = (cli: Argv, end: (status: ExitStatus) => void) => Argv;

export const DEFAULT_MAX_STATES = 20_000_000;

/** What is checked. No defaults: a command has to see whether an option was given. */
export const subject = {
  ...kernelOptions,
  driver: { type: "string", describe: `the kernel version to check [default: ${defaultDriver.name}]` },
  fix: { type: "string", describe: "fixes of the driver, NAME[+NAME...] or a file (./my-fix.ts)" },
  property: { type: "string", describe: `what must hold [default: ${defaultProperty.name}]` },
  irq: { type: "string", describe: "the PMU interrupt: irq or nmi (short for --set irq=...)" },
  set: {
    type: "string",
    array: true,
    nargs: 1,
    default: [],
    describe: "a parameter, NAME=VALUE; may be repeated",
  },
} as const;

export const json = {
  type: "boolean",
  default: false,
  describe: "print one JSON document instead of text",
} as const;

export const output = {
  type: "string",
  alias: "o",
  describe: "write it to this file, and not to standard output",
} as const;

/** What a list of things is printed as: Markdown only when it is asked for. */
export const LIST_FORMATS = ["text", "markdown", "json"] as const;
export type ListFormat = (typeof LIST_FORMATS)[number];

export const listFormat = {
  choices: LIST_FORMATS,
  describe: "what to print it as [default: text]",
} as const;

/** `--json` is short for `--format json`. Throws PMC104 for both with another format. */
export function listFormatOf<F extends string = ListFormat>(args: {
  readonly json: boolean;
  readonly format: F | undefined;
}): F | "text" | "json" {
  const { json: isJson, format } = args;
  if (isJson && format !== undefined && format !== "json") {
    throw new PmucheckError("PMC104", `--json and --format ${format} ask for two formats: name one`);
  }
  return isJson ? "json" : (format ?? "text");
}

/** On a terminal by default. */
export const progress = {
  type: "boolean",
  default: process.stderr.isTTY,
  describe: "show progress on stderr",
} as const;

export const maxStates = {
  type: "number",
  default: DEFAULT_MAX_STATES,
  describe: "stop as inconclusive after this many states",
} as const;

/** Throws PMC104 unless it is a whole number above 0. */
export function positive(option: string, value: number): number {
  if (Number.isInteger(value) && value > 0) return value;
  throw new PmucheckError("PMC104", `--${option} takes a whole number above 0`);
}

/** The same for an option that may be missing. */
export function positiveIfGiven(option: string, value: number | undefined): number | undefined {
  return value === undefined ? undefined : positive(option, value);
}

/** What a command about a trace takes. */
export const TRACE_FILE =
  "what check --json printed, or a scenario of the last result [default: the last result]";
