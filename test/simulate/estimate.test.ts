/**
 * Estimates and diagnoses: the right order of magnitude, exact where they say so, and the right culprit.
 */
import { describe, expect, test } from "vitest";

import { Machine } from "../../src/runtime/machine.js";
import { census } from "../../src/simulate/census.js";
import { capture } from "../../src/simulate/recapture.js";
import { explore } from "../../src/engine/explore.js";
import { diagnose } from "../../src/check/sampling/diagnose.js";
import { estimate, sizeOf } from "../../src/check/sampling/estimate.js";
import { resolve } from "../support/models/checks.js";
import { toyTarget } from "../support/systems/toy-walks.js";

/** All states, counted without any reduction. */
function statesOf({ scenario, driver, configuration }: ReturnType<typeof resolve>): number {
  const machine = new Machine(scenario.build(driver, configuration));
  return capture(machine, { near: Infinity, steps: 0, seed: 0 }).near;
}

describe("an estimate", () => {
  test("of a space that fits is its exact size", () => {
    const target = resolve({ scenario: "one-cpu", set: { switches: "0" } });
    const { scenario, driver, configuration } = target;
    const exact = explore(
      new Machine(scenario.build(driver, configuration)),
      { goals: [{ transitions: [() => false], states: [] }], cycles: [], witnesses: [] },
      { maxStates: 1e6 },
    ).states;
    const { method, states, atLeast } = estimate(target, { near: 10_000, steps: 1000 });
    expect({ method, states, atLeast }).toEqual({
      method: "counted",
      states: { low: exact, middle: exact, high: exact },
      atLeast: exact,
    });
  });

  test.each(["one-cpu", "half-range", "profiler", "clones", "cpu-pm"])(
    "contains the truth of %s",
    (scenario) => {
      // Nothing breaks count-conservation in these, so that a check counts all states.
      const target = resolve({ scenario, property: "count-conservation" });
      const exact = statesOf(target);
      const { method, states, atLeast } = sizeOf(target, { near: exact / 10, steps: 200_000 });
      expect(method).toBe("recapture");
      expect(atLeast).toBeLessThanOrEqual(exact);
      expect(states?.low).toBeLessThanOrEqual(exact);
      expect(states?.high).toBeGreaterThanOrEqual(exact);
    },
  );

  test("is given up where it must not go on: among near states, in walks, in the beginning of a search", () => {
    const target = resolve({ scenario: "one-cpu" });
    const effort = { near: 2000, steps: 20_000 };
    let asked = 0;
    estimate(target, effort, () => void asked++);
    expect(asked).toBeGreaterThan(20_000);
    for (const last of [1, asked >> 1, asked]) {
      let calls = 0;
      const mustGoOn = () => {
        if (++calls === last) throw new Error("Ctrl-C");
      };
      expect(() => estimate(target, effort, mustGoOn)).toThrow("Ctrl-C");
      expect(calls).toBe(last);
    }
  });

  test("is the same every time, but for its seconds", () => {
    const target = resolve({ scenario: "one-cpu" });
    const effort = { near: 2000, steps: 20_000 };
    expect(sizeOf(target, effort)).toEqual(sizeOf(target, effort));
  });

  test("that rests on too few states says only how many were seen", () => {
    // After 20 near states and 50 steps hardly anything is in both.
    const { method, states, atLeast } = sizeOf(toyTarget({ limit: 900, width: 900 }), {
      near: 20,
      steps: 50,
    });
    expect({ method, states }).toEqual({ method: "lower-bound", states: null });
    expect(atLeast).toBeGreaterThanOrEqual(20);
  });

  test("counts a toy's states, all of which walks can reach", () => {
    const { scenario, driver, configuration } = toyTarget({ limit: 19, width: 50 });
    const machine = new Machine(scenario.build(driver, configuration));
    expect(capture(machine, { near: 2000, steps: 10, seed: 1 })).toEqual({
      complete: true,
      near: 1000,
      walked: 0,
      both: 0,
    });
    const { near, walked, both } = capture(machine, { near: 300, steps: 20_000, seed: 1 });
    expect({ walked, both }).toEqual({ walked: 1000, both: near });
  });
});

describe("a diagnosis", () => {
  const toy = toyTarget({ limit: 10, width: 700 });

  test("names the component with most values and the step that made them", () => {
    const { scenario, driver, configuration } = toy;
    const [worst, ...others] = census(new Machine(scenario.build(driver, configuration)), 20_000, 1);
    expect(worst).toMatchObject({ component: "noise", values: 700 });
    expect(worst?.madeBy.map(({ step }) => step).sort()).toEqual(["shake: by 1", "shake: by 2"]);
    // The first value is nobody's work.
    expect(worst?.madeBy.reduce((sum, { values }) => sum + values, 0)).toBe(699);
    expect(others).toEqual([
      { component: "ticks", values: 11, madeBy: [{ step: "tick: tick", values: 10 }] },
    ]);
  });

  test("names the kernel function that made a value", () => {
    const { scenario, driver, configuration } = resolve({ scenario: "one-cpu" });
    const found = census(new Machine(scenario.build(driver, configuration)), 20_000, 1);
    const pmu = found.find(({ component }) => component === "cpu0.pmu");
    expect(pmu?.madeBy.map(({ step }) => step)).toContain("armv8pmu_disable_intens on cpu0");
  });

  test("puts the parameter first whose reduction leaves fewest states", () => {
    const { now, reductions } = diagnose(toy);
    expect(now?.middle).toBe(11 * 700);
    expect(reductions.map(({ parameter, to, states }) => [parameter, to, states?.middle])).toEqual([
      ["width", 350, 11 * 350],
      ["limit", 5, 6 * 700],
    ]);
  });

  test("is about numbers, not flags", () => {
    const names = diagnose(resolve({ scenario: "one-cpu" })).reductions.map(({ parameter }) => parameter);
    expect(names).toContain("period");
    expect(names).not.toContain("switches");
  });
});
