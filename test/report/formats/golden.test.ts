/**
 * What each format of a kept trace looks like. The trace is a document, so these change with the renderers only.
 */
import { describe, expect, test } from "vitest";

import { TRACE_FORMATS, traceRenderers } from "../../../src/report/formats/catalogue.js";
import { junit } from "../../../src/report/formats/junit.js";
import { markdownOfChecks } from "../../../src/report/formats/markdown.js";
import { sarif } from "../../../src/report/formats/sarif.js";
import { keptCheck, keptTrace } from "../../support/models/traces.js";

describe("one CPU, irq", () => {
  test.each(TRACE_FORMATS.filter((format) => format !== "json"))("as %s", async (format) => {
    await expect(`${traceRenderers[format](keptTrace)}\n`).toMatchFileSnapshot(
      `golden/one-cpu-irq.${format}`,
    );
  });

  test.each([
    ["junit.xml", junit([keptCheck], { timestamp: "2026-11-23T12:00:00" })],
    ["sarif", sarif([keptCheck], { version: "0.1.0" })],
    ["checks.markdown", markdownOfChecks([keptCheck])],
  ])("as %s", async (name, text) => {
    await expect(`${text}\n`).toMatchFileSnapshot(`golden/one-cpu-irq.${name}`);
  });

  test("as json, is read again as it was", () => {
    expect(JSON.parse(traceRenderers.json(keptTrace))).toEqual(keptTrace);
  });
});
