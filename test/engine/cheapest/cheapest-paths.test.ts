/**
 * Cheapest paths: least in cost, then in steps, against Dijkstra's search over whole states; and what is said when the
 * search for them runs out.
 */
import { fc, test as prop } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";

import {
  explore,
  type EngineName,
  type Limits,
  type PathStep,
  type Watch,
} from "../../../src/engine/explore.js";
import type { Observation } from "../../../src/spec/observation.js";
import type { TransitionSystem } from "../../../src/spec/transition-system.js";
import { interrupted } from "../../support/engine/kept.js";
import { lively, randomSystem } from "../../support/systems/random-system.js";
import { referenceCheapest, type Least } from "../../support/engine/reference-cheapest.js";

const UNBOUNDED = { maxStates: 1e9 };
const ENGINES: readonly EngineName[] = ["js", "wasm"];
const TIGHT = { compileAt: 0, block: 2, bucketBits: 1, rootBits: 0, componentBits: 1, numberBits: 1 };
const TUNINGS = [{}, TIGHT, { ...TIGHT, componentBits: 20, regroupAt: [2, 4, 8, 16, 32] }];

const isMarked = (observation: Observation) => observation.kind === "spurious";
/** A power-down costs what its CPU is numbered. */
const cost = (observation: Observation) => (observation.kind === "power-down" ? observation.cpu : 0);

/** How dear the processes are: transitions of process i that write component j cost prices[i][j], each. */
const priced = fc
  .tuple(
    randomSystem,
    fc.array(fc.array(fc.constantFrom(0, 0, 1, 1, 2), { minLength: 4, maxLength: 4 }), {
      minLength: 4,
      maxLength: 4,
    }),
  )
  .map(([system, prices]): TransitionSystem => ({
    ...system,
    run: (process, read) =>
      system.run(process, read).map(({ writes, observations }) => ({
        writes,
        observations: [
          ...observations,
          ...[...writes.keys()].map((of): Observation => ({
            kind: "power-down",
            cpu: prices[process]?.[of] ?? 0,
          })),
        ],
      })),
  }));

/** Where something can always happen. */
const livelyPriced = priced.map(lively);

const CORNER = [2, 1, 2];
const isCorner = (of: (component: number) => unknown) => CORNER.every((value, i) => of(i) === value);
const WANTED = {
  cost,
  isBroken: isMarked,
  isBrokenIn: (state: readonly unknown[]) => isCorner((i) => state[i]),
};
const WATCH: Watch = {
  goals: [{ transitions: [isMarked], states: [isCorner] }],
  cycles: [],
  witnesses: [],
  cost,
};

function leastOf(system: TransitionSystem, path: readonly PathStep[] | undefined): Least | undefined {
  if (path === undefined) return undefined;
  let state = system.initial;
  let sum = 0;
  for (const { process, outcome } of path) {
    const from = state;
    const taken = system.run(process, (component) => from[component])[outcome];
    state = from.map((value, component) =>
      taken?.writes.has(component) === true ? taken.writes.get(component) : value,
    );
    sum += taken?.observations.reduce((of, observation) => of + cost(observation), 0) ?? NaN;
  }
  return [sum, path.length];
}

describe("on random systems", () => {
  prop.prop([livelyPriced], { numRuns: 300 })("the cheapest break, and of those the shortest", (system) => {
    const { cheapest } = explore(system, WATCH, UNBOUNDED);
    expect(leastOf(system, cheapest?.breaks[0]?.path)).toEqual(referenceCheapest(system, WANTED).broken);
  });

  prop.prop([priced], { numRuns: 300 })("the cheapest standstill of those before any break", (system) => {
    const { end, cheapest } = explore(system, WATCH, UNBOUNDED);
    const { stuck } = referenceCheapest(system, WANTED);
    expect(leastOf(system, cheapest?.stuck)).toEqual(end.kind === "stuck" ? stuck : undefined);
  });

  prop.prop([livelyPriced], { numRuns: 100 })("every goal's own, if there are several", (system) => {
    const nothing = { cost, isBroken: () => false, isBrokenIn: () => false };
    const goals = [
      { transitions: [isMarked], states: [] },
      { transitions: [], states: [isCorner] },
    ];
    const { cheapest } = explore(system, { ...WATCH, goals }, UNBOUNDED);
    expect(cheapest?.breaks.map((found) => leastOf(system, found?.path))).toEqual([
      referenceCheapest(system, { ...nothing, isBroken: isMarked }).broken,
      referenceCheapest(system, { ...nothing, isBrokenIn: WANTED.isBrokenIn }).broken,
    ]);
  });

  prop.prop([priced, fc.constantFrom(...TUNINGS)], { numRuns: 100 })(
    "every way through the engine gives the same paths",
    (system, tuning) => {
      const [plain, ...others] = [{}, ...ENGINES.map((engine) => ({ engine, tuning }))].map(
        (limits: Partial<Limits>) => explore(system, WATCH, { ...UNBOUNDED, ...limits }).cheapest,
      );
      for (const other of others) expect(other).toEqual(plain);
    },
  );

  prop.prop([priced], { numRuns: 100 })("costs change nothing else", (system) => {
    const { cost: _, ...free } = WATCH;
    const { cheapest, ...costed } = explore(system, WATCH, UNBOUNDED);
    expect(cheapest).toBeDefined();
    expect(explore(system, free, UNBOUNDED)).toEqual({ ...costed, cheapest: undefined });
  });
});

describe("a dear short cut to 100, and a long way that costs nothing", () => {
  const system: TransitionSystem = {
    components: ["n"],
    initial: [0],
    processes: ["jump", "up"],
    fair: [],
    run: (process, read) => {
      const n = Number(read(0));
      if (process === 0 && n > 0) return [];
      return [
        process === 0
          ? { writes: new Map([[0, 100]]), observations: [{ kind: "power-down", cpu: 3 }] }
          : { writes: new Map([[0, n + 1]]), observations: [] },
      ];
    },
  };
  const arrived: Watch = { ...WATCH, goals: [{ transitions: [], states: [(read) => read(0) === 100] }] };

  test("the way", () => {
    const { breaks, states, cheapest } = explore(system, arrived, { maxStates: 101 });
    expect([breaks[0]?.path.length, states]).toEqual([1, 2]);
    expect(cheapest).toMatchObject({ bound: undefined, breaks: [{ rule: 0 }] });
    expect(cheapest?.breaks[0]?.path).toEqual(
      Array.from({ length: 100 }, () => ({ process: 1, outcome: 0 })),
    );
  });

  test("more states than allowed is a bound, and no path", () => {
    const { end, breaks, cheapest } = explore(system, arrived, { maxStates: 50 });
    expect(end).toEqual({ kind: "decided" });
    expect(breaks[0]?.path.length).toBe(1);
    expect(cheapest).toMatchObject({ bound: "more than 50 states", breaks: [undefined] });
  });

  test.each(ENGINES)("so is more memory than allowed, with %s", (engine) => {
    const far = 200;
    const grid: TransitionSystem = {
      ...system,
      components: ["x", "y", "z"],
      initial: [0, 0, 0],
      processes: ["jump", "x", "y", "z"],
      run: (process, read) => {
        const axes = process === 0 ? [0, 1, 2] : [process - 1];
        if (axes.some((axis) => Number(read(axis)) >= (process === 0 ? 1 : far))) return [];
        const to = (axis: number) => (process === 0 ? far : Number(read(axis)) + 1);
        const writes = new Map(axes.map((axis) => [axis, to(axis)]));
        return [{ writes, observations: [{ kind: "power-down", cpu: process === 0 ? 1 : 0 }] }];
      },
    };
    const corner = (read: (component: number) => unknown) => [0, 1, 2].every((axis) => read(axis) === far);
    const watch = { ...WATCH, goals: [{ transitions: [], states: [corner] }] };
    const { breaks, cheapest } = explore(grid, watch, { ...UNBOUNDED, maxBytes: 4 << 20, engine });
    expect(breaks[0]?.path.length).toBe(1);
    expect(cheapest).toMatchObject({ bound: "more than 4 MiB of memory", breaks: [undefined] });
  });

  test("what is as cheap as can be is not looked for again", () => {
    const free = { ...arrived, cost: () => 0 };
    const { breaks, cheapest } = explore(system, free, { maxStates: 101 });
    expect(cheapest).toEqual({ breaks, stuck: undefined, bound: undefined, states: 0 });
  });

  test("there is room for 31 rules on transitions beside the costs", () => {
    const rules = (count: number) => ({
      ...WATCH,
      goals: [{ transitions: Array.from({ length: count }, () => isMarked), states: [] }],
    });
    expect(() => explore(system, rules(32), { maxStates: 1 })).toThrow(
      "32 rules on observations, and a search can tell 31 apart",
    );
    expect(explore(system, rules(31), { maxStates: 1 }).end.kind).toBe("bound");
  });
});

describe.each(ENGINES)("a reason to stop, %s", (engine) => {
  const FAR = 25;
  const NEAR = 3;
  /** A cube that one can walk through for nothing; and at the beginning one can hop to two of its corners. */
  const cube: TransitionSystem = {
    components: ["x", "y", "z"],
    initial: [0, 0, 0],
    processes: ["hop", "x", "y", "z"],
    fair: [],
    run: (process, read) => {
      const axes = [0, 1, 2];
      if (process > 0) {
        const at = Number(read(process - 1));
        return at === FAR ? [] : [{ writes: new Map([[process - 1, at + 1]]), observations: [] }];
      }
      if (axes.some((axis) => Number(read(axis)) > 0)) return [];
      return [NEAR, FAR].map((to) => ({
        writes: new Map(axes.map((axis) => [axis, to])),
        observations: [{ kind: "power-down", cpu: 1 }],
      }));
    },
  };
  const goals = [NEAR, FAR].map((corner) => ({
    transitions: [],
    states: [(read: (component: number) => unknown) => [0, 1, 2].every((axis) => read(axis) === corner)],
  }));
  /** It is asked for so often. */
  const asks = (watch: Watch) => {
    let count = 0;
    const stop = () => {
      count++;
      return undefined;
    };
    explore(cube, watch, { ...UNBOUNDED, engine, stop });
    return count;
  };
  const before = asks({ goals, cycles: [], witnesses: [] });
  const all = asks({ ...WATCH, goals });
  const stopped = (turns: number) => interrupted(cube, { ...WATCH, goals }, { engine }, turns);

  test("is heard while cheaper paths are looked for: what is broken stays, nothing is left to go on from", () => {
    // All states once to find the corner, and again to find the way.
    expect(all - before).toBeGreaterThan((2 * (FAR + 1) ** 3) / 4096);
    for (let turns = before; turns < all; turns += 7) {
      const { exploration, left } = stopped(turns);
      expect(left).toBeUndefined();
      expect(exploration.end).toEqual({ kind: "decided" });
      expect(exploration.breaks.map((found) => found?.path.length)).toEqual([1, 1]);
      expect(exploration.cheapest?.bound).toBe("it was stopped");
      expect(exploration.cheapest?.breaks[1]).toBeUndefined();
    }
  });

  test("leaves the cheapest paths that were found before", () => {
    const lengths = (turns: number) =>
      stopped(turns).exploration.cheapest?.breaks.map((found) => found?.path.length);
    expect(lengths(before)).toEqual([undefined, undefined]);
    expect(lengths(all - 1)).toEqual([3 * NEAR, undefined]);
    expect(lengths(all)).toEqual([3 * NEAR, 3 * FAR]);
  });
});

describe("what may be on the way", () => {
  interface Edge {
    readonly from: number;
    readonly to: number;
    readonly costs?: number;
    readonly marked?: boolean;
  }

  /** From 0 along the edges, a process with an outcome for each. */
  const along = (edges: readonly Edge[]): TransitionSystem => ({
    components: ["at"],
    initial: [0],
    processes: ["go"],
    fair: [],
    run: (_, read) =>
      edges
        .filter(({ from }) => from === read(0))
        .map(({ to, costs = 0, marked = false }) => ({
          writes: new Map([[0, to]]),
          observations: [
            { kind: "power-down", cpu: costs },
            ...(marked ? [{ kind: "spurious", cpu: 0 } satisfies Observation] : []),
          ],
        })),
  });

  const placesOn = (system: TransitionSystem, path: readonly PathStep[] | undefined) => {
    let at: unknown = 0;
    return path?.map(({ process, outcome }) => (at = system.run(process, () => at)[outcome]?.writes.get(0)));
  };

  const isAt = (place: number) => (read: (component: number) => unknown) => read(0) === place;

  test("to what breaks one goal, what breaks another", () => {
    const system = along([
      { from: 0, to: 9, costs: 2, marked: true },
      { from: 9, to: 9 },
      { from: 0, to: 3, costs: 5 },
      { from: 0, to: 1, marked: true },
      { from: 1, to: 2 },
      { from: 2, to: 3 },
      { from: 3, to: 3 },
    ]);
    const goals = [
      { transitions: [isMarked], states: [] },
      { transitions: [], states: [isAt(3)] },
    ];
    const { breaks, cheapest } = explore(system, { ...WATCH, goals }, UNBOUNDED);
    expect(breaks.map((found) => placesOn(system, found?.path))).toEqual([[9], [3]]);
    expect(cheapest?.breaks.map((found) => placesOn(system, found?.path))).toEqual([[1], [1, 2, 3]]);
  });

  test("to a standstill, nothing that breaks a goal: no transition, dear or not, and no state", () => {
    const system = along([
      { from: 0, to: 7, costs: 3 },
      { from: 0, to: 1 },
      { from: 1, to: 2 },
      { from: 2, to: 7 },
      { from: 1, to: 4, marked: true },
      { from: 4, to: 7 },
      { from: 1, to: 8, costs: 1, marked: true },
      { from: 8, to: 7 },
      { from: 1, to: 5, costs: 1 },
      { from: 5, to: 6 },
      { from: 6, to: 7 },
    ]);
    const goals = [{ transitions: [isMarked], states: [isAt(2)] }];
    const { end, breaks, cheapest } = explore(system, { ...WATCH, goals }, UNBOUNDED);
    expect(breaks).toEqual([undefined]);
    expect(end.kind === "stuck" && placesOn(system, end.path)).toEqual([7]);
    expect(placesOn(system, cheapest?.stuck)).toEqual([1, 5, 6, 7]);
  });
});
