/**
 * Symmetry: states that differ by names are counted once, nothing that is watched is lost, and a model that is wrong
 * about what is the same is found out.
 */
import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";

import { explore } from "../../src/engine/explore.js";
import { groupOf } from "../../src/reduce/permutations.js";
import { exploreSymmetric } from "../../src/reduce/symmetric-exploration.js";
import { Machine } from "../../src/runtime/machine.js";
import { exchange } from "../../src/spec/symmetry.js";
import type { Outcome } from "../../src/spec/transition-system.js";
import { keyOf } from "../../src/spec/value.js";
import { systemOf } from "../../src/check/target.js";
import { resolve } from "../support/models/checks.js";
import { pmucheck } from "../support/cli/command-line.js";
import { COMPILED, isMarked, TIGHT } from "../support/engine/engine-ways.js";
import { randomAgents, renamedState, type Agents } from "../support/systems/random-agents.js";
import { reachableStates } from "../support/engine/reference-explorer.js";
import type { Watch } from "../../src/engine/api/watch.js";
import type { Limits } from "../../src/engine/api/limits.js";

const LIMITS = { maxStates: 1e6 };
const watch: Watch = {
  goals: [{ transitions: [isMarked], states: [] }],
  cycles: [],
  witnesses: [isMarked],
};
type Read = (component: number) => unknown;
const NOTHING: Watch = { goals: [], cycles: [], witnesses: [] };

/** Counted one by one: states that no renaming makes of each other. */
function orbits(system: Agents): number {
  const group = groupOf(system.symmetry.generators);
  const least = reachableStates(system).map(
    (state) => [keyOf(state), ...group.map((by) => keyOf(renamedState(system, state, by)))].sort()[0],
  );
  return new Set(least).size;
}

const WAYS: Readonly<Record<string, Partial<Limits>>> = {
  TypeScript: { engine: "js" },
  "groups that change": {
    engine: "js",
    tuning: { ...TIGHT, componentBits: 20, numberBits: 2, regroupAt: [2, 4, 8, 16] },
  },
  "interned leaves": { engine: "js", tuning: { ...TIGHT, componentBits: 32, numberBits: 1 } },
  WebAssembly: { engine: "wasm", tuning: COMPILED },
  "WebAssembly, groups that change": {
    engine: "wasm",
    tuning: { ...TIGHT, componentBits: 20, numberBits: 2, regroupAt: [2, 4, 8, 16] },
  },
  "WebAssembly, interned leaves": { engine: "wasm", tuning: { ...TIGHT, componentBits: 32, numberBits: 1 } },
  "two threads": { engine: "wasm", jobs: 2, tuning: { ...COMPILED, batchRows: 1 } },
  "two threads, interned leaves": {
    engine: "wasm",
    jobs: 2,
    tuning: { ...TIGHT, componentBits: 32, numberBits: 1, batchRows: 1 },
  },
};

describe.each(Object.entries(WAYS))("random agents, %s", (_, way) => {
  property.prop([randomAgents], { numRuns: 60 })("states that differ by names count once", (system) => {
    const plain = explore(system, NOTHING, LIMITS);
    fc.pre(plain.end.kind === "complete");
    const found = exploreSymmetric(system, system.symmetry, NOTHING, { ...LIMITS, ...way });
    expect(found).toMatchObject({ end: { kind: "complete" }, states: orbits(system) });
    expect(found.depth).toBeLessThanOrEqual(plain.depth);
  });

  property.prop([randomAgents], { numRuns: 60 })("what is watched is the same", (system) => {
    const plain = explore(system, watch, LIMITS);
    const found = exploreSymmetric(system, system.symmetry, watch, { ...LIMITS, ...way });
    // Which comes first, something broken or a state that is stuck, is a matter of order.
    expect(found.end.kind === "complete").toBe(plain.end.kind === "complete");
    if (plain.end.kind !== "complete") return;
    expect(found.witnesses).toEqual(plain.witnesses);
    expect(found.breaks).toEqual(plain.breaks);
  });
});

describe("multiplex", () => {
  // What a set of strings finds, without the engine; and 73,183 states if names matter.
  const ORBITS = 38_159;

  test.each(["js", "wasm"] as const)("with %s", (engine) => {
    const machine = new Machine(systemOf(resolve({ scenario: "multiplex" })));
    // Numbers that outgrow their fields while shortcuts are taken.
    const limits = { ...LIMITS, engine, tuning: { regroupAt: [] } };
    const { symmetry } = machine;
    if (symmetry === undefined) throw new Error("multiplex says nothing of symmetry");
    const found = exploreSymmetric(machine, symmetry, NOTHING, limits);
    expect(found).toMatchObject({
      end: { kind: "complete" },
      states: ORBITS,
      transitions: 61_097,
      depth: 480,
    });
  });

  test("by the command line, audited", () => {
    const asked = ["check", "multiplex", "--property", "count-conservation", "--json", "--quiet"];
    const { status, stdout, stderr } = pmucheck(...asked, "--symmetry", "--audit-reductions");
    expect(stderr).toContain("38,159 states for 73,183, nothing differs");
    expect(stdout).toContain('"symmetry"');
    expect(status).toBe(0);
  });

  test("a scenario that says nothing of it is refused", () => {
    const { status, stderr } = pmucheck("check", "one-cpu", "--symmetry");
    expect(stderr).toContain("PMC104: --symmetry is for scenarios that say which names can be exchanged");
    expect(status).toBe(129);
  });
});

/** Two that make a step each, the second one as it is given. */
function pair(second: Outcome, value: (of: unknown) => unknown = (of) => of): Agents {
  const outcome = (own: number): Outcome => ({ writes: new Map([[own, 1]]), observations: [] });
  return {
    components: ["a", "b"],
    initial: [0, 0],
    processes: ["a", "b"],
    fair: [],
    run: (process, read) => (read(process) !== 0 ? [] : [process === 0 ? outcome(0) : second]),
    symmetry: {
      generators: [exchange(["a", "b"])],
      renaming: (permutation) => ({
        permutation,
        components: [1, 0],
        processes: [1, 0],
        value: (_component, of) => value(of),
      }),
    },
  };
}

describe("a model that is wrong about what is the same", () => {
  const marked = { kind: "spurious", cpu: 0 } as const;
  const searching =
    (system: Agents, watched: Watch = watch) =>
    () =>
      exploreSymmetric(system, system.symmetry, watched, LIMITS);
  const right: Outcome = { writes: new Map([[1, 1]]), observations: [] };

  test("is none if it is right", () => {
    expect(searching(pair(right), NOTHING)()).toMatchObject({ end: { kind: "stuck" } });
  });

  test.each([
    ["somebody writes something else", { ...right, writes: new Map([[1, 2]]) }],
    ["somebody writes somewhere else", { ...right, writes: new Map([[0, 1]]) }],
    ["somebody is seen to do something else", { ...right, observations: [marked] }],
  ])("is found out: %s", (_, second) => {
    expect(searching(pair(second))).toThrow("does not do what");
  });

  test("is found out: a rule looks at one of them only", () => {
    const watched = { ...NOTHING, goals: [{ transitions: [], states: [(read: Read) => read(0) === 1] }] };
    expect(searching(pair(right), watched)).toThrow("a rule on states is broken in one of two states");
  });

  test("is found out: names that do not come back", () => {
    expect(searching(pair(right, (of) => Number(of) + 1))).toThrow("is not called by");
  });
});
