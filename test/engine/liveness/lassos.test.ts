/**
 * Looking for cycles in large systems: within the memory that there is, and not longer than asked for.
 */
import { fc, test as prop } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";

import { Arena, PlainMemory } from "../../../src/engine/memory/arena.js";
import { CycleRoom } from "../../../src/engine/liveness/components.js";
import type { CycleQuery } from "../../../src/engine/liveness/fairness.js";
import { explore, type Watch } from "../../../src/engine/explore.js";
import { TransitionGraph } from "../../../src/engine/liveness/transition-graph.js";
import { fairCycle } from "../../../src/engine/liveness/fair-cycle.js";
import type { TransitionSystem } from "../../../src/spec/transition-system.js";
import { answerOf, ENGINES, NOTHING } from "../../support/engine/engine-ways.js";
import { interrupted } from "../../support/engine/kept.js";
import { torus } from "../../support/systems/torus.js";

const SIDE = 200;
const STATES = SIDE * SIDE;

/** Waited for everywhere but in the first column: round and round the others is a cycle. */
const WAITS: Watch = { ...NOTHING, cycles: [{ waits: (read) => read(0) !== 0 }] };
/** One has to move to the right, too, which leads through the first column: there is no cycle. */
const RIGHT = { ...torus(SIDE), fair: [0] };
/** One has to move up: there is. */
const UP = { ...torus(SIDE), fair: [1] };

describe.each(ENGINES)("memory, %s", (engine) => {
  const run = (maxBytes?: number) => explore(RIGHT, WAITS, { maxStates: 1e9, maxBytes, engine });
  /** 6 bytes per transition and 24 per state, and a word. */
  const NEEDED = (6 * 2 + 24) * STATES + 4;

  test("the graph is counted", () => {
    const { end, states, transitions, lassos, bytesInUse } = run();
    expect({ end, states, transitions, lassos }).toEqual({
      end: { kind: "complete" },
      states: STATES,
      transitions: 2 * STATES,
      lassos: [undefined],
    });
    const without = explore(RIGHT, NOTHING, { maxStates: 1e9, engine, tuning: { releaseAt: 1e9 } });
    expect(bytesInUse).toBeGreaterThan(without.bytesInUse + NEEDED / 2);
    expect(bytesInUse).toBeLessThan(without.bytesInUse + NEEDED + (1 << 17));
  });

  test("that is too little for it is a bound that says how much it takes, and no verdict", () => {
    const maxBytes = 5 << 19;
    const limits = { maxStates: 1e9, maxBytes, engine };
    expect(explore(RIGHT, NOTHING, limits).end).toEqual({ kind: "complete" });
    const { exploration, left } = interrupted(RIGHT, WAITS, limits);
    expect(exploration).toMatchObject({ states: STATES, lassos: [undefined] });
    expect(exploration.end).toEqual({
      kind: "bound",
      bound: expect.stringMatching(
        /^more than 2.5 MiB of memory: looking for cycles takes 1.4 MiB, and [\d.]+ [KM]iB are left$/,
      ) as string,
    });
    expect(exploration.bytesInUse).toBeLessThanOrEqual(maxBytes);
    const then = explore(RIGHT, WAITS, { maxStates: 1e9, engine, from: left });
    expect(answerOf(then)).toEqual(answerOf(run()));
  });

  test.each([4, 5, 6, 7, 8])("is never exceeded: %d MiB", (size) => {
    const { bytesInUse, states } = run(size << 20);
    expect(states).toBe(STATES);
    expect(bytesInUse).toBeLessThanOrEqual(size << 20);
  });
});

describe.each(ENGINES)("a reason to stop, %s", (engine) => {
  /** How often a search asks whether to stop. */
  const asks = (system: TransitionSystem, watch: Watch) => {
    let count = 0;
    const stop = () => {
      count++;
      return undefined;
    };
    explore(system, watch, { maxStates: 1e9, engine, stop });
    return count;
  };

  test.each([
    ["no cycle", RIGHT],
    ["a cycle", UP],
  ])("is heard while cycles are looked for, where there is %s, and the search can go on", (_, system) => {
    const whole = answerOf(explore(system, WAITS, { maxStates: 1e9, engine }));
    const before = asks(system, NOTHING);
    const all = asks(system, WAITS);
    // Making the graph takes a turn for 2^13 states, finding components one for 2^16 edges.
    expect(all - before).toBeGreaterThanOrEqual(
      1 + Math.floor(STATES / 2 ** 13) + Math.floor(STATES / 2 ** 16),
    );
    for (let turns = before; turns < all; turns++) {
      const { exploration, left } = interrupted(system, WAITS, { engine }, turns);
      expect(exploration).toMatchObject({
        end: { kind: "bound", bound: "it was stopped" },
        states: STATES,
        transitions: 2 * STATES,
        lassos: [undefined],
      });
      expect(answerOf(explore(system, WAITS, { maxStates: 1e9, engine, from: left }))).toEqual(whole);
    }
    expect(interrupted(system, WAITS, { engine }, all).left).toBeUndefined();
  });
});

describe("a ring of 200,000 states", () => {
  const STEPS = 200_000;
  const GRAPH_BYTES = TransitionGraph.bytesFor(STEPS, STEPS);
  const words = new Int32Array((GRAPH_BYTES + CycleRoom.bytesFor(STEPS)) / 4);
  const graph = new TransitionGraph({ words }, 0, STEPS, STEPS);
  for (let state = 0; state < STEPS; state++) {
    const isLast = state === STEPS - 1;
    graph.add(isLast ? 0 : state + 1, 0, isLast ? 1 : state === 0 ? 4 : 0);
    graph.endState(1);
  }
  const room = new CycleRoom({ words }, GRAPH_BYTES, STEPS);
  const query = { waits: 1, forbidden: 2, through: 0, fair: [] };

  /** The cycle, and how often others had a turn. */
  function found(asked: Partial<CycleQuery>) {
    const work = fairCycle(graph, room, { ...query, ...asked });
    for (let turns = 0; ; turns++) {
      const { done, value } = work.next();
      if (done === true) return { turns, cycle: value };
    }
  }

  test.each([
    // Every state is come to and left: 400,000 steps. Then comes the way round.
    { asked: {}, turns: 6 + 3 },
    // That the marked edge is there has to be found first; the way round begins with it.
    { asked: { through: 4 }, turns: 6 + 3 + 3 },
  ])("gives others a turn in everything that takes long: %j", ({ asked, turns }) => {
    const { cycle, ...rest } = found(asked);
    expect(rest).toEqual({ turns });
    expect(cycle?.entry).toBe(0);
    expect(cycle?.edges.length).toBe(STEPS);
  });

  test("is no cycle where there is nothing to wait for, where an edge is not allowed, where none is marked", () => {
    for (const asked of [{ waits: 2 }, { forbidden: 1 }, { through: 8 }]) {
      expect(found(asked).cycle).toBeUndefined();
    }
  });

  test("takes no more edges than there is room for", () => {
    expect(() => graph.add(0, 0, 0)).toThrow("more transitions than the search has counted");
  });
});

const sizes = fc.array(fc.integer({ min: 1, max: 100_000 }), { maxLength: 12 });
const freed = fc.array(fc.boolean(), { minLength: 12, maxLength: 12 });
prop.prop([sizes, freed])(
  "there is room in the arena for a block as large as it says, and no larger",
  (blocks, isFreed) => {
    const arena = new Arena(new PlainMemory(), (1 << 21) + 123);
    const addresses = blocks.map((bytes) => arena.allocate(bytes));
    addresses.forEach((address, i) => {
      if (isFreed[i] === true) arena.free(address, blocks[i] ?? 0);
    });
    const { room } = arena;
    expect(() => arena.allocateRaw(room + 1)).toThrow("more than 2 MiB of memory");
    arena.allocateRaw(room);
    expect(arena.used).toBeLessThanOrEqual(arena.maxBytes);
    expect(arena.budget.most).toBe(
      Math.max(
        arena.used,
        blocks.reduce((sum, bytes) => sum + Math.ceil(bytes / 4096) * 4096, 0),
      ),
    );
  },
);
