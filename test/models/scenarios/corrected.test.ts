/**
 * Questions that once had a wrong answer, each with the right one: found by reading the models beside the C, and by trying
 * public reports on them. Others of the kind are where their subject is: throttling.test.ts, reading.test.ts,
 * periods.test.ts, ../../check/verdict/says-nothing.test.ts.
 */
import { describe, expect, test } from "vitest";

import { witnesses } from "../../../properties/catalogue.js";
import { check } from "../../../src/check/verdict/check.js";
import { override } from "../../../src/spec/kernel-function.js";
import { performs, without } from "../../../src/spec/rewrite.js";
import { arm_perf_starting_cpu, armpmu_event_update } from "../../../models/linux/drivers/perf/arm_pmu.js";
import { armv8pmu_reset } from "../../../models/linux/drivers/perf/arm_pmuv3.js";
import { checked, resolve } from "../../support/models/checks.js";
import { checkedFix, fixed } from "../../support/models/fixes.js";

describe("perf_event_context_sched_in, where the contexts were swapped", () => {
  // Since 6.2 it stops the PMU and starts it again, in which time a line that is about to be seen is seen.
  test.each([
    ["linux-6.1", "holds"],
    ["linux-6.5", "violated"],
    ["linux-6.12", "violated"],
    ["linux-7.3", "violated"],
  ])("%s: a report comes too late in clones with lag=8: %s", (driver, verdict) => {
    const set = { irq: "irq", lag: "8" };
    expect(checked({ scenario: "clones", driver, property: "bounded-skid", set }).verdict).toBe(verdict);
  });
});

describe("get_signal", () => {
  test("runs task work before it dequeues a signal: a debugger's stop does not make the report stale", () => {
    const asked = { scenario: "rr-rearm", property: "no-stale-report", set: { irq: "irq", lag: "0" } };
    const { verdict, witnesses: reached } = checkedFix("task-work", asked);
    expect(verdict).toBe("holds");
    expect(reached).toMatchObject({ stopped: true, "pending-at-sched-out": true });
  });
});

describe("rr's ioctls alone", () => {
  test("can be asked about: without switches nothing has to be pending at one", () => {
    const set = { irq: "irq", switches: "0" };
    expect(checked({ scenario: "rr-rearm", property: "no-kernel-sample", set }).verdict).toBe("holds");
  });
});

describe("a CPU that comes online without its PMU interrupt", () => {
  test("loses overflows for ever: no-loss says so, and nothing stands still", () => {
    const { scenario, driver, property, configuration } = resolve({
      scenario: "hotplug",
      property: "no-loss",
      set: { irq: "irq" },
    });
    const closed = fixed(driver, "split-period");
    const deaf = override(arm_perf_starting_cpu, function* () {
      yield* armv8pmu_reset();
    });
    const verdictOf = (functions: typeof driver.functions) =>
      check({
        scenario,
        driver: { ...closed, functions },
        property,
        configuration,
        witnesses,
        maxStates: 1e7,
      });
    expect(verdictOf(closed.functions).verdict).toBe("holds");
    const { verdict, trace } = verdictOf(new Map(closed.functions).set(deaf.functionName, deaf));
    expect([verdict, trace?.rule]).toEqual(["violated", "no-loss"]);
  });
});

describe("an update that takes what was counted and never adds it to event->count", () => {
  test("miscounts: it has it in hand for ever, and no longer than to EL0 counts as in hand", () => {
    const { driver, ...asked } = resolve({
      scenario: "exit",
      property: "count-conservation",
      set: { irq: "irq" },
    });
    const verdictOf = (functions: typeof driver.functions) =>
      check({ ...asked, driver: { ...driver, functions }, witnesses, maxStates: 1e5 }).verdict;
    const forgetful = override(armpmu_event_update, function* (event) {
      return yield* without(armpmu_event_update.body(event), performs("addToCount"));
    });
    expect(verdictOf(driver.functions)).toBe("holds");
    expect(verdictOf(new Map(driver.functions).set(forgetful.functionName, forgetful))).toBe("violated");
  });
});
