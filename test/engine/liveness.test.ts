/**
 * Looking for cycles in large systems: within the memory that there is.
 */
import { fc, test as prop } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";

import { Arena, PlainMemory } from "../../src/engine/arena.js";
import { explore, type Watch } from "../../src/engine/explore.js";
import { answerOf, ENGINES, NOTHING } from "../support/engine-ways.js";
import { interrupted } from "../support/kept.js";
import { torus } from "../support/torus.js";

const SIDE = 200;
const STATES = SIDE * SIDE;

/** Waited for everywhere but in the first column: round and round the others is a cycle. */
const WAITS: Watch = { ...NOTHING, cycles: [{ waits: (read) => read(0) !== 0 }] };
/** One has to move to the right, too, which leads through the first column: there is no cycle. */
const RIGHT = { ...torus(SIDE), fair: [0] };

describe.each(ENGINES)("memory, %s", (engine) => {
  const run = (maxBytes?: number) => explore(RIGHT, WAITS, { maxStates: 1e9, maxBytes, engine });
  /** 12 bytes per transition and 32 per state, and a word. */
  const NEEDED = (12 * 2 + 32) * STATES + 4;

  test("the graph is counted", () => {
    const { end, states, transitions, lassos, bytesInUse } = run();
    expect({ end, states, transitions, lassos }).toEqual({
      end: { kind: "complete" },
      states: STATES,
      transitions: 2 * STATES,
      lassos: [undefined],
    });
    const without = explore(RIGHT, NOTHING, { maxStates: 1e9, engine, tuning: { releaseAt: 1e9 } });
    expect(bytesInUse).toBeGreaterThan(NEEDED);
    expect(bytesInUse).toBeLessThan(without.bytesInUse + NEEDED + (1 << 17));
  });

  test("that is too little for it is a bound that says how much it takes, and no verdict", () => {
    const maxBytes = 3 << 20;
    const limits = { maxStates: 1e9, maxBytes, engine };
    expect(explore(RIGHT, NOTHING, limits).end).toEqual({ kind: "complete" });
    const { exploration, left } = interrupted(RIGHT, WAITS, limits);
    expect(exploration).toMatchObject({ states: STATES, lassos: [undefined] });
    expect(exploration.end).toEqual({
      kind: "bound",
      bound: expect.stringMatching(
        /^more than 3 MiB of memory: looking for cycles takes 2.1 MiB, and [\d.]+ [KM]iB are left$/,
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
    expect(arena.most).toBe(
      Math.max(
        arena.used,
        blocks.reduce((sum, bytes) => sum + Math.ceil(bytes / 4096) * 4096, 0),
      ),
    );
  },
);
