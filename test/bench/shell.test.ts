/**
 * What a bench of commands says of the times that were measured.
 */
import { expect, test } from "vitest";

import { shellRows, shellTable } from "../../bench/shell.js";

test("commands are compared by medians with the first one", () => {
  const rows = shellRows([
    { what: "node -e 0", seconds: [0.1, 9, 0.2], cpuSeconds: [0.1, 0.1, 0.1] },
    { what: "pmucheck", seconds: [0.5, 0.4, 0.7], cpuSeconds: [0.2, 0.25, 0.4] },
  ]);
  expect(rows[1]).toEqual({
    what: "pmucheck",
    seconds: 0.5,
    cpuSeconds: 0.25,
    timesNode: 2.5,
    timesNodeCpu: 2.5,
  });
  expect(
    shellTable(rows)
      .split("\n")
      .map((line) => line.trim().split(/ {2,}/)),
  ).toEqual([
    ["command", "wall s", "x node", "CPU s", "x node by CPU"],
    ["node -e 0", "0.20", "1.00", "0.10", "1.00"],
    ["pmucheck", "0.50", "2.50", "0.25", "2.50"],
  ]);
});
