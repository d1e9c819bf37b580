/**
 * Tables of text, and the table of the peers.
 */
import type { Row } from "./rows.js";

/** Columns as wide as they need to be, to the right. */
export function table(header: readonly string[], cells: readonly (readonly string[])[]): string {
  const widths = header.map((name, i) => Math.max(name.length, ...cells.map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[]) => row.map((text, i) => text.padStart(widths[i] ?? 0)).join("  ");
  return [header, ...cells].map(line).join("\n");
}

const HEADER = [
  "model",
  "tool",
  "jobs",
  "states",
  "transitions",
  "wall s",
  "CPU s",
  "x 1 job",
  "ns/transition",
  "x miss",
  "compile s",
  "states/s",
  "x SPIN",
  "x SPIN by CPU",
  "x Rumur",
  "bytes/state",
  "peak MB",
  "/ SPIN",
];

/** What a reader of the table has to know of a tool; printed where it has a row. */
const NOTES: Readonly<Record<string, string>> = {
  tlc: "tlc keeps a 64-bit fingerprint per state and may miss states (here it counted them all); the others are exact.",
};

/**
 * Every row against SPIN (one thread) and Rumur (two) at the same size.
 *
 * `x SPIN` and `x Rumur`: how many times as fast by the wall; `by CPU`: by the CPU time of all threads; `/ SPIN`: peak
 * memory as a part of SPIN's. `x 1 job`: how many times as fast by the wall as the same tool with one job; `x miss`: the CPU time of
 * a transition by that of a load which misses the caches.
 */
export function peerTable(rows: readonly Row[], cacheMissNs: number): string {
  const cells = rows.map((row) => {
    const at = (name: string) => rows.find(({ tool, model }) => tool === name && model === row.model);
    const spin = at("spin");
    const rumur = at("rumur");
    const single = at(row.tool);
    return [
      row.model,
      row.tool,
      String(row.jobs),
      String(row.states),
      String(row.transitions),
      row.seconds.toFixed(2),
      row.cpuSeconds.toFixed(2),
      ratio(single?.jobs === 1 ? row.statesPerSecond : undefined, single?.statesPerSecond),
      row.nsPerTransition.toFixed(0),
      (row.nsPerTransition / cacheMissNs).toFixed(1),
      row.compileSeconds.toFixed(1),
      String(Math.round(row.statesPerSecond)),
      ratio(row.statesPerSecond, spin?.statesPerSecond),
      ratio(spin?.cpuSeconds, row.cpuSeconds),
      ratio(row.statesPerSecond, rumur?.statesPerSecond),
      row.bytesPerState.toFixed(1),
      (row.peakRssBytes / 1e6).toFixed(0),
      ratio(row.peakRssBytes, spin?.peakRssBytes),
    ];
  });
  const notes = Object.entries(NOTES).filter(([name]) => rows.some(({ tool }) => tool === name));
  const miss = `A load that misses the caches while others are on their way: ${cacheMissNs.toFixed(1)} ns.`;
  return [table(HEADER, cells), miss, ...notes.map(([, note]) => note)].join("\n");
}

function ratio(value: number | undefined, by: number | undefined): string {
  return value === undefined || by === undefined ? "-" : (value / by).toFixed(2);
}
