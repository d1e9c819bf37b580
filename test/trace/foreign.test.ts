/**
 * Traces from elsewhere, which may say anything.
 */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

import { readTraceDocument } from "../../src/trace/read.js";

const kept = readFileSync("test/report/formats/golden/one-cpu-irq.trace.json", "utf8");

/** The kept trace with some fields changed. */
function edited(fields: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ ...(JSON.parse(kept) as object), ...fields });
}

test("a trace's fix is read: nobody may take its violation for the driver's", () => {
  expect(readTraceDocument(edited({ fix: "no-clear" }), "t.json").fix).toBe("no-clear");
  expect(readTraceDocument(kept, "t.json").fix).toBeUndefined();
});

describe("text that would make a terminal do something is refused", () => {
  test.each([
    ["an escape sequence", { start: "\u001b[2J" }],
    ["a title", { config: { irq: "\u001b]0;title\u0007" } }],
    ["a C1 control", { driver: "linux\u009b2J" }],
    ["a return", { epilogue: "one\rtwo" }],
  ])("%s", (_, fields) => {
    expect(() => readTraceDocument(edited(fields), "t.json")).toThrow(/control characters/);
  });

  test("but not a line feed", () => {
    expect(readTraceDocument(edited({ start: "one\ntwo" }), "t.json").start).toBe("one\ntwo");
  });
});
