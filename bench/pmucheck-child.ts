/**
 * pmucheck's side of one run, in a process of its own: explores the bench model and prints counts and costs.
 *
 * Called with one argument, `{"parameters": {...}, "jobs": 1}`.
 */
import { explore } from "../src/engine/explore.js";
import { optimizeLater } from "../src/cli/thread/optimize-later.js";
import { keepNurserySmall } from "../src/engine/api/v8-heap.js";
import { Machine } from "../src/runtime/machine.js";
import type { BenchParameters } from "./model/parameters.js";
import { benchSystem } from "./model/system.js";
import { peakRssBytes } from "./peak-memory.js";

// As the program does.
keepNurserySmall();
optimizeLater();

/** More states than any size has. */
const MAX_STATES = 1e9;

// Only bench/sides.ts starts this program.
const { parameters, jobs } = JSON.parse(process.argv[2] ?? "{}") as {
  readonly parameters: BenchParameters;
  readonly jobs: number;
};
const limits = { maxStates: MAX_STATES, jobs };
const watch = { goals: [], cycles: [], witnesses: [] };
const { end, states, transitions } = explore(new Machine(benchSystem(parameters)), watch, limits);
if (end.kind !== "complete") throw new Error(`pmucheck did not finish: ${JSON.stringify(end)}`);
const { userCPUTime, systemCPUTime } = process.resourceUsage();
const report = {
  states,
  transitions,
  cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
  peakRssBytes: peakRssBytes(),
};
process.stdout.write(`${JSON.stringify(report)}\n`);
