/**
 * Whatever is printed of a driver with fixes in it names the fixes: a verdict on a fix must not read as one on the kernel.
 */
import { describe, expect, test } from "vitest";

import { TRACE_FORMATS, traceRenderers } from "../../src/report/formats/catalogue.js";
import { junit } from "../../src/report/formats/junit.js";
import { markdownOfChecks } from "../../src/report/formats/markdown.js";
import { sarif } from "../../src/report/formats/sarif.js";
import { matrixText } from "../../src/report/matrix.js";
import { whereChecked } from "../../src/report/subject.js";
import { verdictLine } from "../../src/report/trace/text.js";
import { keptCheck, keptTrace } from "../support/models/traces.js";

const trace = { ...keptTrace, fix: "no-clear" };
const check = { ...keptCheck, fix: "no-clear", trace };
const NAMED = `${keptTrace.driver} + no-clear`;

test("a subject names its fixes, and only if it has some", () => {
  expect(whereChecked(trace)).toBe(`one-cpu, ${NAMED}, irq`);
  expect(whereChecked(keptTrace)).toBe(`one-cpu, ${keptTrace.driver}, irq`);
});

describe("a trace", () => {
  test.each(TRACE_FORMATS.filter((format) => !["columns", "json", "litmus"].includes(format)))(
    "as %s",
    (format) => {
      expect(traceRenderers[format](trace)).toContain(NAMED);
    },
  );

  test("as litmus, in a name without blanks", () => {
    expect(traceRenderers.litmus(trace)).toContain(`one-cpu+${keptTrace.driver}+no-clear+irq`);
  });

  test("as columns, in the line that replays it", () => {
    expect(traceRenderers.columns(trace)).toContain("--fix no-clear");
  });
});

describe("verdicts", () => {
  test.each([
    ["text", verdictLine(check)],
    ["junit", junit([check], { timestamp: "2026-11-23T12:00:00" })],
    ["markdown", markdownOfChecks([check])],
    ["matrix", matrixText([check], [], 80)],
  ])("as %s", (_, text) => {
    expect(text).toContain(NAMED);
  });

  test("as junit, apart from those of the driver without them", () => {
    const both = junit([keptCheck, check], { timestamp: "2026-11-23T12:00:00" });
    expect(both.match(/<testsuite /g)).toHaveLength(2);
  });

  test("as SARIF, with a fingerprint of their own", () => {
    const prints = [keptCheck, check].map(
      (one) => /"pmucheckSubject\/v1": "([^"]*)"/.exec(sarif([one], { version: "0.1.0" }))?.[1],
    );
    expect(prints[1]).toContain(NAMED);
    expect(prints[0]).not.toBe(prints[1]);
  });
});
