/**
 * What a row of the bench says, and how a table compares it.
 */
import { expect, test } from "vitest";

import { rowOf, rowsDocument } from "../../bench/rows.js";
import { peerTable } from "../../bench/table.js";

const size = { name: "1e3", states: 1000, transitions: 3000 };
const cost = (seconds: number, peakRssBytes: number) => ({ seconds, cpuSeconds: seconds / 2, peakRssBytes });

test("a row holds medians, and rates made of them", () => {
  const side = { tool: "pmucheck", jobs: 2, compileSeconds: 0 };
  expect(rowOf(side, size, [cost(9, 5000), cost(2, 4000), cost(1, 90_000)])).toEqual({
    tool: "pmucheck",
    model: "1e3",
    jobs: 2,
    states: 1000,
    transitions: 3000,
    seconds: 2,
    statesPerSecond: 500,
    bytesPerState: 5,
    peakRssBytes: 5000,
    cpuSeconds: 1,
    compileSeconds: 0,
  });
});

test("the document has what the issue of the bench asks for, by these names", () => {
  const rows = [rowOf({ tool: "tlc", jobs: 2, compileSeconds: 0 }, size, [cost(2, 5000)])];
  expect(JSON.parse(rowsDocument(rows))).toMatchObject({
    rows: [
      {
        tool: "tlc",
        model: "1e3",
        jobs: 2,
        states: 1000,
        transitions: 3000,
        seconds: 2,
        statesPerSecond: 500,
        bytesPerState: 5,
        peakRssBytes: 5000,
      },
    ],
  });
});

test("a table compares every row with SPIN and Rumur at the same size", () => {
  const other = { ...size, name: "other" };
  const printed = columnsOf(
    peerTable([
      rowOf({ tool: "spin", jobs: 1, compileSeconds: 2 }, other, [cost(100, 1)]),
      rowOf({ tool: "rumur", jobs: 2, compileSeconds: 2 }, other, [cost(100, 1)]),
      rowOf({ tool: "pmucheck", jobs: 1, compileSeconds: 0 }, size, [cost(1, 1e6)]),
      rowOf({ tool: "pmucheck", jobs: 2, compileSeconds: 0 }, size, [cost(0.5, 2e6)]),
      rowOf({ tool: "spin", jobs: 1, compileSeconds: 2 }, size, [cost(4, 4e6)]),
      rowOf({ tool: "rumur", jobs: 2, compileSeconds: 2 }, size, [cost(8, 4e6)]),
    ]),
    ["tool", "jobs", "x SPIN", "x SPIN by CPU", "x Rumur", "/ SPIN"],
  );
  expect(printed.slice(2)).toEqual([
    ["pmucheck", "1", "4.00", "4.00", "8.00", "0.25"],
    ["pmucheck", "2", "8.00", "8.00", "16.00", "0.50"],
    ["spin", "1", "1.00", "1.00", "2.00", "1.00"],
    ["rumur", "2", "0.50", "0.50", "1.00", "1.00"],
  ]);
});

test("a table without SPIN and Rumur compares nothing", () => {
  const row = rowOf({ tool: "pmucheck", jobs: 1, compileSeconds: 0 }, size, [cost(1, 1e6)]);
  expect(columnsOf(peerTable([row]), ["x SPIN", "x SPIN by CPU", "x Rumur", "/ SPIN"])).toEqual([
    ["-", "-", "-", "-"],
  ]);
});

test("a table with TLC says that TLC may miss states, and one without it says nothing", () => {
  const row = (tool: string) => rowOf({ tool, jobs: 1, compileSeconds: 0 }, size, [cost(1, 1e6)]);
  expect(peerTable([row("spin"), row("tlc")])).toMatch(/\n.*fingerprint.*may miss states.*$/);
  expect(peerTable([row("spin")])).not.toContain("fingerprint");
});

/** The cells of some columns, line by line. */
function columnsOf(text: string, names: readonly string[]): (string | undefined)[][] {
  const [header = [], ...lines] = text.split("\n").map((line) => line.trim().split(/ {2,}/));
  return lines.map((cells) => names.map((name) => cells[header.indexOf(name)]));
}
