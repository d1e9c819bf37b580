/**
 * From the shell to the answer: how long commands take, against a Node that does nothing, in one run.
 *
 * Commands take turns, so that what else the machine does hits all. The ratio of CPU time says more on a busy machine, that of
 * seconds by the wall on a quiet one.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
const CELLS = ["--scenario", "one-cpu", "--scenario", "close", "--scenario", "refresh"];
/** A fix in a file; its text has the place for an edit. */
const FIX = readFileSync("docs/use/your-own/my-fix.ts", "utf8");
const PLACE = "if (completed !== 0)";

/** What is timed, and what is done before. */
interface Command {
  readonly what: string;
  readonly args: readonly string[];
  readonly prepare?: (turn: number) => void;
}

/** In the order in which they are run: what one keeps, the next ones know. */
function commandsIn(cache: string): readonly Command[] {
  const results = join(cache, "pmucheck", "results");
  const fix = join(cache, "my-fix.ts");
  const write = (text: string) => writeFileSync(fix, text);
  return [
    { what: "node -e 0", args: ["-e", "0"] },
    { what: "pmucheck --version", args: [PROGRAM, "--version"] },
    { what: "pmucheck --help", args: [PROGRAM, "--help"] },
    { what: "pmucheck check one-cpu", args: [PROGRAM, "check", "one-cpu"] },
    {
      what: "verify, 3 scenarios, nothing known",
      args: [PROGRAM, "verify", "no-clear", ...CELLS],
      prepare: () => rmSync(results, { recursive: true, force: true }),
    },
    { what: "verify, 3 scenarios, all known", args: [PROGRAM, "verify", "no-clear", ...CELLS] },
    {
      what: "verify a file, the driver known",
      args: [PROGRAM, "verify", fix, ...CELLS],
      prepare: () => write(FIX),
    },
    {
      what: "verify the file, edited without effect",
      args: [PROGRAM, "verify", fix, ...CELLS],
      prepare: (turn) => write(FIX.replace(PLACE, `if (completed !== 0 && completed !== ${turn + 2})`)),
    },
  ];
}

/** Every command once, and then as often as it is timed. */
export function measureShell(meter: Meter, repeats: number): readonly ShellRow[] {
  if (!FIX.includes(PLACE)) throw new Error(`docs/use/your-own/my-fix.ts has no '${PLACE}' any more`);
  const cache = mkdtempSync(join(tmpdir(), "pmucheck-bench-cache-"));
  const before = process.env["XDG_CACHE_HOME"];
  process.env["XDG_CACHE_HOME"] = cache;
  const commands = commandsIn(cache);
  try {
    const timed = commands.map(({ what }) => ({ what, seconds: [] as number[], cpuSeconds: [] as number[] }));
    for (let turn = 0; turn <= repeats; turn++) {
      commands.forEach(({ args, prepare }, at) => {
        prepare?.(turn);
        const { cost } = meter([process.execPath, ...args]);
        // The first turn is for the code that is kept.
        if (turn === 0) return;
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
