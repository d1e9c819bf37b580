/**
 * A driver in C and the same one by hand are the same system: verdict, states, transitions and depth are equal. A step too many or
 * too few, a value that is kept longer or shorter, and these differ.
 */
import { describe, expect, test } from "vitest";

import { driverFromTree } from "../../../../models/linux/c/driver.js";
import { Tree } from "../../../../src/kernel-tree/tree.js";
import { driverNamed } from "../../../../src/cli/arguments/catalogue.js";
import { counts } from "../../../support/models/counts.js";
import { FIXTURE } from "../../../support/models/fixture-tree.js";

const byHand = driverNamed("linux-6.12");
const inC = driverFromTree(new Tree(FIXTURE), byHand);

describe("a driver of our own, in C", () => {
  test.each(["exactly-once", "count-conservation"])("one-cpu, %s", (property) => {
    for (const irq of ["irq", "nmi"]) {
      const of = { scenario: "one-cpu", property, settings: { irq } };
      expect(counts(inC.driver, of)).toEqual(counts(byHand, of));
    }
  });

  test("ping-pong", () => {
    const of = { scenario: "ping-pong", property: "exactly-once", settings: {} };
    expect(counts(inC.driver, of)).toEqual(counts(byHand, of));
  });

  test.each<Record<string, string>>([
    { event: "cycles" },
    { long: "1", counters: "2" },
    { pmuv3p5: "1" },
    { pmuv3p5: "1", long: "1" },
    { excludeKernel: "0" },
    { compound: "parts" },
  ])("one-cpu with %o", (settings) => {
    const of = { scenario: "one-cpu", property: "exactly-once", settings };
    expect(counts(inC.driver, of)).toEqual(counts(byHand, of));
  });

  test("counters of fewer bits than C has types for", () => {
    const of = { scenario: "half-range", property: "exactly-once", settings: {}, maxStates: 50_000 };
    expect(counts(inC.driver, of)).toEqual(counts(byHand, of));
  });

  test("the power of a CPU that goes away, and comes back", () => {
    const of = { scenario: "cpu-pm", property: "count-conservation", settings: {}, maxStates: 100_000 };
    expect(counts(inC.driver, of)).toEqual(counts(byHand, of));
  });

  test("says which functions it has from C, and which it has not", () => {
    const taken = inC.taken.map(({ name }) => name);
    expect(taken).toContain("armpmu_start");
    expect(taken).toContain("armv8pmu_disable_intens");
    expect(taken).not.toContain("armpmu_event_init");
    expect(inC.kept).toEqual([
      "arm_perf_starting_cpu",
      "arm_perf_teardown_cpu",
      "cpu_suspend",
      "cpuhp_cycle",
    ]);
    expect(inC.slots).toEqual([]);
    expect(inC.version).toEqual({ version: 6, patchlevel: 12, sublevel: 0 });
  });
});
