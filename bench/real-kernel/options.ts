/**
 * What the command line of `npm run real-kernel` asks for. Throws PMC104 on what it cannot understand.
 */
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

import { PmucheckError } from "../../src/spec/errors.js";
import { DEBIAN_KERNELS, KERNELS, PARTS, SCENARIOS, type Kernel } from "./subjects.js";

export interface Options {
  readonly kernels: readonly Kernel[];
  readonly scenarios: readonly string[];
  /** Undefined for those of each batch. */
  readonly fixes: readonly string[] | undefined;
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
    kernels: kernel.length === 0 ? DEBIAN_KERNELS : kernel.map(knownKernel),
    scenarios: scenario.length === 0 ? SCENARIOS : scenario.map(knownScenario),
    fixes: fix.length === 0 ? undefined : fix.map(knownFix),
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

function knownKernel(version: string): Kernel {
  const found = KERNELS.find((one) => one.version === version);
  if (found !== undefined) return found;
  throw usage(`unknown kernel ${version}; known: ${KERNELS.map((one) => one.version).join(", ")}`);
}

function knownScenario(name: string): string {
  if (SCENARIOS.includes(name)) return name;
  throw usage(`unknown scenario ${name}; known: ${SCENARIOS.join(", ")}`);
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
