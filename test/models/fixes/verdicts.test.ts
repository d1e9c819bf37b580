/**
 * What each fix comes to, where it is decided: the smallest scenarios that separate the fixes.
 */
import { describe, expect, test } from "vitest";

import { edits } from "../../../models/edits/catalogue.js";
import { combinations, fixes } from "../../../models/fixes/catalogue.js";
import { properties } from "../../../properties/catalogue.js";
import { editsNamed } from "../../../src/spec/edit.js";
import type { Fix } from "../../../src/spec/fix.js";
import { checkedFix, checkedFixAll } from "../../support/models/fixes.js";

type Row = readonly [fix: string, scenario: string, property: string, verdict: string, set?: string];

/** Each cell of the matrix with what it comes to; `set` is one parameter. */
function cells(...rows: readonly Row[]) {
  return rows.map(([fix, scenario, property, verdict, set = ""]) => ({
    fix,
    scenario,
    property,
    verdict,
    set,
  }));
}

function verdictOf({ fix, scenario, property, set }: ReturnType<typeof cells>[number]): string {
  const [name = "", value = ""] = set.split("=");
  const { verdict, trace } = checkedFix(fix, {
    scenario,
    property,
    set: name === "" ? {} : { [name]: value },
  });
  return trace === undefined || trace.rule === property ? verdict : `${verdict} (${trace.rule})`;
}

describe("keeping the flag alone still loses", () => {
  test.each(
    cells(
      ["no-clear", "one-cpu", "exactly-once", "violated (no-loss)"],
      ["no-clear-no-add", "one-cpu", "exactly-once", "violated (no-loss)"],
      ["save-restore-flag", "one-cpu", "exactly-once", "violated (no-loss)"],
      // No false report either: the handler asks set_period.
      ["no-clear-no-add", "one-cpu", "no-duplicate", "holds"],
      ["save-restore-flag", "one-cpu", "no-duplicate", "holds"],
    ),
  )("$fix in $scenario, $property: $verdict $set", (cell) => {
    expect(verdictOf(cell)).toBe(cell.verdict);
  });
});

describe("Mark Rutland's proposal", () => {
  test.each(
    cells(
      ["split-period", "one-cpu", "exactly-once", "holds"],
      ["split-period", "one-cpu", "phase", "holds"],
      ["split-period", "one-cpu", "no-kernel-sample", "violated"],
      ["split-period", "period-change", "no-stale-report", "violated"],
      ["split-period+not-after-period", "period-change", "exactly-once", "holds"],
      ["split-period+not-after-period", "frequency", "exactly-once", "holds"],
      // A hardware wrap that is no overflow is restored too, and filtered by the handler.
      ["split-period", "half-range", "exactly-once", "holds"],
      // The flag was never set: only the counter's value knows.
      ["split-period", "virtual-pmu", "exactly-once", "violated (no-loss)"],
      ["relatch-at-start", "virtual-pmu", "exactly-once", "holds"],
      ["relatch-at-start", "one-cpu", "exactly-once", "holds"],
      ["relatch-at-start+not-after-period", "period-change", "exactly-once", "holds"],
      // Stopped again before the restored interrupt was taken, and a skid more is counted each time.
      ["relatch-at-start", "disable-enable", "exactly-once", "violated (no-loss)"],
      ["relatch-at-start", "disable-enable", "exactly-once", "holds", "skid=0"],
    ),
  )("$fix in $scenario, $property: $verdict $set", (cell) => {
    expect(verdictOf(cell)).toBe(cell.verdict);
  });
});

describe("reporting at once", () => {
  test.each(
    cells(
      ["sample-in-stop", "one-cpu", "exactly-once", "holds"],
      ["sample-in-stop", "one-cpu", "right-task", "holds"],
      ["sample-in-stop", "one-cpu", "no-kernel-sample", "violated"],
      ["sample-in-stop", "frequency", "exactly-once", "holds"],
      ["sample-in-del", "one-cpu", "exactly-once", "holds"],
      ["sample-in-del", "frequency", "exactly-once", "violated (no-loss)"],
      ["detect-at-start", "one-cpu", "exactly-once", "holds"],
      ["detect-at-start", "period-change", "exactly-once", "violated (no-duplicate)"],
      ["detect-at-start+not-after-period", "period-change", "exactly-once", "holds"],
      ["detect-at-start+not-after-period", "kvm-overflow", "no-overflow-recursion", "holds"],
      ["detect-at-read", "one-cpu", "exactly-once", "violated (no-loss)"],
    ),
  )("$fix in $scenario, $property: $verdict $set", (cell) => {
    expect(verdictOf(cell)).toBe(cell.verdict);
  });

  test("detect-at-start recurses where KVM's handler restarts its event", () => {
    const asked = { scenario: "kvm-overflow", property: "no-overflow-recursion", maxStates: 2000 };
    expect(checkedFix("detect-at-start", asked).verdict).toBe("violated");
  });
});

describe("reporting later", () => {
  test.each(
    cells(
      ["irq-work-at-sched-out", "one-cpu", "exactly-once", "holds"],
      ["irq-work-at-sched-out", "one-cpu", "right-task", "violated"],
      ["irq-work-at-sched-out", "frequency", "exactly-once", "violated (no-loss)"],
      ["restart-short", "one-cpu", "exactly-once", "holds"],
      ["restart-short", "one-cpu", "no-kernel-sample", "holds"],
      ["restart-short", "one-cpu", "bounded-skid", "violated"],
      ["restart-short", "period-change", "exactly-once", "violated (no-duplicate)"],
      ["restart-short+not-after-period", "period-change", "exactly-once", "holds"],
      ["restart-short+not-after-period", "frequency", "exactly-once", "violated (no-loss)"],
      ["task-work", "one-cpu", "exactly-once", "holds"],
      ["task-work", "one-cpu", "right-task", "holds"],
      ["task-work", "one-cpu", "no-kernel-sample", "holds"],
      ["task-work", "one-cpu", "bounded-skid", "holds"],
      ["task-work", "disable-enable", "exactly-once", "holds"],
      ["task-work", "disable-enable", "no-report-after-teardown", "holds"],
      ["task-work", "close", "no-report-after-teardown", "holds"],
      ["task-work", "period-change", "no-stale-report", "violated"],
      ["task-work+not-after-period", "period-change", "exactly-once", "holds"],
      ["task-work+not-after-period", "frequency", "exactly-once", "holds"],
      ["task-work+not-after-period", "half-range", "exactly-once", "holds"],
      ["task-work", "cpu-pm", "exactly-once", "violated (no-loss)"],
      ["task-work+veto-power-down", "cpu-pm", "exactly-once", "holds"],
      ["task-work", "clones", "right-task", "violated"],
      ["task-work-at-start", "one-cpu", "exactly-once", "holds"],
      ["task-work-at-start", "one-cpu", "no-kernel-sample", "holds"],
      ["task-work-at-start", "period-change", "exactly-once", "violated (no-duplicate)"],
      ["task-work-at-start+not-after-period", "period-change", "exactly-once", "holds"],
      ["task-work-at-start+not-after-period", "kvm-overflow", "exactly-once", "holds"],
      ["task-work-at-start+not-after-period", "cpu-pm", "exactly-once", "violated (no-loss)"],
      ["task-work-at-start+mask-around-read", "read-other", "exactly-once", "holds", "irq=nmi"],
    ),
  )("$fix in $scenario, $property: $verdict $set", (cell) => {
    expect(verdictOf(cell)).toBe(cell.verdict);
  });
});

describe("the smallest fix of both losses", () => {
  const MADE_OF = [
    "start-taskwork",
    "tw-requeue",
    "tw-irqs-off",
    "whole-on-period",
    "whole-on-rate",
    "whole-in-kvm",
    "veto-power-down",
    "read-masked",
  ];

  test("is made of these edits, as they are searched", () => {
    const changesOf = ({ changes }: Pick<Fix, "changes">) => changes;
    const shipped = fixes.find(({ name }) => name === "no-lost-overflow");
    expect(shipped?.changes).toEqual(editsNamed(edits, MADE_OF).flatMap(changesOf));
  });

  test.each(
    cells(
      ["start-taskwork", "frequency", "exactly-once", "violated (no-loss)"],
      ["tw-requeue", "disable-enable", "exactly-once", "violated (no-loss)"],
      ["tw-irqs-off", "disable-enable", "no-report-after-teardown", "violated"],
      ["whole-on-period", "period-change", "exactly-once", "violated (no-duplicate)"],
      ["whole-on-rate", "frequency", "exactly-once", "violated (no-duplicate)"],
      ["whole-in-kvm", "kvm-overflow", "exactly-once", "violated (no-duplicate)"],
      ["veto-power-down", "cpu-pm", "exactly-once", "violated (no-loss)"],
      ["read-masked", "read-other", "exactly-once", "violated (no-loss)", "irq=nmi"],
    ),
  )("needs $fix in $scenario, $property: without it $verdict $set", (cell) => {
    const without = MADE_OF.filter((edit) => edit !== cell.fix).join("+");
    expect(verdictOf({ ...cell, fix: without })).toBe(cell.verdict);
    expect(verdictOf({ ...cell, fix: "no-lost-overflow" })).toBe("holds");
  });
});

describe("NMIs", () => {
  test.each(
    cells(
      ["pseudo-nmi", "one-cpu", "exactly-once", "violated (no-loss)"],
      ["drain-before-disable", "one-cpu", "exactly-once", "violated (no-loss)", "irq=irq"],
      ["drain-before-disable", "one-cpu", "exactly-once", "holds", "irq=nmi"],
      ["drain-before-disable", "virtual-pmu", "exactly-once", "violated (no-loss)", "irq=nmi"],
      ["keep-disabled", "one-cpu", "pmu-stays-disabled", "holds", "irq=nmi"],
      ["keep-disabled", "one-cpu", "exactly-once", "violated (no-loss)", "irq=nmi"],
    ),
  )("$fix in $scenario, $property: $verdict $set", (cell) => {
    expect(verdictOf(cell)).toBe(cell.verdict);
  });
});

describe("the combination that is meant to keep everything", () => {
  const whole = combinations.at(-1) ?? "";
  const safety = ["exactly-once", "count-conservation", "phase", "right-task", "pmu-stays-disabled"];
  const scenarios = [
    "one-cpu",
    "disable-enable",
    "period-change",
    "frequency",
    "virtual-pmu",
    "half-range",
    "cpu-pm",
  ];

  test.each(["irq", "nmi"].flatMap((irq) => scenarios.map((scenario) => ({ scenario, irq }))))(
    "keeps its safety properties in $scenario, $irq",
    ({ scenario, irq }) => {
      const verdicts = checkedFixAll(whole, { scenario, set: { irq } }, safety).map(({ verdict }) => verdict);
      expect(verdicts).toEqual(safety.map(() => "holds"));
    },
  );

  test("keeps no-kernel-sample and bounded-skid by irq where one event overflows alone", () => {
    const asked = ["no-kernel-sample", "bounded-skid"];
    const verdicts = checkedFixAll(whole, { scenario: "disable-enable" }, asked).map(
      ({ verdict }) => verdict,
    );
    expect(verdicts).toEqual(["holds", "holds"]);
  });

  test.each(combinations)("%s applies", (names) => {
    expect(checkedFix(names, { scenario: "one-cpu" }).verdict).toBe("holds");
  });
});

describe("an isb after the PMU was stopped", () => {
  test.each(cells(["isb-after-stop", "late-writes", "count-conservation", "holds"]))(
    "$fix in $scenario, $property: $verdict",
    (cell) => {
      expect(verdictOf(cell)).toBe(cell.verdict);
    },
  );
});

describe("policies", () => {
  test.each(
    cells(
      // An overflow of before a temporary disable: due after it by default, unwanted under the other policy.
      ["task-work", "disable-enable", "exactly-once", "violated (no-duplicate)", "disabling=dropped"],
      ["task-work+not-on-disable", "disable-enable", "exactly-once", "holds", "disabling=dropped"],
      ["task-work+not-on-disable", "disable-enable", "exactly-once", "violated (no-loss)", "disabling=kept"],
      // A report before close() returns, and the guard that forbids it.
      ["sample-in-stop", "close", "exactly-once", "holds", "closing=reported"],
      ["sample-in-stop+not-on-close", "close", "exactly-once", "violated (no-loss)", "closing=reported"],
      ["sample-in-stop+not-on-close", "exit", "exactly-once", "violated (no-loss)", "closing=reported"],
      ["sample-in-stop+not-on-close", "close", "exactly-once", "holds", "closing=dropped"],
    ),
  )("$fix in $scenario, $property: $verdict $set", (cell) => {
    expect(verdictOf(cell)).toBe(cell.verdict);
  });
});

test("every fix says what it is, and claims only properties that there are", () => {
  const known = properties.map(({ name }) => name);
  for (const { name, summary, idea, proposedBy, claims } of fixes) {
    expect({ name, said: [summary, idea, proposedBy].every((text) => text !== "") }).toEqual({
      name,
      said: true,
    });
    expect({ name, unknown: claims.filter((claim) => !known.includes(claim)) }).toEqual({
      name,
      unknown: [],
    });
  }
});
