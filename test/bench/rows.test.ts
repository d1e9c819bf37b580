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
    nsPerTransition: 1e9 / 3000,
    compileSeconds: 0,
  });
});

test("the document has what the issue of the bench asks for, by these names", () => {
  const rows = [rowOf({ tool: "tlc", jobs: 2, compileSeconds: 0 }, size, [cost(2, 5000)])];
  expect(JSON.parse(rowsDocument(rows, 20))).toMatchObject({
    cacheMissNs: 20,
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
        nsPerTransition: 1e9 / 3000,
      },
    ],
  });
});

test("a table compares every row with SPIN and Rumur at the same size", () => {
  const other = { ...size, name: "other" };
  const printed = columnsOf(
    comparedTable([
      rowOf({ tool: "spin", jobs: 1, compileSeconds: 2 }, other, [cost(100, 1)]),
      rowOf({ tool: "rumur", jobs: 2, compileSeconds: 2 }, other, [cost(100, 1)]),
      rowOf({ tool: "pmucheck", jobs: 1, compileSeconds: 0 }, size, [cost(1, 1e6)]),
      rowOf({ tool: "pmucheck", jobs: 2, compileSeconds: 0 }, size, [cost(0.5, 2e6)]),
      rowOf({ tool: "spin", jobs: 1, compileSeconds: 2 }, size, [cost(4, 4e6)]),
      rowOf({ tool: "rumur", jobs: 2, compileSeconds: 2 }, size, [cost(8, 4e6)]),
    ]),
    ["tool", "jobs", "x 1 job", "ns/transition", "x miss", "x SPIN", "x SPIN by CPU", "x Rumur", "/ SPIN"],
  );
  expect(printed.slice(2)).toEqual([
    ["pmucheck", "1", "1.00", "166667", "2.0", "4.00", "4.00", "8.00", "0.25"],
    ["pmucheck", "2", "2.00", "83333", "1.0", "8.00", "8.00", "16.00", "0.50"],
    ["spin", "1", "1.00", "666667", "8.0", "1.00", "1.00", "2.00", "1.00"],
    ["rumur", "2", "-", "1333333", "16.0", "0.50", "0.50", "1.00", "1.00"],
  ]);
});

test("a table without SPIN and Rumur compares nothing", () => {
  const row = rowOf({ tool: "pmucheck", jobs: 1, compileSeconds: 0 }, size, [cost(1, 1e6)]);
  expect(columnsOf(comparedTable([row]), ["x SPIN", "x SPIN by CPU", "x Rumur", "/ SPIN"])).toEqual([
    ["-", "-", "-", "-"],
  ]);
});

test("a table with TLC says that TLC may miss states, and one without it says nothing", () => {
  const row = (tool: string) => rowOf({ tool, jobs: 1, compileSeconds: 0 }, size, [cost(1, 1e6)]);
  expect(comparedTable([row("spin"), row("tlc")])).toMatch(/\n.*fingerprint.*may miss states.*$/);
  expect(comparedTable([row("spin")])).not.toContain("fingerprint");
});

/** With a miss of 1e9 / 12,000 ns. */
function comparedTable(rows: Parameters<typeof peerTable>[0]): string {
  return peerTable(rows, 1e9 / 12_000);
}

/** The cells of some columns, line by line; sentences below the table are none. */
function columnsOf(text: string, names: readonly string[]): (string | undefined)[][] {
  const [header = [], ...lines] = text.split("\n").map((line) => line.trim().split(/ {2,}/));
  return lines
    .filter(({ length }) => length > 1)
    .map((cells) => names.map((name) => cells[header.indexOf(name)]));
}
