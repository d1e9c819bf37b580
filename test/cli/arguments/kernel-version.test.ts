/**
 * Versions of kernels as names of drivers: found where a model stands for them, refused with the nearest where none does.
 */
import { describe, expect, test } from "vitest";

import { drivers, releases } from "../../../models/catalogue.js";
import { driverNamed } from "../../../src/cli/arguments/catalogue.js";
import { checked } from "../../support/models/checks.js";

test.each([
  ["linux-6.1", "linux-6.1"],
  ["6.1", "linux-6.1"],
  ["v6.1", "linux-6.1"],
  ["6.1.0", "linux-6.1"],
  ["6.1.y", "linux-6.1.y"],
  ["linux-6.1.y", "linux-6.1.y"],
  ["6.1.192", "linux-6.1.y"],
  // No model of the release: the long-term tree.
  ["6.6", "linux-6.6.y"],
  ["v6.6.120", "linux-6.6.y"],
  ["5.15", "linux-5.15.y"],
  ["6.12.117", "linux-6.12.y"],
  ["linux-5.10.240", "linux-5.10.y"],
])("%s is %s", (asked, name) => {
  expect(driverNamed(asked).name).toBe(name);
});

test.each([
  // The throttle came with 6.12.34; armpmu_add, with 6.12.24, is in both or in neither.
  ["v6.12.30", /nearest is 'linux-6.12' \(v6.12\), without: armpmu_add/],
  ["6.12.20", /nearest is 'linux-6.12' \(v6.12\)$/],
  ["6.12.40", /nearest is 'linux-6.12.y' \(6.12.113 to 6.12.117\), without: perf_sigtrap/],
  ["6.1.193", /nearest is 'linux-6.1.y'/],
  ["6.8", /nearest are 'linux-6.6.y' \(6.6.94 and later\) and 'linux-6.12' \(v6.12\)/],
  ["5.4.y", /nearest are 'linux-5.4' \(v5.4\) and 'linux-5.10' \(v5.10\)/],
  ["9.1", /the nearest is 'linux-7.3' \(v7.3\)$/],
  ["linux-65", /did you mean 'linux-6.5'/],
  ["6", /nearest are 'linux-5.15.y' .* and 'linux-6.1'/],
  // A distribution's numbers are not the kernel's.
  ["6.1.0-37-arm64", /unknown driver/],
])("%s is refused, with what is nearest", (asked, text) => {
  expect(() => driverNamed(asked)).toThrow(text);
});

describe("long-term trees", () => {
  test("every release and every tree has a name and kernels of its own", () => {
    const kernels = drivers.map((driver) => JSON.stringify(driver.kernels));
    expect(new Set(kernels).size).toBe(drivers.length);
    expect(releases.every((driver) => driver.kernels?.sublevels[0] === 0)).toBe(true);
  });

  test("lose as their releases do", () => {
    for (const driver of ["linux-5.10.y", "linux-5.15.y", "linux-6.1.y", "linux-6.6.y", "linux-6.12.y"]) {
      const { verdict } = checked({ scenario: "one-cpu", property: "no-loss", driver, set: { irq: "irq" } });
      expect({ driver, verdict }).toEqual({ driver, verdict: "violated" });
    }
  });
});
