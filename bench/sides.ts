/**
 * The sides of the bench, each ready to run one size: how it is started and what it says.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { murphi } from "./model/murphi.js";
import { promela } from "./model/promela.js";
import type { Size } from "./model/sizes.js";
import { tla } from "./model/tla.js";
import { must, type Cost, type Meter } from "./peers/measure.js";
import { buildRumur, rumurCounts } from "./peers/rumur.js";
import { buildSpin, spinCounts, type Built, type Counts } from "./peers/spin.js";
import { buildTlc, tlcCounts, type Tlc } from "./peers/tlc.js";
import type { Tool } from "./peers/tools.js";

export interface Side {
  readonly tool: string;
  readonly jobs: number;
  readonly compileSeconds: number;
  readonly run: () => { readonly counts: Counts; readonly cost: Cost };
}

/** The numbers of threads that pmucheck is run with. */
const PMUCHECK_JOBS: readonly number[] = [1, 2];
/** Rumur's best on the machines this is for. */
const RUMUR_THREADS = 2;
const TLC_WORKERS = [1, 2];
/** It makes some tens of thousands of states per second: the larger sizes would take a quarter of an hour and more. */
const TLC_MOST_STATES = 2e6;
const FASTEST = ["-O3", "-march=native"];

export interface Setting {
  /** Undefined where there is no C compiler, hence no peer. */
  readonly meter: Meter | undefined;
  readonly missing: readonly Tool[];
  readonly tlc: Tlc | undefined;
  /** Where models and programs are put. */
  readonly folder: string;
  readonly say: (text: string) => void;
}

/** All sides that can run, built for a size. */
export function sidesFor(size: Size, { meter, missing, tlc, folder, say }: Setting): Side[] {
  const sides = PMUCHECK_JOBS.map((jobs) => pmucheckSide(size, jobs));
  if (meter === undefined) return sides;
  const place = (tool: string) => {
    const path = join(folder, `${tool}-${size.name}`);
    mkdirSync(path, { recursive: true });
    return path;
  };
  const peer = (tool: Tool | "tlc", jobs: number, built: Built, read: (stdout: string) => Counts): Side => ({
    tool,
    jobs,
    compileSeconds: built.compileSeconds,
    run: () => {
      const { cost, stdout } = must(meter(built.command));
      return { counts: read(stdout), cost };
    },
  });
  if (!missing.includes("spin")) {
    const options = { ...size.spin, optimise: FASTEST };
    sides.push(peer("spin", 1, buildSpin(promela(size.parameters), place("spin"), options), spinCounts));
  }
  if (!missing.includes("rumur")) {
    const options = { threads: RUMUR_THREADS, optimise: FASTEST };
    const built = buildRumur(murphi(size.parameters), place("rumur"), options);
    sides.push(peer("rumur", RUMUR_THREADS, built, rumurCounts));
  }
  if (tlc !== undefined && size.states > TLC_MOST_STATES) {
    say(
      `bench: ${size.name} is not run by TLC: it is fast enough for ${TLC_MOST_STATES} states, not for more`,
    );
  } else if (tlc !== undefined) {
    const model = tla(size.parameters);
    for (const workers of TLC_WORKERS) {
      const built = buildTlc(model, place(`tlc${workers}`), { ...tlc, workers });
      sides.push(peer("tlc", workers, built, tlcCounts));
    }
  }
  return sides;
}

function pmucheckSide({ parameters }: Size, jobs: number): Side {
  const program = fileURLToPath(new URL("pmucheck-child.js", import.meta.url));
  const argument = JSON.stringify({ parameters, jobs });
  return {
    tool: "pmucheck",
    jobs,
    compileSeconds: 0,
    run: () => {
      const started = process.hrtime.bigint();
      const { status, stdout, stderr } = spawnSync(process.execPath, [program, argument], {
        encoding: "utf8",
      });
      const seconds = Number(process.hrtime.bigint() - started) / 1e9;
      if (status !== 0) throw new Error(`pmucheck's side ended with ${String(status)}: ${stderr}`);
      // What bench/pmucheck-child.ts prints.
      const { states, transitions, cpuSeconds, peakRssBytes } = JSON.parse(stdout) as Counts & Cost;
      return { counts: { states, transitions }, cost: { seconds, cpuSeconds, peakRssBytes } };
    },
  };
}
