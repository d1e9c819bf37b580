/**
 * What a row of the bench says, and how a table compares it.
 */
import { expect, test } from "vitest";

import { rowOf } from "../../bench/rows.js";
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

test("a table compares with SPIN at the same size", () => {
  const rows = [
    rowOf({ tool: "pmucheck", jobs: 1, compileSeconds: 0 }, size, [cost(1, 1e6)]),
    rowOf({ tool: "spin", jobs: 1, compileSeconds: 2 }, size, [cost(4, 4e6)]),
    rowOf({ tool: "spin", jobs: 1, compileSeconds: 2 }, { ...size, name: "other" }, [cost(100, 1)]),
  ];
  const [header = "", own = ""] = peerTable(rows).split("\n");
  const columns = (line: string) => line.trim().split(/ {2,}/);
  const value = (name: string) => columns(own)[columns(header).indexOf(name)];
  expect([value("x SPIN"), value("x SPIN by CPU"), value("/ SPIN")]).toEqual(["4.00", "4.00", "0.25"]);
});

test("a table without SPIN compares nothing", () => {
  const row = rowOf({ tool: "pmucheck", jobs: 1, compileSeconds: 0 }, size, [cost(1, 1e6)]);
  expect(peerTable([row]).split("\n")[1]).toMatch(/-$/);
});
