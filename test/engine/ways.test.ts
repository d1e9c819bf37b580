/**
 * Every way through the engine gives the same answers: the TypeScript kernel and the WebAssembly one, tables that start
 * tiny and have to grow, states too wide for one word, groupings that change under way, memory that runs out.
 */
import { fc, test as prop } from "@fast-check/vitest";
import { describe, expect, test, vi } from "vitest";

import { explore, type Limits, type Watch } from "../../src/engine/explore.js";
import type { Tuning } from "../../src/engine/api/tuning.js";
import { Machine } from "../../src/runtime/machine.js";
import type { TransitionSystem } from "../../src/spec/transition-system.js";
import { randomSystem } from "../support/systems/random-system.js";
import { referenceExplore } from "../support/engine/reference-explorer.js";
import { resolve } from "../support/models/checks.js";
import {
  answerOf,
  COMPILED,
  ENGINES,
  isMarked,
  MARKS,
  NOTHING,
  TIGHT,
} from "../support/engine/engine-ways.js";
import { widened } from "../support/systems/wide-system.js";

/** No transition breaks this, so that the search goes on until the states do. */
const CORNER: Watch = {
  goals: [0, 1, 2].map((value) => ({
    transitions: [],
    states: [(read) => read(1) === value && read(2) === value && read(3) === value],
  })),
  cycles: [],
  witnesses: [isMarked],
};

/** Batches from the first row on; threads would take longer to start than small systems take. */
const BATCHES = { batchRows: 1, lanes: 3, crewAt: Infinity };
/** Small systems are searched by the js engine as it ships: all of these differ from that. */
const TUNINGS: Readonly<Record<string, Partial<Tuning>>> = {
  "from the first state on": COMPILED,
  "tables that start tiny": { ...TIGHT, componentBits: 8 },
  "buckets that overflow": { ...TIGHT, load: 10 },
  "interned leaves": { ...TIGHT, componentBits: 32, numberBits: 16 },
  "numbers that outgrow their fields": { ...TIGHT, componentBits: 32, numberBits: 1 },
  "ids that outgrow their fields": { ...TIGHT, componentBits: 1, numberBits: 2 },
  batches: { ...TIGHT, ...BATCHES, block: 4, componentBits: 8 },
  "batches with interned leaves": { ...TIGHT, ...BATCHES, block: 3, componentBits: 32, numberBits: 2 },
  "batches with buckets that overflow": { ...TIGHT, ...BATCHES, block: 4, load: 10 },
  "groups that change": { ...TIGHT, componentBits: 20, numberBits: 2, regroupAt: [2, 4, 8, 16, 32] },
};

const SQUARE: TransitionSystem = {
  components: ["x", "y"],
  initial: [0, 0],
  processes: ["right", "up"],
  fair: [],
  run: (process, read) => [
    { writes: new Map([[process, (Number(read(process)) + 1) % 3]]), observations: [] },
  ],
};

function run(system: TransitionSystem, watch: Watch, limits: Partial<Limits>) {
  const jobs = limits.tuning?.batchRows === undefined ? 1 : 2;
  return answerOf(explore(system, watch, { maxStates: 1e9, jobs, ...limits }));
}

test("the engines differ: wasm compiles a kernel, js compiles nothing", () => {
  const { WebAssembly } = globalThis as unknown as { WebAssembly: { Module: new () => object } };
  const compiled = vi.spyOn(WebAssembly, "Module");
  run(SQUARE, NOTHING, { engine: "js", tuning: COMPILED });
  expect(compiled).toHaveBeenCalledTimes(0);
  // A small system is not compiled as it ships: a comparison with that would compare the plain kernel with itself.
  run(SQUARE, NOTHING, { engine: "wasm" });
  expect(compiled).toHaveBeenCalledTimes(0);
  run(SQUARE, NOTHING, { engine: "wasm", tuning: COMPILED });
  expect(compiled.mock.calls.length).toBeGreaterThan(0);
  compiled.mockRestore();
});

describe.each(ENGINES)("on random systems, %s", (engine) => {
  // The js engine compiles nothing, from the first state on or later: that would be the same search twice.
  const tunings = Object.entries(TUNINGS).filter(([, tuning]) => engine === "wasm" || tuning !== COMPILED);
  describe.each(tunings)("%s", (_, tuning) => {
    prop.prop([randomSystem], { numRuns: 60 })("is what ships", (system) => {
      expect(run(system, MARKS, { engine, tuning })).toEqual(run(system, MARKS, { engine: "js" }));
    });

    prop.prop([randomSystem], { numRuns: 60 })(
      "finds the same broken states by the same paths, and stops there",
      (system) => {
        expect(run(system, CORNER, { engine, tuning })).toEqual(run(system, CORNER, { engine: "js" }));
      },
    );

    prop.prop([randomSystem, fc.integer({ min: 1, max: 30 })], { numRuns: 60 })(
      "stops at the same state",
      (system, maxStates) => {
        const shipped = run(system, NOTHING, { engine: "js", maxStates });
        expect(run(system, NOTHING, { engine, tuning, maxStates })).toEqual(shipped);
      },
    );
  });

  const numberBits = fc.constantFrom(1, 3, 16);
  prop.prop([randomSystem, fc.integer({ min: 2, max: 6 }), numberBits], { numRuns: 150 })(
    "states of up to 768 bits count as many",
    (system, times, bits) => {
      const { states, transitions, depth, stuck } = referenceExplore(system);
      const wide = widened(system, times);
      const tuning = { ...TIGHT, componentBits: 32, numberBits: bits };
      const found = run(wide, NOTHING, { engine, tuning });
      expect(found).toEqual(run(wide, NOTHING, { engine: "js" }));
      const { end } = found;
      expect(end.kind === "stuck" ? end.path.length : undefined).toBe(stuck);
      // A search ends at the first state in which nothing can happen, and has then not counted all.
      const counts = { states: found.states, transitions: found.transitions, depth: found.depth };
      expect(stuck === undefined ? counts : "stuck").toEqual(
        stuck === undefined ? { states, transitions, depth } : "stuck",
      );
    },
  );
});

describe("components that go on getting values after the layout was planned for few", () => {
  const SIDE = 20;
  const cube: TransitionSystem = {
    components: ["x", "y", "z"],
    initial: [0, 0, 0],
    processes: ["right", "up", "away"],
    fair: [],
    run: (process, read) => [
      { writes: new Map([[process, (Number(read(process)) + 1) % SIDE]]), observations: [] },
    ],
  };
  const tunings = [1, 3, 5].flatMap((numberBits) =>
    [4, 8].flatMap((componentBits) =>
      [8, 64, 256].map((states) => ({ numberBits, componentBits, rootBits: 0, regroupAt: [states] })),
    ),
  );

  // Five copies: words so crowded that fields have hardly a bit to spare.
  test.each(ENGINES)("none of their states is taken for another one, %s", (engine) => {
    for (const tuning of tunings) {
      const found = run(widened(cube, 5), NOTHING, { engine, tuning });
      expect({ tuning, states: found.states }).toEqual({ tuning, states: SIDE ** 3 });
    }
  });

  test("next-task with long periods, which found this out", () => {
    const { scenario, driver, configuration } = resolve({
      scenario: "next-task",
      set: { period: "8", slice: "8" },
    });
    const machine = new Machine(scenario.build(driver, configuration));
    // Fields that never have to grow have nothing to lose.
    const roomy = { regroupAt: [], numberBits: 20, componentBits: 12 };
    expect(run(machine, NOTHING, {})).toEqual(run(machine, NOTHING, { tuning: roomy }));
  });
});

describe("memory", () => {
  const SIDE = 700;
  const grid: TransitionSystem = {
    components: ["x", "y"],
    initial: [0, 0],
    processes: ["right", "up"],
    fair: [],
    run: (process, read) => [
      { writes: new Map([[process, (Number(read(process)) + 1) % SIDE]]), observations: [] },
    ],
  };

  test.each(ENGINES)("that runs out is a bound that says how much there was, %s", (engine) => {
    const { end, states } = explore(grid, NOTHING, { maxStates: 1e9, maxBytes: 4 << 20, engine });
    expect(end).toEqual({ kind: "bound", bound: "more than 4 MiB of memory" });
    expect(states).toBeLessThan(SIDE * SIDE);
  });

  test.each(ENGINES)("that suffices is used no further, %s", (engine) => {
    const maxBytes = 16 << 20;
    const { end, states, transitions, bytes, bytesInUse } = explore(grid, NOTHING, {
      maxStates: 1e9,
      maxBytes,
      engine,
    });
    expect(end).toEqual({ kind: "complete" });
    expect({ states, transitions }).toEqual({ states: SIDE * SIDE, transitions: 2 * SIDE * SIDE });
    expect(bytesInUse).toBeLessThanOrEqual(maxBytes);
    expect(bytes / states).toBeLessThan(15);
  });

  test("is used alike by both kernels", () => {
    const [js, wasm] = ENGINES.map((engine) =>
      explore(grid, NOTHING, { maxStates: 1e9, engine, tuning: COMPILED }),
    );
    expect(js).toEqual(wasm);
  });

  /** Ids are met from the last to the first: a table that made room at the wrong end would double every time. */
  test.each(ENGINES)("of a table that grows downwards is no more than it needs, %s", (engine) => {
    const last = 400;
    const fall: TransitionSystem = {
      components: ["turn", "x"],
      initial: [0, 0],
      processes: ["climb", "fall"],
      fair: [],
      run: (process, read) => {
        const [turn, x] = [Number(read(0)), Number(read(1))];
        const to = (next: number, value: number) => [
          {
            writes: new Map([
              [0, next],
              [1, value],
            ]),
            observations: [],
          },
        ];
        if (process === 0) return turn === 0 && x < last ? to(0, x + 1) : [];
        return turn === 0 ? (x === last ? to(1, last) : []) : to(1, Math.max(0, x - 1));
      },
    };
    const { end, bytesInUse } = explore(fall, NOTHING, { maxStates: 1e9, engine });
    expect(end).toEqual({ kind: "complete" });
    expect(bytesInUse).toBeLessThan(4 << 20);
  });
});

describe("on the models", () => {
  const SCENARIOS = [
    { scenario: "one-cpu", set: { irq: "irq" } },
    { scenario: "one-cpu", set: { irq: "nmi" } },
    { scenario: "late-writes", set: { irq: "irq" } },
    { scenario: "ping-pong", set: { irq: "irq" } },
  ];

  test.each(SCENARIOS)("$scenario $set.irq: both kernels, and the tightest layouts", (asked) => {
    const { scenario, driver, configuration } = resolve(asked);
    const machine = new Machine(scenario.build(driver, configuration));
    const limits = { maxStates: 30_000 };
    const shipped = run(machine, NOTHING, { ...limits, engine: "js" });
    expect(shipped.states).toBeGreaterThan(10_000);
    expect(run(machine, NOTHING, { ...limits, engine: "wasm" })).toEqual(shipped);
    const tight = {
      componentBits: 2,
      numberBits: 2,
      block: 64,
      bucketBits: 1,
      regroupAt: [100, 1000, 10_000],
    };
    for (const engine of ENGINES)
      expect(run(machine, NOTHING, { ...limits, engine, tuning: tight })).toEqual(shipped);
  });
});
