/**
 * SPIN, Rumur and TLC for tests: what they count on a model, with the quickest compilation.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { TlaModel } from "../../../bench/model/tla.js";
import { benchOptions } from "../../../bench/options.js";
import { buildRumur, rumurCounts } from "../../../bench/peers/rumur.js";
import { run } from "../../../bench/peers/measure.js";
import { buildSpin, spinCounts, type Built, type Counts } from "../../../bench/peers/spin.js";
import { buildTlc, tlcCounts, type Tlc } from "../../../bench/peers/tlc.js";
import { isInstalled, type Tool } from "../../../bench/peers/tools.js";

const QUICKLY = ["-O0"];

/** Is the tool there, with a C compiler? Says loudly what is not tested if it is not. */
export function canRun(tool: Tool): boolean {
  const missing = [tool, "gcc" as const].filter((needed) => !isInstalled(needed));
  if (missing.length > 0) {
    process.stderr.write(
      `NOT TESTED: counts against ${tool}, because ${missing.join(" and ")} cannot be run (apt-get install ${missing.join(" ")})\n`,
    );
  }
  return missing.length === 0;
}

/** Throws if SPIN finds an error. */
export function countBySpin(model: string): Counts {
  const options = { optimise: QUICKLY, depth: 100_000, slots: 18 };
  return inFolder((folder) => spinCounts(outputOf(buildSpin(model, folder, options), folder)));
}

/** Throws if Rumur finds an error. */
export function countByRumur(model: string): Counts {
  const options = { optimise: QUICKLY, threads: 1 };
  return inFolder((folder) => rumurCounts(outputOf(buildRumur(model, folder, options), folder)));
}

/** TLC, if the environment says where it is; says loudly what is not tested if not. A wrong path throws. */
export function givenTlc(): Tlc | undefined {
  const { tlc } = benchOptions([], process.env);
  if (tlc === undefined) {
    process.stderr.write(
      "NOT TESTED: counts against TLC, because TLA2TOOLS is not the path of a tla2tools.jar (and JAVA that of a Java)\n",
    );
  }
  return tlc;
}

/** Throws if TLC finds an error. */
export function countByTlc(model: TlaModel, tlc: Tlc): Counts {
  return inFolder((folder) => tlcCounts(outputOf(buildTlc(model, folder, { ...tlc, workers: 1 }), folder)));
}

function outputOf({ command }: Built, folder: string): string {
  const [program = "", ...args] = command;
  return run(program, args, folder).stdout;
}

function inFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "pmucheck-peer-"));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
