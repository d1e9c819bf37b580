/**
 * The verdicts of the shipped scenarios, and their exact counts.
 *
 * The verdicts are required, and come from the mail thread: the loss with irq and with nmi, counts that survive, and
 * nothing lost where nothing is switched. The counts are pinned: a model that changes by accident changes them, and a
 * model that is meant to change may change them.
 */
import { describe, expect, test } from "vitest";

import { witnesses } from "../../../properties/catalogue.js";
import { check } from "../../../src/check/verdict/check.js";
import type { CheckDocument } from "../../../src/trace/document.js";
import { checked, resolve } from "../../support/models/checks.js";

interface Row {
  readonly scenario: string;
  readonly property: string;
  readonly set: Readonly<Record<string, string>>;
  readonly verdict: string;
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
}

function row(
  scenario: string,
  property: string,
  settings: string,
  verdict: string,
  [states, transitions, depth]: readonly [number, number, number],
): Row {
  const set = Object.fromEntries(settings.split(" ").map((text) => text.split("=") as [string, string]));
  return { scenario, property, set, verdict, states, transitions, depth };
}

const ROWS: readonly Row[] = [
  row("one-cpu", "exactly-once", "irq=irq", "violated", [4474, 7812, 138]),
  row("one-cpu", "exactly-once", "irq=nmi", "violated", [9845, 16171, 156]),
  row("ping-pong", "exactly-once", "irq=irq", "violated", [7517, 13428, 147]),
  row("ping-pong", "exactly-once", "irq=nmi", "violated", [11229, 18249, 163]),
  // Without context switches nothing is lost: the loss is in being switched out.
  row("one-cpu", "exactly-once", "irq=irq switches=0", "holds", [321, 469, 84]),
  row("one-cpu", "exactly-once", "irq=nmi switches=0", "holds", [335, 451, 101]),
  row("ping-pong", "exactly-once", "irq=irq switches=0", "holds", [321, 469, 84]),
  row("ping-pong", "exactly-once", "irq=nmi switches=0", "holds", [335, 451, 101]),
  row("one-cpu", "exactly-once", "irq=irq excludeKernel=0 switches=0", "holds", [2968, 5330, 178]),
  // Mainline loses, but reports nothing twice.
  row("one-cpu", "no-loss", "irq=irq", "violated", [4474, 7812, 138]),
  row("one-cpu", "no-duplicate", "irq=irq", "holds", [16183, 27421, 314]),
  row("one-cpu", "no-duplicate", "irq=nmi", "holds", [33062, 53140, 360]),
  // Counts survive.
  row("one-cpu", "count-conservation", "irq=irq", "holds", [16183, 27421, 314]),
  row("one-cpu", "count-conservation", "irq=nmi", "holds", [33062, 53140, 360]),
  row("ping-pong", "count-conservation", "irq=irq", "holds", [1320425, 3171296, 699]),
  row("ping-pong", "count-conservation", "irq=nmi", "holds", [3068958, 7047131, 796]),
  // A skid of a whole period merges two crossings on any driver, even with nothing switched.
  row("one-cpu", "exactly-once", "irq=irq skid=4 switches=0", "violated", [18, 18, 8]),
  // The loss does not depend on the kind of counter.
  row("one-cpu", "exactly-once", "irq=nmi excludeKernel=0", "violated", [30128, 55827, 156]),
  row("one-cpu", "exactly-once", "irq=irq event=cycles", "violated", [4466, 7796, 138]),
  row("one-cpu", "exactly-once", "irq=irq long=1 counters=2", "violated", [5387, 9046, 143]),
  row("one-cpu", "count-conservation", "irq=irq long=1 counters=2", "holds", [19185, 31642, 327]),
  row("one-cpu", "count-conservation", "irq=irq long=1 pmuv3p5=1", "holds", [16183, 27421, 314]),
  row("one-cpu", "count-conservation", "irq=irq event=cycles", "holds", [16159, 27373, 314]),
];

describe.each(ROWS)("$scenario, $property, $set", ({ verdict, states, transitions, depth, ...asked }) => {
  let document: CheckDocument | undefined;
  const found = () => (document ??= checked(asked));

  test(`required: ${verdict}`, () => {
    expect(found()).toMatchObject({ verdict, complete: verdict === "holds" });
  });

  test(`pinned, for changes by accident: ${states} states, ${transitions} transitions, depth ${depth}`, () => {
    expect(found()).toMatchObject({ states, transitions, depth });
  });
});

describe("a verdict is honest", () => {
  test("a bound is inconclusive, and says which", () => {
    const found = checked({ scenario: "one-cpu", maxStates: 100 });
    expect(found).toMatchObject({ verdict: "inconclusive", reason: "more than 100 states", complete: false });
  });

  test("a witness that nothing reaches is vacuous, and says which", () => {
    const { scenario, ...rest } = resolve({ scenario: "one-cpu", set: { switches: "0" } });
    const demanding = { ...scenario, witnesses: () => ["overflow", "migration"] };
    const found = check({ ...rest, scenario: demanding, witnesses, maxStates: 1e6 });
    expect(found).toMatchObject({
      verdict: "vacuous",
      reason: "never reached: migration",
      complete: true,
      witnesses: { overflow: true, migration: false },
    });
  });

  test("a faulty kernel function is an error, and says which", () => {
    const { driver, ...rest } = resolve({ scenario: "one-cpu" });
    const functions = new Map(driver.functions);
    functions.delete("armv8pmu_disable_intens");
    const found = check({ ...rest, driver: { ...driver, functions }, witnesses, maxStates: 1e6 });
    expect(found).toMatchObject({
      verdict: "error",
      reason: "PMC202: the kernel function 'armv8pmu_disable_intens' is not modelled",
      complete: false,
    });
  });
});
