/**
 * Random mode: what it finds is real and found again, and what it does not find is never called proved.
 */
import { describe, expect, test } from "vitest";

import { drivers, scenarios } from "../../models/catalogue.js";
import { exactlyOnce } from "../../properties/exactly-once.js";
import { defaultProperty, properties, witnesses } from "../../properties/catalogue.js";
import { Machine } from "../../src/runtime/machine.js";
import { goalOf } from "../../src/simulate/goal.js";
import { InternedSystem } from "../../src/simulate/interned-system.js";
import { simulate } from "../../src/simulate/simulate.js";
import { follow } from "../../src/simulate/walk.js";
import { configure } from "../../src/spec/parameter.js";
import { check } from "../../src/check/verdict/check.js";
import { longTrace } from "../../src/check/sampling/long-trace.js";
import { replay } from "../../src/check/replay/replay.js";
import { checkBySimulation, type SimulationRequest } from "../../src/check/sampling/simulate.js";
import { resolve } from "../support/models/checks.js";
import { fullAt, toyTarget } from "../support/systems/toy-walks.js";

function request(of: Partial<SimulationRequest> = {}): SimulationRequest {
  return { ...resolve({ scenario: "one-cpu" }), witnesses, walks: 200, steps: 2000, seed: 7, ...of };
}

/** What does not depend on the machine. */
function stable(of: SimulationRequest) {
  const { seconds: _seconds, peakRssBytes: _peak, ...document } = checkBySimulation(of);
  return document;
}

describe("random walks", () => {
  test("are the same for a seed, and others for another", () => {
    expect(stable(request())).toEqual(stable(request()));
    const steps = [...Array(8).keys()].map((seed) => stable(request({ seed })).transitions);
    expect(new Set(steps).size).toBeGreaterThan(4);
  });

  test("find the lost overflow; the trace replays and breaks the rule that was found", () => {
    const found = request();
    const { verdict, trace, walks } = checkBySimulation(found);
    expect(verdict).toBe("violated");
    if (trace === undefined) throw new Error("no trace");
    const again = replay({ ...found, hash: trace.hash, steps: trace.steps, loop: trace.loop });
    expect(again.unbroken).toBeUndefined();
    expect(again.trace).toEqual(trace);
    expect(trace.steps.length).toBeLessThan(walks?.found ?? 0);
  });

  test.each([0, 2, 8])("are shrunk until no step can be left out, seed %i", (seed) => {
    const { scenario, driver, configuration } = request();
    const machine = new Machine(scenario.build(driver, configuration));
    const system = new InternedSystem(machine);
    const goal = goalOf(machine, system, exactlyOnce);
    const { failure } = simulate(system, goal, [], { walks: 100, steps: 2000, seed });
    const steps = failure?.steps ?? [];
    expect(follow(system, goal, steps).broken).toBe("no-loss");
    const stillBroken = steps.map((_, at) => follow(system, goal, steps.toSpliced(at, 1)).broken);
    expect(new Set(stillBroken)).toEqual(new Set([undefined]));
  });

  test("come close to the shortest violation", () => {
    const shortest =
      check({ ...resolve({ scenario: "one-cpu" }), witnesses, maxStates: 1e6 }).trace?.steps.length ?? 0;
    expect(checkBySimulation(request()).trace?.steps.length).toBeLessThan(1.5 * shortest);
  });

  test("are led straight back to by fast-check's path", () => {
    const found = checkBySimulation(request());
    const { trace, walks } = checkBySimulation(request({ path: found.walks?.path ?? "" }));
    expect(trace).toEqual(found.trace);
    expect(walks?.path).toBe(found.walks?.path);
  });

  test("refuse a path that is none", () => {
    expect(() => checkBySimulation(request({ path: "1:x" }))).toThrow(/'1:x' leads to no walk/);
  });

  test("keep their rule when they are shrunk, though another is nearer", () => {
    const { property, ...toy } = toyTarget({ limit: 30, width: 7 });
    // The noise begins at 1, so that leaving out what makes noise breaks `near`.
    const rules = [
      { name: "near", brokenBy: fullAt(1) },
      { name: "far", brokenBy: fullAt(5) },
    ];
    const found = [...Array(12).keys()].map((seed) => {
      return checkBySimulation(request({ ...toy, property: { ...property, rules }, seed })).trace?.rule;
    });
    expect(new Set(found)).toEqual(new Set(["near", "far"]));
  });

  test("never say 'holds', even where everything is seen again and again", () => {
    const still = resolve({ scenario: "one-cpu", set: { switches: "0" } });
    expect(check({ ...still, witnesses, maxStates: 1e6 }).verdict).toBe("holds");
    const holds = request({ ...still, walks: 50 });
    const { verdict, reason, complete, states, transitions, walks } = checkBySimulation(holds);
    expect({ verdict, reason, complete }).toEqual({
      verdict: "inconclusive",
      reason: "random walks broke no rule (50 of at most 2000 steps)",
      complete: false,
    });
    expect({ states, transitions, distinct: walks?.distinct }).toEqual({
      states: 100_050,
      transitions: 100_000,
      distinct: false,
    });
  });

  test("cannot check what must happen eventually, and say why", () => {
    const live = resolve({ scenario: "one-cpu", property: "eventually-delivered" });
    expect(() => checkBySimulation(request(live))).toThrow(
      expect.objectContaining({
        code: "PMC120",
        message: expect.stringContaining("what never happens") as string,
      }),
    );
  });

  const safety = properties.filter(({ kind }) => kind === "always");

  test.each(
    scenarios.map((scenario, at) => ({ scenario, property: safety[at % safety.length] ?? defaultProperty })),
  )("serve $scenario.name, $property.name, with every driver", ({ scenario, property }) => {
    const configuration = configure(scenario.parameters, {});
    for (const driver of drivers.filter((of) => scenario.refuses?.(of, configuration) === undefined)) {
      const target = { scenario, driver, property, configuration };
      const { verdict } = checkBySimulation(request({ ...target, walks: 2, steps: 300 }));
      expect(["violated", "inconclusive"]).toContain(verdict);
    }
  });
});

describe("long random traces", () => {
  test("break the property with their last step, and not before the length asked for", () => {
    const target = resolve({ scenario: "one-cpu" });
    const trace = longTrace(target, 2000, 3);
    if (trace === undefined) throw new Error("no trace");
    expect(trace.steps.length).toBeGreaterThanOrEqual(2000);
    expect(longTrace(target, 2000, 3)).toEqual(trace);
    expect(replay({ ...target, hash: trace.hash, steps: trace.steps, loop: null }).trace).toEqual(trace);
  });

  test("are not made of a property that nothing breaks", () => {
    const target = resolve({ scenario: "one-cpu", set: { switches: "0" } });
    expect(longTrace(target, 100, 3)).toBeUndefined();
  });
});
