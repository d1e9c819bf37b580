/**
 * Rumur: from a Murphi model to a verifier, and what the verifier says.
 *
 * Deadlocks are allowed and symmetry reduction is off: all sides explore the same states.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { must, run } from "./measure.js";
import type { Built, Counts } from "./spin.js";

export interface RumurOptions {
  /** Of gcc: "-O3" runs fastest, "-O0" compiles fastest. */
  readonly optimise: readonly string[];
  readonly threads: number;
}

export function buildRumur(model: string, folder: string, { optimise, threads }: RumurOptions): Built {
  writeFileSync(join(folder, "model.m"), model);
  const options = [
    "--deadlock-detection",
    "off",
    "--symmetry-reduction",
    "off",
    "--threads",
    String(threads),
  ];
  const generated = must(run("rumur", [...options, "--output", "model.c", "model.m"], folder));
  const wide = process.arch === "x64" ? ["-mcx16"] : [];
  const compiled = must(
    run("gcc", [...optimise, ...wide, "-o", "model", "model.c", "-lpthread", "-latomic"], folder),
  );
  return {
    command: [join(folder, "model")],
    compileSeconds: generated.cost.seconds + compiled.cost.seconds,
  };
}

/** Throws if the search was cut short or found an error. */
export function rumurCounts(stdout: string): Counts {
  const counts = /(\d+) states, (\d+) rules fired/.exec(stdout);
  if (!stdout.includes("No error found") || counts === null) {
    throw new Error(`Rumur did not finish: ${stdout.slice(0, 2000)}`);
  }
  return { states: Number(counts[1]), transitions: Number(counts[2]) };
}
