/**
 * Several threads: the same answer as one, down to the ids, whichever thread does what, and when.
 *
 * Threads have to take part in even the smallest batches here, and are awaited, so that every run has them.
 */
import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";

import { describe, expect, test } from "vitest";

import { scenarios } from "../../../models/catalogue.js";
import { CREW } from "../../../src/engine/memory/control-block.js";
import { explore, type Limits, type Watch } from "../../../src/engine/explore.js";
import type { KernelKind } from "../../../src/engine/kernel/kernel.js";
import { Search } from "../../../src/engine/search/breadth-first.js";
import { finish } from "../../../src/engine/api/cooperative.js";
import { wasmKernel } from "../../../src/engine/kernel/wasm/kernel.js";
import { Machine } from "../../../src/runtime/machine.js";
import type { TransitionSystem } from "../../../src/spec/transition-system.js";
import { resolve } from "../../support/models/checks.js";
import { answerOf, NOTHING } from "../../support/engine/engine-ways.js";
import { grid } from "../../support/systems/grid.js";
import { referenceExplore } from "../../support/engine/reference-explorer.js";

const EAGER = { crewAt: 0, awaitsCrew: true, batchRows: 32, block: 256, compileAt: 0, lanes: 4 };
const REPEATS = 20;

/** A thread that wakes those of a crew some 10,000 times a second, although it has nothing for them to do. */
function wakerOf(buffer: ArrayBufferLike): Worker {
  const program = `
    const { buffer, turn } = require("node:worker_threads").workerData;
    const words = new Int32Array(buffer);
    const never = new Int32Array(new SharedArrayBuffer(4));
    for (;;) {
      Atomics.notify(words, turn);
      Atomics.wait(never, 0, 0, 0.1);
    }`;
  const waker = new Worker(program, { eval: true, workerData: { buffer, turn: CREW.turn } });
  waker.unref();
  return waker;
}

async function with2(system: TransitionSystem, watch: Watch, limits: Partial<Limits> = {}) {
  const found = explore(system, watch, { maxStates: 1e9, jobs: 2, tuning: EAGER, ...limits });
  // Threads that were told to end do so when this one turns to other things.
  await setImmediate();
  return answerOf(found);
}

function with1(system: TransitionSystem, watch: Watch, limits: Partial<Limits> = {}) {
  return answerOf(explore(system, watch, { maxStates: 1e9, jobs: 1, ...limits }));
}

describe("two threads", () => {
  test(`${REPEATS} times on a system of 40,519 states`, async () => {
    const system = grid(200);
    const alone = with1(system, NOTHING);
    const { states, transitions, depth } = referenceExplore(system);
    expect(alone).toMatchObject({ states, transitions, depth, end: { kind: "complete" } });
    expect(states).toBe(40_519);
    for (let i = 0; i < REPEATS; i++) expect(await with2(system, NOTHING)).toEqual(alone);
    // Starting threads takes long where others want the cores, too.
  }, 240_000);

  test("find the same first broken transition, at the same count", async () => {
    const watch: Watch = {
      goals: [{ transitions: [({ kind }) => kind === "spurious"], states: [] }],
      cycles: [],
      witnesses: [({ kind }) => kind === "spurious"],
    };
    const alone = with1(grid(150), watch);
    expect(alone.end).toEqual({ kind: "decided" });
    for (let i = 0; i < 5; i++) expect(await with2(grid(150), watch)).toEqual(alone);
  });

  test("find the same first broken state, at the same count", async () => {
    const watch: Watch = {
      goals: [{ transitions: [], states: [(read) => read(0) === 77 && read(1) === 91] }],
      cycles: [],
      witnesses: [({ kind }) => kind === "spurious"],
    };
    const alone = with1(grid(150), watch);
    expect(alone.end).toEqual({ kind: "decided" });
    for (let i = 0; i < 5; i++) expect(await with2(grid(150), watch)).toEqual(alone);
  });

  test.each([999, 5000, 12_345])("stop at the same state: %d", async (maxStates) => {
    const alone = with1(grid(150), NOTHING, { maxStates });
    expect(alone.states).toBe(maxStates + 1);
    expect(await with2(grid(150), NOTHING, { maxStates })).toEqual(alone);
  });

  test("grow a visited set that is tiny at first, and one whose buckets overflow", async () => {
    const alone = with1(grid(150), NOTHING);
    for (const tight of [
      { bucketBits: 1 },
      { bucketBits: 1, load: 4 },
      { componentBits: 32, numberBits: 2 },
    ]) {
      expect(await with2(grid(150), NOTHING, { tuning: { ...EAGER, ...tight } })).toEqual(alone);
    }
  });

  test("that run out of memory say so", async () => {
    const { end } = await with2(grid(700), NOTHING, { maxBytes: 4 << 20 });
    expect(end).toEqual({ kind: "bound", bound: "more than 4 MiB of memory" });
  });

  // Of the smaller ones all states; a search that ends at a bound has to end at the same state.
  test.each(scenarios.map(({ name }) => name))("%s", async (scenario) => {
    const of = resolve({ scenario });
    const machine = new Machine(of.scenario.build(of.driver, of.configuration));
    const alone = with1(machine, NOTHING, { maxStates: 8000 });
    expect(await with2(machine, NOTHING, { maxStates: 8000 })).toEqual(alone);
  });

  test("that are woken for nothing, all the time", () => {
    const kind = wasmKernel();
    if (kind === undefined) throw new Error("threads need WebAssembly");
    let waking: Worker | undefined;
    const woken: KernelKind = {
      ...kind,
      memory: (maxBytes) => {
        const memory = kind.memory(maxBytes);
        waking = wakerOf(memory.buffer);
        return memory;
      },
    };
    const system = grid(60);
    const { states, transitions } = with1(system, NOTHING);
    for (let i = 0; i < 3; i++) {
      const search = new Search(system, NOTHING, { maxStates: 1e9, jobs: 2, tuning: EAGER }, woken);
      expect(finish(search.steps())).toEqual({ kind: "complete" });
      expect([search.store.size, search.transitions]).toEqual([states, transitions]);
      void waking?.terminate();
    }
  });

  test("and three, on ping-pong", async () => {
    const { scenario, driver, configuration } = resolve({ scenario: "ping-pong" });
    const machine = new Machine(scenario.build(driver, configuration));
    const alone = with1(machine, NOTHING, { maxStates: 60_000 });
    for (const jobs of [2, 3]) {
      expect(await with2(machine, NOTHING, { maxStates: 60_000, jobs })).toEqual(alone);
    }
  });
});
