/**
 * Progress lines fit the terminal: one that is longer could not be rewritten, and would scroll.
 */
import { expect, test } from "vitest";

import { cutTo } from "../../src/cli/terminal/status-line.js";

test.each([60, 80, 140])("a line is cut before the last of %i columns", (columns) => {
  const long = "searching ".repeat(50);
  expect(cutTo(columns, long)).toHaveLength(columns - 1);
  expect(cutTo(columns, long)).toMatch(/\.\.\.$/);
  expect(cutTo(columns, "short")).toBe("short");
});

test("a terminal of unknown width has 80 columns", () => {
  expect(cutTo(0, "x".repeat(200))).toHaveLength(79);
});
