/**
 * SPIN: from a Promela model to a verifier, and what the verifier says.
 *
 * SPIN counts the initial state among its transitions ("stored + matched"); one is taken off. It prints counts with
 * 8 significant digits, too few for the largest size, so the format in its generated C is widened; nothing else of it
 * is touched. Partial order reduction is switched off (-DNOREDUCE), so that all sides explore the same states.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { must, run } from "./measure.js";

export interface Built {
  readonly command: readonly string[];
  readonly compileSeconds: number;
}

export interface Counts {
  readonly states: number;
  readonly transitions: number;
}

export interface SpinOptions {
  /** Of gcc: "-O3" runs fastest, "-O0" compiles fastest. */
  readonly optimise: readonly string[];
  /** Maximum depth of the search (-m) and the power of two of hash slots (-w). */
  readonly depth: number;
  readonly slots: number;
}

/** SPIN's default limit is 1 GB. */
const LIMIT_MB = 20_000;

export function buildSpin(model: string, folder: string, { optimise, depth, slots }: SpinOptions): Built {
  writeFileSync(join(folder, "model.pml"), model);
  const generated = must(run("spin", ["-a", "model.pml"], folder));
  const pan = join(folder, "pan.c");
  writeFileSync(pan, readFileSync(pan, "utf8").replaceAll("%9.8g", "%9.15g"));
  const defines = ["-DNOCOMP", "-DSAFETY", "-DNOREDUCE", "-DNOFAIR", `-DMEMLIM=${LIMIT_MB}`];
  const compiled = must(run("gcc", [...optimise, ...defines, "-o", "pan", "pan.c"], folder));
  return {
    command: [join(folder, "pan"), `-m${depth}`, `-w${slots}`],
    compileSeconds: generated.cost.seconds + compiled.cost.seconds,
  };
}

/** Throws if the search was cut short or found an error. */
export function spinCounts(stdout: string): Counts {
  const errors = /errors: (\d+)/.exec(stdout)?.[1];
  if (errors !== "0" || /max search depth too small|out of memory|Search not completed/.test(stdout)) {
    throw new Error(`SPIN did not finish: ${stdout.slice(0, 2000)}`);
  }
  return {
    states: Number(/(\S+) states, stored/.exec(stdout)?.[1]),
    transitions: Number(/(\S+) transitions \(= stored\+matched\)/.exec(stdout)?.[1]) - 1,
  };
}
