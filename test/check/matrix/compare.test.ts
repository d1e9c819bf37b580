/**
 * What became of a cell, and what a fix comes to: decided from verdicts alone.
 */
import { describe, expect, test } from "vitest";

import type { Cell, Change } from "../../../src/trace/comparison.js";
import type { CheckDocument, Verdict } from "../../../src/trace/document.js";
import { changeOf, compare } from "../../../src/check/matrix/compare.js";
import { judgeFix } from "../../../src/check/matrix/judge-fix.js";
import { checked } from "../../support/models/checks.js";

describe("a cell that was before and is after", () => {
  test.each<readonly [Verdict, Verdict, Change]>([
    ["holds", "holds", "unchanged"],
    ["holds", "violated", "newly broken"],
    ["holds", "vacuous", "vacuous"],
    ["holds", "inconclusive", "inconclusive"],
    ["holds", "error", "newly broken"],
    ["violated", "holds", "fixed"],
    ["violated", "violated", "still broken"],
    // A fix that keeps the interesting things from happening fixes nothing.
    ["violated", "vacuous", "vacuous"],
    ["violated", "inconclusive", "inconclusive"],
    ["violated", "error", "newly broken"],
    ["vacuous", "holds", "vacuous"],
    ["vacuous", "violated", "newly broken"],
    ["inconclusive", "holds", "inconclusive"],
    // It may have been broken before.
    ["inconclusive", "violated", "inconclusive"],
    ["error", "holds", "inconclusive"],
    ["error", "error", "inconclusive"],
  ])("%s, %s: %s", (before, after, change) => {
    expect(changeOf(before, after)).toBe(change);
  });
});

describe("comparing two lists of verdicts", () => {
  const one = checked({ scenario: "one-cpu", set: { switches: "0" } });
  const as = (scenario: string, irq: string, verdict: Verdict): CheckDocument => ({
    ...one,
    scenario,
    config: { ...one.config, irq },
    verdict,
  });

  test("pairs a scenario and mode with itself, in the order of the second", () => {
    const before = [as("a", "irq", "violated"), as("a", "nmi", "holds"), as("b", "irq", "holds")];
    const { cells, unmatched } = compare(before, [as("b", "irq", "violated"), as("a", "irq", "holds")]);
    expect(cells.map(({ scenario, irq, change }) => [scenario, irq, change])).toEqual([
      ["b", "irq", "newly broken"],
      ["a", "irq", "fixed"],
    ]);
    // A cell that one side does not have is said, not dropped.
    expect(unmatched).toEqual([{ scenario: "a", irq: "nmi", property: "exactly-once" }]);
  });

  test("pairs nmi with irq where the fix is to boot with nmi", () => {
    const { cells } = compare([as("a", "irq", "holds")], [as("a", "nmi", "violated")], () => "irq");
    expect(cells).toMatchObject([{ irq: "nmi", before: "holds", after: "violated", change: "newly broken" }]);
  });
});

describe("a fix that claims no-loss", () => {
  const cell = (before: Verdict, after: Verdict, of: Partial<Cell> = {}): Cell => ({
    scenario: "a",
    irq: "irq",
    property: "no-loss",
    before,
    after,
    change: changeOf(before, after),
    ...of,
  });
  const excuses = [{ scenario: "merge", properties: ["no-loss"], reason: "one bit" }];
  const outcome = (...cells: Cell[]) => judgeFix(cells, ["no-loss"], excuses).outcome;

  test("passes where it holds, whatever stays broken that it does not claim", () => {
    expect(outcome(cell("violated", "holds"))).toBe("passes");
    expect(outcome(cell("violated", "holds"), cell("violated", "violated", { property: "phase" }))).toBe(
      "passes",
    );
  });

  test("fails where it still loses, or where anything else is newly broken", () => {
    expect(outcome(cell("violated", "violated"))).toBe("fails");
    expect(outcome(cell("violated", "holds"), cell("holds", "violated", { property: "phase" }))).toBe(
      "fails",
    );
  });

  test("is excused where the driver without it is broken too, and says why; never otherwise", () => {
    const merge = cell("violated", "violated", { scenario: "merge" });
    expect(judgeFix([merge], ["no-loss"], excuses)).toEqual({
      outcome: "passes",
      unkept: [],
      excused: [{ cell: merge, reason: "one bit" }],
    });
    expect(outcome(cell("holds", "violated", { scenario: "merge" }))).toBe("fails");
    expect(outcome(cell("inconclusive", "violated", { scenario: "merge" }))).toBe("fails");
  });

  test("does not pass where something was not decided or says nothing, nor with no cells", () => {
    expect(outcome(cell("violated", "holds"), cell("holds", "inconclusive", { property: "phase" }))).toBe(
      "open",
    );
    expect(outcome(cell("violated", "vacuous"))).toBe("vacuous");
    expect(outcome()).toBe("vacuous");
    expect(outcome(cell("holds", "error"))).toBe("error");
    // What is decided outweighs what is not.
    expect(outcome(cell("violated", "violated"), cell("holds", "inconclusive"))).toBe("fails");
  });
});
