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
  "compile s",
  "states/s",
  "x SPIN",
  "x SPIN by CPU",
  "bytes/state",
  "peak MB",
  "/ SPIN",
];

/** `x SPIN`: how many times as fast by the wall, and by the CPU time of all threads; `/ SPIN`: its peak memory as a part of SPIN's. */
export function peerTable(rows: readonly Row[]): string {
  const cells = rows.map((row) => {
    const spin = rows.find(({ tool, model }) => tool === "spin" && model === row.model);
    return [
      row.model,
      row.tool,
      String(row.jobs),
      String(row.states),
      String(row.transitions),
      row.seconds.toFixed(2),
      row.cpuSeconds.toFixed(2),
      row.compileSeconds.toFixed(1),
      String(Math.round(row.statesPerSecond)),
      spin === undefined ? "-" : (row.statesPerSecond / spin.statesPerSecond).toFixed(2),
      spin === undefined ? "-" : (spin.cpuSeconds / row.cpuSeconds).toFixed(2),
      row.bytesPerState.toFixed(1),
      (row.peakRssBytes / 1e6).toFixed(0),
      spin === undefined ? "-" : (row.peakRssBytes / spin.peakRssBytes).toFixed(2),
    ];
  });
  return table(HEADER, cells);
}
