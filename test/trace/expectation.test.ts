/**
 * Expected verdicts: what is read from a file, and which differences count.
 */
import { describe, expect, test } from "vitest";

import { expectedVerdicts } from "../../src/report/formats/expected.js";
import { differenceText } from "../../src/report/expectations.js";
import { differencesFrom, readExpectations } from "../../src/trace/expectation.js";
import type { CheckDocument } from "../../src/trace/document.js";
import { keptCheck } from "../support/models/traces.js";

const { trace: _, ...without } = keptCheck;
const holding: CheckDocument = { ...without, property: "no-duplicate", verdict: "holds" };
const file = expectedVerdicts([keptCheck, holding]);
const expected = readExpectations(file, "e.json");

function differences(...checks: CheckDocument[]): string[] {
  return differencesFrom(expected, checks).map(differenceText);
}

describe("a run", () => {
  test("that comes to what the file says differs in nothing", () => {
    expect(differences(keptCheck, holding)).toEqual([]);
    expect(differences(holding, keptCheck)).toEqual([]);
  });

  test.each<readonly [string, readonly CheckDocument[], string]>([
    [
      "a violation that is gone",
      [{ ...without, verdict: "holds" }, holding],
      "expected violated (no-loss), found holds",
    ],
    [
      "a violation that is new",
      [keptCheck, { ...holding, verdict: "violated" }],
      "expected holds, found violated",
    ],
    ["a check that was not made", [keptCheck], "expected holds, not checked"],
    [
      "a check that is not in the file",
      [keptCheck, holding, { ...holding, config: { ...holding.config, irq: "nmi" } }],
      "not expected, found holds",
    ],
    [
      "another rule",
      [
        {
          ...keptCheck,
          trace: keptCheck.trace && { ...keptCheck.trace, rule: "no-duplicate" },
        } as CheckDocument,
        holding,
      ],
      "expected violated (no-loss), found violated (no-duplicate)",
    ],
    ["a fault", [keptCheck, { ...holding, verdict: "error" }], "expected holds, found error"],
  ])("with %s differs in it", (_what, checks, text) => {
    const found = differences(...checks);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(text);
  });

  test("with a fault that was expected differs too: it may be another fault", () => {
    const fault: CheckDocument = { ...without, verdict: "error" };
    const known = readExpectations(expectedVerdicts([fault]), "e.json");
    expect(differencesFrom(known, [fault])).toHaveLength(1);
  });
});

describe("a file", () => {
  test("has a check per line", () => {
    expect(file.split("\n").filter((line) => line.startsWith('{"scenario"'))).toHaveLength(2);
  });

  test("may be what check --json prints", () => {
    const result = JSON.stringify({ tool: "pmucheck", version: "0.1.0", checks: [keptCheck, holding] });
    expect(readExpectations(result, "r.json")).toEqual(expected);
  });

  test.each([
    ["{", "e.json is not JSON"],
    ["{}", "e.json has no list of verdicts at checks"],
    [JSON.stringify({ checks: [holding, holding] }), "says twice"],
  ])("of %s is refused", (text, message) => {
    expect(() => readExpectations(text, "e.json")).toThrow(message);
  });
});
