/**
 * Throttling by each version's own rule, the tick that ends it, and that no setting ends in a standstill.
 */
import { describe, expect, test } from "vitest";

import { witnesses } from "../../../properties/catalogue.js";
import { check } from "../../../src/check/verdict/check.js";
import { changing, withFixes, type Fix } from "../../../src/spec/fix.js";
import { perf_adjust_freq_unthr_context } from "../../../models/linux/kernel/events/core/tick.js";
import type { SafetyProperty } from "../../../src/spec/property.js";
import { checked, resolve } from "../../support/models/checks.js";

const neverThrottled: SafetyProperty = {
  name: "never-throttled",
  kind: "always",
  sentence: "No event is throttled.",
  reference: "this test",
  rules: [{ name: "never-throttled", brokenBy: ({ kind }) => kind === "throttled" }],
};

/** How many overflows without a tick it takes. */
function overflowsUntilThrottled(driver: string, maxSamples: string): number {
  const asked = resolve({ scenario: "throttle", driver, set: { irq: "irq", maxSamples } });
  const { trace } = check({ ...asked, property: neverThrottled, witnesses, maxStates: 1e6 });
  return (trace?.steps ?? [])
    .flatMap(({ events }) => events)
    .filter((event) => event.kind === "access" && event.text === "overflow of A reported").length;
}

describe("__perf_event_account_interrupt", () => {
  test.each([
    // Up to 6.3: at the limit, but not at the first overflow after a tick.
    ["linux-5.4", 2, 2, 3],
    ["linux-6.1", 2, 2, 3],
    // 6.4 to 6.15: above the limit.
    ["linux-6.5", 2, 3, 4],
    ["linux-6.12", 2, 3, 4],
    // 6.16, and the long-term trees: at the limit.
    ["linux-6.1.y", 1, 2, 3],
    ["linux-6.12.y", 1, 2, 3],
    ["linux-7.3", 1, 2, 3],
  ])("%s throttles at overflow %i, %i and %i with a limit of 1, 2 and 3", (driver, ...expected) => {
    expect(["1", "2", "3"].map((limit) => overflowsUntilThrottled(driver, limit))).toEqual(expected);
  });
});

describe("the tick", () => {
  test.each<[driver: string, set: Readonly<Record<string, string>>]>([
    ["linux-6.1", { maxSamples: "1" }],
    ["linux-6.5", { tick: "9" }],
    ["linux-6.5", { excludeKernel: "0" }],
    ["linux-7.3", { maxSamples: "1" }],
  ])("comes with time: nothing stands still in %s with %o", (driver, set) => {
    const asked = {
      scenario: "throttle",
      driver,
      property: "count-conservation",
      set: { irq: "irq", ...set },
    };
    expect(checked(asked).verdict).toBe("holds");
  });

  test.each(["throttled-ends", "keeps-counting"])("starts a throttled event again: %s", (property) => {
    for (const driver of ["linux-6.5", "linux-7.3"]) {
      expect(checked({ scenario: "throttle", driver, property, set: { irq: "irq" } }).verdict).toBe("holds");
    }
  });

  test.each([
    ["throttled-ends", "0"],
    ["keeps-counting", "0"],
  ])("that does not do its work is noticed: %s, switches=%s", (property, switches) => {
    const idle: Fix = {
      name: "idle-tick",
      summary: "the tick leaves throttled events alone",
      idea: "none",
      proposedBy: "this test",
      hazards: [],
      assumes: [],
      claims: [],
      // oxlint-disable-next-line require-yield -- it does nothing
      changes: [changing(perf_adjust_freq_unthr_context, function* () {})],
    };
    const asked = resolve({ scenario: "throttle", property, set: { irq: "irq", switches } });
    const driver = withFixes(asked.driver, idle.name, [idle]);
    expect(check({ ...asked, driver, witnesses, maxStates: 1e6 }).verdict).toBe("violated");
  });
});
