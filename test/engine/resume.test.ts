/**
 * Interrupted searches that go on: whatever interrupted them, wherever, and however they go on, they come to what a
 * search comes to that nothing interrupts.
 */
import { fc, test as prop } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";

import {
  explore,
  type EngineName,
  type Exploration,
  type Limits,
  type Watch,
} from "../../src/engine/explore.js";
import type { Tuning } from "../../src/engine/api/tuning.js";
import { Machine } from "../../src/runtime/machine.js";
import type { TransitionSystem } from "../../src/spec/transition-system.js";
import { cyclesOf, goalOf } from "../../src/check/verdict/watch.js";
import { resolve } from "../support/models/checks.js";
import {
  answerOf,
  COMPILED,
  ENGINES,
  isMarked,
  MARKS,
  NOT_VACUOUS,
  NOTHING,
  TIGHT,
} from "../support/engine/engine-ways.js";
import { interrupted } from "../support/engine/kept.js";
import { randomSystem } from "../support/systems/random-system.js";
import { widened } from "../support/systems/wide-system.js";

/** Goals that are broken one after another, so that a search can be interrupted between them. */
const CORNERS: Watch = {
  goals: [0, 1, 2].map((value) => ({
    transitions: value === 1 ? [isMarked] : [],
    states: [(read) => read(1) === value && read(2) === value && read(3) === value],
  })),
  cycles: [],
  witnesses: [isMarked],
};

const tuned = fc.constantFrom<Partial<Tuning>[]>(
  {},
  COMPILED,
  // Interned leaves, numbers and ids that outgrow their fields, groups that change.
  { ...TIGHT, componentBits: 32, numberBits: 16 },
  { ...TIGHT, componentBits: 32, numberBits: 1 },
  { ...TIGHT, componentBits: 1, numberBits: 2 },
  { ...TIGHT, componentBits: 20, numberBits: 2, regroupAt: [2, 4, 8, 16, 32] },
);
const engines = fc.constantFrom(...ENGINES);
/** How a search goes on, which need not be how it began. */
const ways = fc.record({ engine: engines, tuning: tuned });

function direct(system: TransitionSystem, watch: Watch, engine: EngineName = "js"): Exploration {
  return answerOf(explore(system, watch, { maxStates: 1e9, engine }));
}

/** Interrupts at every level in turn, and has every one of these searches go on to the end. */
function expectSame(
  system: TransitionSystem,
  watch: Watch,
  first: Partial<Limits>,
  then: Partial<Limits>,
): void {
  const whole = direct(system, watch);
  for (let turns = 0; ; turns++) {
    const { exploration, left } = interrupted(system, watch, first, turns);
    if (left === undefined) {
      expect(answerOf(exploration)).toEqual(whole);
      return;
    }
    expect(exploration.end).toEqual({ kind: "bound", bound: "it was stopped" });
    expect(answerOf(explore(system, watch, { maxStates: 1e9, ...then, from: left }))).toEqual(whole);
  }
}

describe.each(ENGINES)("random systems, %s", (engine) => {
  prop.prop([randomSystem, tuned, ways], { numRuns: 40 })(
    "go on from every level, with cycles",
    (system, tuning, then) => expectSame(system, MARKS, { engine, tuning }, then),
  );

  prop.prop([randomSystem, tuned, ways], { numRuns: 40 })(
    "go on with what was broken before",
    (system, tuning, then) => expectSame(system, CORNERS, { engine, tuning }, then),
  );

  prop.prop([randomSystem, tuned, ways, fc.integer({ min: 1, max: 30 })], { numRuns: 60, ...NOT_VACUOUS })(
    "go back to the beginning of a level that a bound cut short",
    (system, tuning, then, maxStates) => {
      const { exploration, left } = interrupted(system, CORNERS, { engine, tuning, maxStates });
      if (left === undefined) return fc.pre(false);
      expect(exploration.end.kind).toBe("bound");
      expect(answerOf(explore(system, CORNERS, { maxStates: 1e9, ...then, from: left }))).toEqual(
        direct(system, CORNERS),
      );
    },
  );

  const times = fc.integer({ min: 2, max: 6 });
  prop.prop([randomSystem, tuned, ways, times], { numRuns: 40 })(
    "go on with states of up to 768 bits",
    (system, tuning, { engine: other }, copies) => {
      const wide = { tuning: { ...tuning, componentBits: 32 } };
      expectSame(widened(system, copies), NOTHING, { engine, ...wide }, { engine: other, ...wide });
    },
  );

  prop.prop([randomSystem, fc.array(ways, { minLength: 1 })], { numRuns: 40 })(
    "are interrupted again and again",
    (system, chain) => {
      // Two levels at a time: the last one, and then the cycles.
      let { exploration, left } = interrupted(system, MARKS, { engine }, 2);
      for (let i = 0; left !== undefined; i++) {
        ({ exploration, left } = interrupted(system, MARKS, { ...chain[i % chain.length], from: left }, 2));
      }
      expect(answerOf(exploration)).toEqual(direct(system, MARKS));
    },
  );
});

describe("the models", () => {
  const LARGE: Partial<Tuning> = { componentBits: 2, numberBits: 2, regroupAt: [100, 1000, 10_000] };

  test.each([
    { scenario: "one-cpu", property: "eventually-delivered", turns: 60 },
    { scenario: "one-cpu", property: "count-conservation", turns: 100 },
    { scenario: "one-cpu", property: "exactly-once", turns: 130 },
    { scenario: "late-fall", property: "line-eventually-low", turns: 5 },
  ])("$scenario, $property, from level $turns", ({ turns, ...asked }) => {
    const { scenario, driver, configuration, property } = resolve(asked);
    const machine = () => new Machine(scenario.build(driver, configuration));
    const watchOf = (of: Machine): Watch => ({
      goals: [goalOf(of, property)],
      cycles: property.kind === "eventually" ? cyclesOf(of, property) : [],
      witnesses: [(observation) => observation.kind === "switch"],
    });
    const [first, other] = [machine(), machine()];
    const whole = direct(first, watchOf(first));
    for (const [engine, then] of [
      ["js", "wasm"],
      ["wasm", "js"],
    ] as const) {
      const { left } = interrupted(first, watchOf(first), { engine, tuning: LARGE }, turns);
      expect(left?.header.progressed.depth).toBe(turns);
      // Another machine, as after a restart: its values are other objects.
      const found = explore(other, watchOf(other), { maxStates: 1e9, engine: then, from: left });
      expect(answerOf(found)).toEqual(whole);
    }
  });

  test("ping-pong goes on from a bound on its memory", () => {
    const { scenario, driver, configuration } = resolve({ scenario: "ping-pong" });
    const machine = new Machine(scenario.build(driver, configuration));
    const { exploration, left } = interrupted(machine, NOTHING, { maxBytes: 5 << 20 });
    expect(exploration.end).toEqual({ kind: "bound", bound: "more than 5 MiB of memory" });
    expect(left?.header.states.states).toBeGreaterThan(100_000);
    expect(answerOf(explore(machine, NOTHING, { maxStates: 1e9, from: left }))).toEqual(
      direct(machine, NOTHING, "wasm"),
    );
  });
});

test("what happened before the interruption only has happened", () => {
  const system = announced(() => true);
  const witnessing: Watch = { ...NOTHING, witnesses: [isMarked] };
  const { left } = interrupted(system, witnessing, {}, 50);
  const found = explore(system, witnessing, { maxStates: 1e9, from: left });
  expect(found).toMatchObject({ witnesses: [true], idle: [], states: 101, depth: 100 });
});

describe("limits of the search that goes on", () => {
  const system = counter((value) => value + 1);
  const from = () => interrupted(system, NOTHING, {}, 50).left;

  test("are its own", () => {
    const { end } = explore(system, NOTHING, { maxStates: 60, from: from() });
    expect(end).toEqual({ kind: "bound", bound: "more than 60 states" });
  });

  test("below what there is already end it at once", () => {
    const again = interrupted(system, NOTHING, { maxStates: 20, from: from() });
    expect(again.exploration.end).toEqual({ kind: "bound", bound: "more than 20 states" });
    // There is nothing new to keep.
    expect(again.left).toBeUndefined();
  });
});

describe("what is of another system is refused", () => {
  const keptImage = () =>
    interrupted(
      counter((value) => value + 1),
      NOTHING,
      {},
      50,
    ).left;
  const goOn = (system: TransitionSystem, watch: Watch) => () =>
    explore(system, watch, { maxStates: 1e9, from: keptImage() });

  test("other components", () => {
    const renamed = { ...counter((value) => value + 1), components: ["other"] };
    expect(goOn(renamed, NOTHING)).toThrow(expect.objectContaining({ code: "PMC153" }));
  });

  test("another property", () => {
    expect(
      goOn(
        counter((value) => value + 1),
        MARKS,
      ),
    ).toThrow(expect.objectContaining({ code: "PMC153" }));
  });

  test("the same names, and other answers", () => {
    // Equal up to the names of values until 30.
    const wrapped = counter((value) => (value === 30 ? 0 : value + 1));
    expect(goOn(wrapped, NOTHING)).toThrow(expect.objectContaining({ code: "PMC153" }));
  });

  test("the same steps, and other observations", () => {
    const witnessing: Watch = { ...NOTHING, witnesses: [isMarked] };
    const { left } = interrupted(
      announced(() => true),
      witnessing,
      {},
      50,
    );
    const silent = announced(() => false);
    expect(() => explore(silent, witnessing, { maxStates: 1e9, from: left })).toThrow(
      expect.objectContaining({ code: "PMC153" }),
    );
  });

  test("a system that reads more, and fails on what it reads", () => {
    const curious: TransitionSystem = {
      ...counter((value) => value + 1),
      run: (_, read) => {
        if (Number(read(0)) > 10 && read(1) !== "there") throw new Error("a value that never was");
        return [{ writes: new Map([[0, Number(read(0)) + 1]]), observations: [] }];
      },
    };
    expect(goOn(curious, NOTHING)).toThrow(expect.objectContaining({ code: "PMC153" }));
  });
});

function counter(next: (value: number) => number): TransitionSystem {
  return {
    components: ["count"],
    initial: [0],
    processes: ["up"],
    fair: [],
    run: (_, read) => [{ writes: new Map([[0, next(Number(read(0))) % 100]]), observations: [] }],
  };
}

/** Counts to 99 after one process has said so, once. */
function announced(isSaid: () => boolean): TransitionSystem {
  return {
    components: ["count"],
    initial: ["not yet"],
    processes: ["say", "up"],
    fair: [],
    run: (process, read) => {
      const value = read(0);
      if ((process === 0) !== (value === "not yet")) return [];
      return [
        {
          writes: new Map([[0, process === 0 ? 0 : (Number(value) + 1) % 100]]),
          observations: process === 0 && isSaid() ? [{ kind: "spurious", cpu: 0 }] : [],
        },
      ];
    },
  };
}
