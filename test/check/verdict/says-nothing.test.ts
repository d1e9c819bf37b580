/**
 * A property says only what it can say: where nothing that it is about can happen, its verdict is neither "holds" nor
 * "violated".
 */
import { describe, expect, test } from "vitest";

import { drivers, scenarios } from "../../../models/catalogue.js";
import { properties, witnesses } from "../../../properties/catalogue.js";
import { runJob } from "../../../src/check/matrix/matrix.js";
import { checked } from "../../support/models/checks.js";

describe("a property that cannot apply is vacuous, and says why", () => {
  // Of one event on one CPU; the third is violated if anybody looks, because one-cpu loses an overflow.
  test.each<readonly [string, string]>([
    ["right-event", "right-event says nothing here: there is no other event"],
    ["no-overflow-recursion", "no-overflow-recursion says nothing here: no event has an overflow handler"],
    ["no-loss-by-group-throttle", "no-loss-by-group-throttle says nothing here: there is no group of events"],
    ["no-loss-across-migration", "never in this system: a task was moved to another CPU"],
    ["event-limit-exact", "never in this system: an event came to the limit that IOC_REFRESH had set"],
    ["no-stale-report", "never in this system: a new period was begun"],
    ["no-report-after-teardown", "never in this system: an event was disabled or closed"],
  ])("one-cpu, %s", (property, reason) => {
    const document = checked({ scenario: "one-cpu", property, set: { lag: "4" } });
    expect(document.verdict).toBe("vacuous");
    expect(document.reason).toContain(reason);
    expect(document.trace).toBeUndefined();
  });

  test.each<readonly [string, Readonly<Record<string, string>>, string]>([
    ["no-kernel-sample", { excludeKernel: "0" }, "no event excludes the kernel"],
    ["signal-follows", {}, "no event has fasync"],
  ])("%s", (property, set, reason) => {
    const scenario = property === "signal-follows" ? "sigtrap" : "throttle";
    const { verdict, reason: given } = checked({ scenario, property, set });
    expect(verdict).toBe("vacuous");
    expect(given).toContain(reason);
  });

  test("a group that nothing throttles", () => {
    const set = { maxSamples: "0" };
    const { verdict } = checked({ scenario: "group-throttle", property: "no-loss-by-group-throttle", set });
    expect(verdict).toBe("vacuous");
  });
});

test.each([
  ["refresh", "event-limit-exact"],
  ["group-throttle", "no-loss-by-group-throttle"],
])("%s says what %s is about", (scenario, property) => {
  expect(checked({ scenario, property, set: { lag: "0" } }).verdict).not.toBe("vacuous");
});

test("a witness that a parameter rules out is not asked for: rr's ioctls alone have a verdict", () => {
  const document = checked({ scenario: "rr-rearm", set: { switches: "0", lag: "0" } });
  expect(Object.keys(document.witnesses)).toEqual(["overflow", "report", "stopped", "new-period"]);
  expect(["holds", "violated"]).toContain(document.verdict);
});

test("the matrix leaves out what says nothing", () => {
  const plan = {
    scenarios: scenarios.filter(({ name }) => name === "throttle"),
    drivers: drivers.filter(({ name }) => name === "linux-6.5"),
    modes: ["irq"],
    settings: { excludeKernel: "0" },
    properties: properties.filter(({ name }) =>
      ["no-loss", "right-event", "no-kernel-sample"].includes(name),
    ),
    witnesses,
    maxStates: 1e6,
  };
  const checks = runJob(plan, { scenario: "throttle", driver: "linux-6.5", irq: "irq" });
  expect(checks.map(({ property }) => property)).toEqual(["no-loss"]);
});
