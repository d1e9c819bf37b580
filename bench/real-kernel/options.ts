/**
 * What the command line of `npm run real-kernel` asks for. Throws PMC104 on what it cannot understand.
 */
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

import { PmucheckError } from "../../src/spec/errors.js";
import { FIXES, KERNELS, PARTS, SCENARIOS, type Kernel } from "./subjects.js";

export interface Options {
  readonly kernels: readonly Kernel[];
  readonly scenarios: readonly string[];
  readonly fixes: readonly string[];
  readonly seed: number;
  /** Where packages and builds are kept. */
  readonly folder: string;
  /** A file for the log of a run without the module; undefined for the table. */
  readonly record: string | undefined;
  /** The probe's counts beside the ring buffer's, instead of the table. */
  readonly probe: boolean;
}

export function realKernelOptions(args: readonly string[]): Options {
  const { kernel, scenario, fix, seed, folder, record, probe } = parse(args);
  const options: Options = {
    kernels: chosen(
      "kernel",
      kernel,
      KERNELS.map(({ version }) => version),
    ).flatMap((version) => KERNELS.filter((one) => one.version === version)),
    scenarios: chosen("scenario", scenario, SCENARIOS),
    fixes: fix.length === 0 ? FIXES : fix.map(knownFix),
    seed: seedOf(seed),
    folder: resolve(folder ?? join(homedir(), ".cache", "pmucheck", "real-kernel")),
    record: record === undefined ? undefined : resolve(record),
    probe,
  };
  if (record !== undefined && (options.kernels.length !== 1 || options.scenarios.length !== 1)) {
    throw usage("--record takes the log of one run: give one --kernel and one --scenario");
  }
  return options;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        kernel: { type: "string", multiple: true, default: [] },
        scenario: { type: "string", multiple: true, default: [] },
        fix: { type: "string", multiple: true, default: [] },
        seed: { type: "string", default: "1" },
        folder: { type: "string" },
        record: { type: "string" },
        probe: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error));
  }
}

/** The given names, all known ones if none is given. */
function chosen(what: string, given: readonly string[], known: readonly string[]): readonly string[] {
  const unknown = given.find((name) => !known.includes(name));
  if (unknown !== undefined) throw usage(`unknown ${what} ${unknown}; known: ${known.join(", ")}`);
  return given.length === 0 ? known : given;
}

function knownFix(fix: string): string {
  const unknown = fix.split("+").find((part) => fix !== "none" && !PARTS.some((known) => known === part));
  if (unknown === undefined) return fix;
  throw usage(`the guest's module has no fix ${unknown}; it has: none, ${PARTS.join(", ")}`);
}

function seedOf(text: string): number {
  const seed = Number(text);
  if (Number.isSafeInteger(seed) && seed >= 0) return seed;
  throw usage("--seed takes a whole number, 0 or more");
}

function usage(message: string): PmucheckError {
  return new PmucheckError("PMC104", message);
}
