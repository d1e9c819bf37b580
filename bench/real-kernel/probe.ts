/**
 * What the probe's script counted in a guest, beside what the ring buffer says.
 */
import { table } from "../table.js";
import { runsOf } from "./results.js";

export interface ProbeRow {
  readonly kernel: string;
  readonly scenario: string;
  readonly overflows: number;
  /** Overflows without a sample; in scenarios that begin the count afresh this says nothing. */
  readonly missing: number;
  /** Completed periods that were found at a stop, by the module, which changes nothing here. */
  readonly noticed: number;
  /** What the script counted. */
  readonly counted: number;
}

/** The script's last line of each run goes with the run's results. Throws if there is none: it refused, or failed. */
export function probeRowsOf(kernel: string, console: string): readonly ProbeRow[] {
  const counts = [...console.matchAll(/^SCRIPT lost (\d+) of \d+ starts$/gm)].map(([, count]) =>
    Number(count),
  );
  const runs = runsOf(console);
  if (counts.length !== runs.length) {
    throw new Error(`the probe did not count: ${/^SCRIPT .*$/m.exec(console)?.[0] ?? "it said nothing"}`);
  }
  return runs.map(({ scenario, tasks, counts: { noticed } }, i) => {
    const sum = (of: "overflows" | "samples") => tasks.reduce((total, task) => total + task[of], 0);
    return {
      kernel,
      scenario,
      overflows: sum("overflows"),
      missing: sum("overflows") - sum("samples"),
      noticed,
      counted: counts[i] ?? 0,
    };
  });
}

export function probeTable(rows: readonly ProbeRow[]): string {
  const header = [
    "kernel",
    "scenario",
    "overflows",
    "without a sample",
    "found at a stop",
    "counted by the probe",
  ];
  return table(
    header,
    rows.map(({ kernel, scenario, overflows, missing, noticed, counted }) => [
      kernel,
      scenario,
      ...[overflows, missing, noticed, counted].map(String),
    ]),
  );
}
