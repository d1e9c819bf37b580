/**
 * From the shell to the answer: how long commands take, against a Node that does nothing, in one run.
 *
 * Commands take turns, so that what else the machine does hits all. The ratio of CPU time says more on a busy machine, that of
 * seconds by the wall on a quiet one.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import type { Meter } from "./peers/measure.js";
import { median } from "./rows.js";
import { table } from "./table.js";

/** One command, timed. */
export interface ShellRow {
  readonly what: string;
  /** By the wall, from start to exit; like all numbers here the median of the runs. */
  readonly seconds: number;
  /** User and system time of all threads and of the processes that it waited for. */
  readonly cpuSeconds: number;
  /** Times `node -e 0` of the same run. */
  readonly timesNode: number;
  readonly timesNodeCpu: number;
}

export interface Timed {
  readonly what: string;
  readonly seconds: readonly number[];
  readonly cpuSeconds: readonly number[];
}

const PROGRAM = resolve("dist/bin/pmucheck.cjs");
const VERIFY = [
  "verify",
  "no-clear",
  "--scenario",
  "one-cpu",
  "--scenario",
  "close",
  "--scenario",
  "refresh",
];

/** What is timed; a command that is cold begins without anything that an earlier run has kept. */
const COMMANDS: readonly {
  readonly what: string;
  readonly args: readonly string[];
  readonly isCold?: true;
}[] = [
  { what: "node -e 0", args: ["-e", "0"] },
  { what: "pmucheck --version", args: [PROGRAM, "--version"] },
  { what: "pmucheck --help", args: [PROGRAM, "--help"] },
  { what: "pmucheck check one-cpu", args: [PROGRAM, "check", "one-cpu"] },
  { what: "verify, 3 scenarios, nothing known", args: [PROGRAM, ...VERIFY], isCold: true },
  { what: "verify, 3 scenarios, all known", args: [PROGRAM, ...VERIFY] },
];

/** Every command once, and then as often as it is timed. */
export function measureShell(meter: Meter, repeats: number): readonly ShellRow[] {
  const cache = mkdtempSync(join(tmpdir(), "pmucheck-bench-cache-"));
  const before = process.env["XDG_CACHE_HOME"];
  process.env["XDG_CACHE_HOME"] = cache;
  try {
    for (const { args } of COMMANDS) spawnSync(process.execPath, [...args], { stdio: "ignore" });
    const timed = COMMANDS.map(({ what }) => ({ what, seconds: [] as number[], cpuSeconds: [] as number[] }));
    for (let turn = 0; turn < repeats; turn++) {
      COMMANDS.forEach(({ args, isCold }, at) => {
        if (isCold === true) rmSync(join(cache, "pmucheck", "results"), { recursive: true, force: true });
        const { cost } = meter([process.execPath, ...args]);
        timed[at]?.seconds.push(cost.seconds);
        timed[at]?.cpuSeconds.push(cost.cpuSeconds);
      });
    }
    return shellRows(timed);
  } finally {
    if (before === undefined) delete process.env["XDG_CACHE_HOME"];
    else process.env["XDG_CACHE_HOME"] = before;
    rmSync(cache, { recursive: true });
  }
}

/** The medians, and how they compare with the first command's. */
export function shellRows(timed: readonly Timed[]): readonly ShellRow[] {
  const medians = timed.map((one) => ({
    what: one.what,
    seconds: median(one.seconds),
    cpuSeconds: median(one.cpuSeconds),
  }));
  const [node = { seconds: NaN, cpuSeconds: NaN }] = medians;
  return medians.map((one) => ({
    ...one,
    timesNode: one.seconds / node.seconds,
    timesNodeCpu: one.cpuSeconds / node.cpuSeconds,
  }));
}

export function shellTable(rows: readonly ShellRow[]): string {
  return table(
    ["command", "wall s", "x node", "CPU s", "x node by CPU"],
    rows.map(({ what, seconds, timesNode, cpuSeconds, timesNodeCpu }) => [
      what,
      ...[seconds, timesNode, cpuSeconds, timesNodeCpu].map((number) => number.toFixed(2)),
    ]),
  );
}
