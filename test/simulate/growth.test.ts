/**
 * A number that grows with the length of a run is named, with the step that makes it grow; one that has an end is not.
 */
import { describe, expect, test } from "vitest";

import { perf_event } from "../../models/linux/structs.js";
import { armpmu_event_set_period } from "../../models/linux/drivers/perf/arm_pmu.js";
import { load, store } from "../../models/linux/memory.js";
import { diagnose } from "../../src/check/sampling/diagnose.js";
import { diagnosisText } from "../../src/report/estimate-text.js";
import { Machine } from "../../src/runtime/machine.js";
import { growth } from "../../src/simulate/growth.js";
import { changing, withFixes } from "../../src/spec/fix.js";
import { resolve } from "../support/models/checks.js";
import { toyTarget } from "../support/systems/toy-walks.js";

function machineOf({ scenario, driver, configuration }: ReturnType<typeof resolve>): Machine {
  return new Machine(scenario.build(driver, configuration));
}

/** One more each time a period is set: a count that nothing bounds. */
const COUNTING = {
  name: "counting",
  summary: "",
  idea: "",
  proposedBy: "",
  hazards: [],
  assumes: [],
  claims: [],
  changes: [
    changing(armpmu_event_set_period, function* (base, event) {
      const { interrupts } = perf_event(event).hw;
      yield* store(interrupts, (yield* load(interrupts)) + 1);
      return yield* base(event);
    }),
  ],
};

describe("growth", () => {
  test("a counter of a driver that nothing bounds is named, with its function", () => {
    const target = resolve({ scenario: "one-cpu" });
    const driver = withFixes(target.driver, "counting", [COUNTING]);
    const [worst] = growth(machineOf({ ...target, driver }));
    expect(worst).toMatchObject({ component: "event.A", field: "hw.interrupts" });
    expect(worst?.madeBy).toBe("armpmu_event_set_period on cpu0");
  });

  test("nothing grows in the driver as it is", () => {
    expect(growth(machineOf(resolve({ scenario: "one-cpu" })))).toEqual([]);
    expect(growth(machineOf(resolve({ scenario: "rr-rearm", set: { irq: "nmi" } })))).toEqual([]);
  });

  test("a diagnosis says it first; a number that comes to an end is none", () => {
    const text = diagnosisText(diagnose(toyTarget({ limit: 1_000_000, width: 2 })), 80);
    expect(text).toMatch(/^GROWS WITHOUT END, it seems: ticks value reaches [\d,]+, [\d,]+, [\d,]+/);
    expect(text).toContain("tick: tick");
    expect(diagnose(toyTarget({ limit: 50, width: 2 })).grows).toEqual([]);
  });
});
