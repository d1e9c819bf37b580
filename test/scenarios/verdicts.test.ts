/**
 * The verdicts of the shipped scenarios, with their exact counts: a model that changes by accident changes these.
 *
 * What is expected comes from the mail thread: the loss with irq and with nmi, counts that survive, and nothing
 * lost where nothing is switched.
 */
import { describe, expect, test } from "vitest";

import { witnesses } from "../../properties/catalogue.js";
import { check } from "../../src/verify/check.js";
import { checked, resolve } from "../support/checks.js";

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
  row("one-cpu", "exactly-once", "irq=irq", "violated", [3941, 6905, 122]),
  row("one-cpu", "exactly-once", "irq=nmi", "violated", [7808, 12381, 139]),
  row("ping-pong", "exactly-once", "irq=irq", "violated", [5800, 10205, 131]),
  row("ping-pong", "exactly-once", "irq=nmi", "violated", [8704, 13922, 146]),
  // Without context switches nothing is lost: the loss is in being switched out.
  row("one-cpu", "exactly-once", "irq=irq switches=0", "holds", [301, 439, 79]),
  row("one-cpu", "exactly-once", "irq=nmi switches=0", "holds", [317, 427, 96]),
  row("ping-pong", "exactly-once", "irq=irq switches=0", "holds", [301, 439, 79]),
  row("ping-pong", "exactly-once", "irq=nmi switches=0", "holds", [317, 427, 96]),
  row("one-cpu", "exactly-once", "irq=irq excludeKernel=0 switches=0", "holds", [2760, 4934, 168]),
  // Mainline loses, but reports nothing twice.
  row("one-cpu", "no-loss", "irq=irq", "violated", [3941, 6905, 122]),
  row("one-cpu", "no-duplicate", "irq=irq", "holds", [14469, 24484, 277]),
  row("one-cpu", "no-duplicate", "irq=nmi", "holds", [26756, 41479, 321]),
  // Counts survive.
  row("one-cpu", "count-conservation", "irq=irq", "holds", [14469, 24484, 277]),
  row("one-cpu", "count-conservation", "irq=nmi", "holds", [26756, 41479, 321]),
  row("ping-pong", "count-conservation", "irq=irq", "holds", [1026702, 2462389, 625]),
  row("ping-pong", "count-conservation", "irq=nmi", "holds", [2205007, 5029288, 719]),
  // A skid of a whole period merges two crossings on any driver, even with nothing switched.
  row("one-cpu", "exactly-once", "irq=irq skid=4 switches=0", "violated", [18, 18, 8]),
  // The loss does not depend on the kind of counter.
  row("one-cpu", "exactly-once", "irq=nmi excludeKernel=0", "violated", [23362, 41920, 139]),
  row("one-cpu", "exactly-once", "irq=irq event=cycles", "violated", [3933, 6889, 122]),
  row("one-cpu", "exactly-once", "irq=irq long=1 counters=2", "violated", [4764, 8043, 127]),
  row("one-cpu", "count-conservation", "irq=irq long=1 counters=2", "holds", [17251, 28449, 290]),
  row("one-cpu", "count-conservation", "irq=irq long=1 pmuv3p5=1", "holds", [14469, 24484, 277]),
  row("one-cpu", "count-conservation", "irq=irq event=cycles", "holds", [14445, 24436, 277]),
];

describe.each(ROWS)("$scenario, $property, $set", ({ verdict, states, transitions, depth, ...asked }) => {
  test(`${verdict} with ${states} states, ${transitions} transitions, depth ${depth}`, () => {
    expect(checked(asked)).toMatchObject({
      verdict,
      states,
      transitions,
      depth,
      complete: verdict === "holds",
    });
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
