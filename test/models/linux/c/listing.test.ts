/** C beside the model: what is the same is equal, and where they part is named with the line. */
import { expect, test } from "vitest";

import { driverNamed, shippedScenario } from "../../../../src/cli/arguments/catalogue.js";
import { listing } from "../../../../src/kernel-tree/listing.js";
import { configure } from "../../../../src/spec/parameter.js";
import { FIXTURE } from "../../../support/models/fixture-tree.js";

const scenario = shippedScenario("one-cpu");
const c = driverNamed(`kernel:${FIXTURE}@linux-6.12`);
const configurations = [configure(scenario.parameters, { counters: "2" })];
const NAMES = ["armpmu_add", "armpmu_stop", "armv8pmu_handle_irq", "armpmu_event_set_period"];

test("a driver that is the model's", () => {
  for (const of of listing(NAMES, { model: driverNamed("linux-6.12"), c, scenario, configurations })) {
    expect(of.runs).toBeGreaterThan(0);
    expect(of.drift).toBeUndefined();
  }
});

test("a model whose armpmu_add does not disable the counter", () => {
  const [add] = listing(NAMES, { model: driverNamed("linux-6.12.y"), c, scenario, configurations });
  expect(add?.drift).toMatchObject({ equal: 2, c: "A->hw.idx = 1" });
  expect(add?.drift?.at?.file).toBe("drivers/perf/arm_pmu.c");
});
