/**
 * pmucheck as a library: the question everything rests on, asked through the package's entry.
 */
import { describe, expect, test } from "vitest";

import {
  check,
  configure,
  defaultDriver,
  defaultProperty,
  Machine,
  override,
  scenarios,
  verdictLine,
  witnesses,
} from "../../src/index.js";
import { armv8pmu_disable_intens } from "../../models/linux/drivers/perf/arm_pmuv3.js";
import { write_pmintenclr, isb } from "../../models/linux/arch/arm64/include/asm/arm_pmuv3.js";

const [scenario] = scenarios;
if (scenario === undefined) throw new Error("there is no scenario");
const configuration = configure(scenario.parameters, {});

describe("a program that uses the package", () => {
  test("asks which labelled steps a state has and where they lead", () => {
    const machine = new Machine(scenario.build(defaultDriver, configuration));
    const [step, ...others] = machine.enabledSteps(machine.initialState);
    expect(others).toEqual([]);
    expect(step?.label).toMatchObject({ process: "pmu0", choice: "count", cpu: 0 });
    expect(step?.observations).toEqual([{ kind: "counted", event: "A", late: false }]);
    expect(Object.keys(step?.next ?? {})).toEqual(Object.keys(machine.initialState));
    expect(step?.next).toMatchObject({ "truth.A": { progress: 1, due: false, behind: 1n } });
  });

  test("checks a driver of its own: dropping the PMOVSCLR write alone still loses", () => {
    const noClear = override(armv8pmu_disable_intens, function* (mask) {
      yield* write_pmintenclr(mask);
      yield* isb();
    });
    const functions = new Map(defaultDriver.functions).set(noClear.functionName, noClear);
    const driver = { ...defaultDriver, name: "no-clear", functions };
    const found = check({
      scenario,
      driver,
      property: defaultProperty,
      configuration,
      witnesses,
      maxStates: 1e6,
    });
    expect(verdictLine(found)).toMatch(
      /^pmucheck: exactly-once VIOLATED \(no-loss\) at step \d+: one-cpu, no-clear, irq$/,
    );
  });
});
