/**
 * The engine against the reference explorer, and its own promises: exact, deterministic, honest about bounds.
 */
import { fc, test as prop } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";

import { explore, type CycleGoal, type PathStep, type Watch } from "../../src/engine/explore.js";
import type { Observation } from "../../src/spec/observation.js";
import type { TransitionSystem } from "../../src/spec/transition-system.js";
import { NOT_VACUOUS } from "../support/engine/engine-ways.js";
import { lively, randomSystem } from "../support/systems/random-system.js";
import { referenceExplore, referenceHasFairCycle } from "../support/engine/reference-explorer.js";

const NOTHING: Watch = { goals: [], cycles: [], witnesses: [] };
const UNBOUNDED = { maxStates: 1e9 };
const isMarked = (observation: Observation) => observation.kind === "spurious";
const MARKS: Watch = { ...NOTHING, goals: [{ transitions: [isMarked], states: [] }] };

/** A counter from 0 to `top` that can be reset. */
function counter(top: number): TransitionSystem {
  return {
    components: ["n"],
    initial: [0],
    processes: ["up", "reset"],
    fair: [],
    run: (process, read) => {
      const n = Number(read(0));
      if (process === 0) return n === top ? [] : [{ writes: new Map([[0, n + 1]]), observations: [] }];
      return [{ writes: new Map([[0, 0]]), observations: n === top ? [{ kind: "spurious", cpu: 0 }] : [] }];
    },
  };
}

function walk(system: TransitionSystem, from: readonly unknown[], path: readonly PathStep[]) {
  const states = [from];
  const marks = path.map(({ process, outcome }) => {
    const state = states.at(-1) ?? [];
    const taken = system.run(process, (component) => state[component])[outcome];
    states.push(state.map((value, component) => taken?.writes.get(component) ?? value));
    return taken?.observations.some(isMarked);
  });
  return { states, marks };
}

/** Something is waited for while component 0 is not 0. */
function lassoOf(system: TransitionSystem, kind: { readonly without: boolean; readonly through: boolean }) {
  const goal: CycleGoal = {
    waits: (read) => read(0) !== 0,
    ...(kind.without ? { without: isMarked } : {}),
    ...(kind.through ? { through: isMarked } : {}),
  };
  return explore(system, { ...NOTHING, cycles: [goal] }, UNBOUNDED).lassos[0];
}

describe("against the reference explorer, on random systems", () => {
  /** Systems that come to a standstill are for the test below; here something can always happen. */
  const livelySystem = randomSystem.map(lively);

  prop.prop([livelySystem], { numRuns: 500 })("the same states, transitions and depth", (system) => {
    const { states, transitions, depth } = referenceExplore(system);
    expect(explore(system, NOTHING, UNBOUNDED)).toMatchObject({
      end: { kind: "complete" },
      states,
      transitions,
      depth,
    });
  });

  prop.prop([livelySystem], { numRuns: 500 })("the same shortest path to a broken transition", (system) => {
    const { broken } = referenceExplore(system, isMarked);
    const { breaks } = explore(system, MARKS, UNBOUNDED);
    expect(breaks[0]?.path.length).toBe(broken);
  });

  prop.prop([livelySystem], { numRuns: 100, ...NOT_VACUOUS })(
    "a path that can be walked and breaks the rule at its end",
    (system) => {
      const [found] = explore(system, MARKS, UNBOUNDED).breaks;
      if (found === undefined) return fc.pre(false);
      const { marks } = walk(system, system.initial, found.path);
      expect(marks).toEqual(found.path.map((_, i) => i === found.path.length - 1));
    },
  );

  const kinds = fc.record({ without: fc.boolean(), through: fc.boolean() });

  prop.prop([livelySystem, kinds], { numRuns: 1000 })(
    "a fair cycle exactly where there is one",
    (system, kind) => {
      const lasso = lassoOf(system, kind);
      const waits = (state: readonly unknown[]) => state[0] !== 0;
      expect(lasso !== undefined).toBe(referenceHasFairCycle(system, waits, isMarked, kind));
    },
  );

  prop.prop([livelySystem, kinds], { numRuns: 300, ...NOT_VACUOUS })(
    "a cycle that can be walked and is fair",
    (system, kind) => {
      const lasso = lassoOf(system, kind);
      if (lasso === undefined) return fc.pre(false);
      const entry = walk(system, system.initial, lasso.path).states.at(-1) ?? system.initial;
      const { states, marks } = walk(system, entry, lasso.cycle);
      expect(states.at(-1)).toEqual(entry);
      expect(states.filter((state) => state[0] === 0)).toEqual([]);
      if (kind.without) expect(marks).not.toContain(true);
      if (kind.through) expect(marks).toContain(true);
      for (const process of system.fair) {
        const moves = lasso.cycle.some((step) => step.process === process);
        const stands = states.some(
          (state) => system.run(process, (component) => state[component]).length === 0,
        );
        expect(moves || stands).toBe(true);
      }
    },
  );

  prop.prop([randomSystem], { numRuns: 500 })("a standstill exactly where there is one", (system) => {
    const { stuck } = referenceExplore(system);
    const { end } = explore(system, NOTHING, UNBOUNDED);
    expect(end.kind === "stuck" ? end.path.length : undefined).toBe(stuck);
  });
});

describe("bounds", () => {
  test("more states than allowed is a bound, never a complete search", () => {
    expect(explore(counter(99), NOTHING, { maxStates: 100 }).end).toEqual({ kind: "complete" });
    expect(explore(counter(100), NOTHING, { maxStates: 100 }).end).toEqual({
      kind: "bound",
      bound: "more than 100 states",
    });
  });

  test("more values of a component than an id can hold is a bound that names the component", () => {
    const { end } = explore(counter(1 << 18), NOTHING, UNBOUNDED);
    expect(end).toEqual({ kind: "bound", bound: "component n has more than 262144 values" });
  });
});

describe("what a search reports", () => {
  test("counts, depth, witnesses and processes that never moved", () => {
    const system = counter(10);
    const found = explore(system, { ...NOTHING, witnesses: [isMarked, () => false] }, UNBOUNDED);
    expect(found).toMatchObject({
      states: 11,
      transitions: 21,
      depth: 10,
      witnesses: [true, false],
      idle: [],
    });
    expect(explore(counter(0), NOTHING, UNBOUNDED).idle).toEqual(["up"]);
  });

  test("a broken state, with the path to it; the initial state counts", () => {
    const goal = {
      transitions: [isMarked],
      states: [(read: (component: number) => unknown) => read(0) === 3],
    };
    const { end, breaks } = explore(counter(9), { ...NOTHING, goals: [goal] }, UNBOUNDED);
    expect(end).toEqual({ kind: "decided" });
    expect(breaks).toMatchObject([{ rule: 1, path: [{ process: 0 }, { process: 0 }, { process: 0 }] }]);
    const initial = { ...NOTHING, goals: [{ transitions: [], states: [() => true] }] };
    expect(explore(counter(9), initial, UNBOUNDED)).toMatchObject({ breaks: [{ path: [] }], states: 1 });
  });

  test("every goal's own shortest break, and no end before all are broken", () => {
    const at = (n: number) => ({
      transitions: [],
      states: [(read: (component: number) => unknown) => read(0) === n],
    });
    const { end, breaks, states } = explore(
      counter(9),
      { ...NOTHING, goals: [at(2), at(5), at(42)] },
      UNBOUNDED,
    );
    expect(end).toEqual({ kind: "complete" });
    expect(states).toBe(10);
    expect(breaks.map((found) => found?.path.length)).toEqual([2, 5, undefined]);
  });

  prop.prop([randomSystem])("is the same every time", (system) => {
    expect(explore(system, MARKS, UNBOUNDED)).toEqual(explore(system, MARKS, UNBOUNDED));
  });

  test("a process that reads in another order than its reads allow is the model's fault, by name", () => {
    let asked = 0;
    const unruly: TransitionSystem = {
      components: ["a", "b"],
      initial: [0, 0],
      processes: ["p"],
      fair: [],
      run: (_, read) => {
        asked++;
        const n = Number(read(asked % 2));
        return [
          {
            writes: new Map([
              [0, n + asked],
              [1, n + asked],
            ]),
            observations: [],
          },
        ];
      },
    };
    expect(() => explore(unruly, NOTHING, { ...UNBOUNDED, audit: "off" })).toThrow(
      expect.objectContaining({
        code: "PMC201",
        message: expect.stringContaining("process p is not deterministic") as unknown,
      }),
    );
  });
});
