/**
 * What is said on stderr fits the terminal: a progress line that is longer could not be rewritten, and would scroll.
 */
import { expect, test } from "vitest";

import { cutTo } from "../../src/cli/terminal/status-line.js";
import { brokenTo } from "../../src/cli/terminal/terminal.js";

test.each([60, 80, 140])("a line is cut before the last of %i columns", (columns) => {
  const long = "searching ".repeat(50);
  expect(cutTo(columns, long)).toHaveLength(columns - 1);
  expect(cutTo(columns, long)).toMatch(/\.\.\.$/);
  expect(cutTo(columns, "short")).toBe("short");
});

test("a terminal of unknown width has 80 columns", () => {
  expect(cutTo(0, "x".repeat(200))).toHaveLength(79);
});

test("a message is broken between words, and a stack is left as it is", () => {
  const message = "pmucheck: PMC111: cannot read /a/path/that/is/not/broken.json: no such file";
  expect(brokenTo(40, `${message}\n    at read (src/cli/arguments/read-text.ts:12:3)`)).toBe(
    [
      "pmucheck: PMC111: cannot read",
      "  /a/path/that/is/not/broken.json: no",
      "  such file",
      "    at read (src/cli/arguments/read-text.ts:12:3)",
    ].join("\n"),
  );
});
