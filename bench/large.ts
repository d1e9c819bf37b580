/**
 * `node dist/bench/large.js [SIDE] [THREADS]`: more states than one memory holds, of a system whose counts are known.
 *
 * Three counters go round, each for itself: with a side of 1000 that is 10^9 states and three times as many transitions, in
 * 2998 levels. It wants 9 GB. Throws if the counts are others.
 */
import { explore } from "../src/engine/explore.js";
import { optimizeLater } from "../src/cli/thread/optimize-later.js";
import { keepNurserySmall } from "../src/engine/api/v8-heap.js";
import type { TransitionSystem } from "../src/spec/transition-system.js";
import { peakRssBytes } from "./peak-memory.js";

const [side = 1000, jobs = 2] = process.argv.slice(2).map(Number);
const MAX_BYTES = 16 * 2 ** 30;
const REPORT_MS = 10_000;

// As the program does.
keepNurserySmall();
optimizeLater();

const system: TransitionSystem = {
  components: ["a", "b", "c"],
  initial: [0, 0, 0],
  processes: ["a", "b", "c"],
  fair: [],
  run: (process, read) => [
    { writes: new Map([[process, (Number(read(process)) + 1) % side]]), observations: [] },
  ],
};

const started = Date.now();
let reported = started;
const { end, states, transitions, bytes, audit } = explore(
  system,
  { goals: [], cycles: [], witnesses: [] },
  {
    maxStates: Infinity,
    maxBytes: MAX_BYTES,
    jobs,
    onProgress: (progress) => {
      if (Date.now() - reported < REPORT_MS) return;
      reported = Date.now();
      process.stderr.write(`${seconds(reported)} s: ${progress.states} states, level ${progress.depth}\n`);
    },
  },
);
if (end.kind !== "complete" || states !== side ** 3 || transitions !== 3 * side ** 3) {
  throw new Error(`${states} states, ${transitions} transitions, ${JSON.stringify(end)}`);
}
const { userCPUTime, systemCPUTime } = process.resourceUsage();
const report = {
  states,
  transitions,
  jobs,
  seconds: seconds(Date.now()),
  cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
  bytesPerState: bytes / states,
  peakRssBytes: peakRssBytes(),
  audited: audit.states,
};
process.stdout.write(`${JSON.stringify(report)}\n`);

function seconds(now: number): number {
  return Math.round((now - started) / 100) / 10;
}
