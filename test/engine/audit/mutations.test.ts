/**
 * Mistakes in the engine's own arithmetic: each is noticed by comparing with the reference explorer, and by the audit of one run.
 *
 * The numbers in `from` and `to` are those of the code; a mutation says in its name what is wrong then.
 */
import { describe, expect, test } from "vitest";

import type * as Engine from "../../../src/engine/explore.js";
import type { AuditMode, Limits, OnState, PathStep } from "../../../src/engine/explore.js";
import type { TransitionSystem } from "../../../src/spec/transition-system.js";
import { COMPILED, NOTHING, TIGHT } from "../../support/engine/engine-ways.js";
import { kept } from "../../support/engine/kept.js";
import { withEngine, type Mutation } from "../../support/engine/mutated-engine.js";
import { referenceExplore } from "../../support/engine/reference-explorer.js";
import { ring } from "../../support/systems/ring.js";
import { torus } from "../../support/systems/torus.js";

/** A run in which a mistake shows. */
interface Run {
  readonly system: TransitionSystem;
  readonly limits: Partial<Limits>;
  /** Is it ended after so many states, and gone on with? */
  readonly stop?: number;
  /** A state to which the search has to find a path; it goes on behind that. */
  readonly goal?: OnState;
}

const wide = { ...TIGHT, componentBits: 3, numberBits: 2, regroupAt: [200, 1000] };
const RUNS = {
  "a wide ring": { system: ring(63), limits: { engine: "js" } },
  "a ring, tight, js": { system: ring(24), limits: { engine: "js", tuning: wide } },
  "a ring, tight, wasm": { system: ring(24), limits: { engine: "wasm", tuning: wide } },
  "a torus, js": { system: torus(120), limits: { engine: "js", tuning: { bucketBits: 6 } } },
  "a path across a torus": {
    system: torus(120),
    limits: { engine: "js" },
    goal: (read: (component: number) => unknown) => read(0) === 100 && read(1) === 100,
  },
  "a torus, wasm": { system: torus(120), limits: { engine: "wasm", tuning: { ...COMPILED, bucketBits: 6 } } },
  "a torus, two threads": {
    system: torus(120),
    limits: {
      engine: "wasm",
      jobs: 2,
      tuning: { ...COMPILED, crewAt: 0, awaitsCrew: true, batchRows: 32, block: 64 },
    },
  },
  "a ring that goes on": { system: ring(24), limits: { engine: "js" }, stop: 4000 },
} as const satisfies Readonly<Record<string, Run>>;

type RunName = keyof typeof RUNS;

const MUTATIONS: readonly (Mutation & { readonly shows: RunName; readonly audit?: "full" })[] = [
  {
    name: "a capacity that is not lowered with its field",
    file: "encoding/intern-table",
    from: "this.#maxWords = 2 ** width;\n        this.#limit();",
    to: "this.#maxWords = 2 ** width;",
    shows: "a wide ring",
  },
  {
    name: "a number's bits lost where it lies across both halves",
    file: "memory/words",
    from: "(value >>> -shift)",
    to: "(value >>> (1 - shift))",
    shows: "a wide ring",
  },
  {
    name: "a field that is read without its upper half",
    file: "memory/words",
    from: "((low >>> shift) | (high << (32 - shift)))",
    to: "((low >>> shift) | (high << (33 - shift)))",
    shows: "a wide ring",
  },
  {
    name: "a bit of the remainder lost in an entry, js",
    file: "memory/visited-format",
    from: "return (low >>> HOME_BITS) | (high << (32 - HOME_BITS));",
    to: "return ((low >>> HOME_BITS) | (high << (32 - HOME_BITS))) & ~2;",
    shows: "a ring, tight, js",
  },
  {
    name: "a bit of the place lost in an entry",
    file: "kernel/plain/visited",
    from: "(place & maskOf(left))",
    to: "(place & maskOf(left - 1))",
    shows: "a torus, js",
  },
  {
    name: "a bit of the place lost when a segment is split",
    file: "kernel/plain/split",
    from: "(within & maskOf(left))",
    to: "(within & maskOf(left - 1))",
    shows: "a torus, js",
  },
  {
    name: "interned words rewritten with the new masks instead of the old ones",
    file: "encoding/packing",
    from: "old.masks[component]",
    to: "(old.masks[component] >>> 1)",
    shows: "a ring, tight, js",
  },
  {
    name: "a bit of the remainder lost in an entry of the emitted kernel",
    file: "kernel/wasm/visited",
    from: "i64.constant(BigInt(TABLE.homeBits))",
    to: "i64.constant(BigInt(TABLE.homeBits + 1))",
    shows: "a ring, tight, wasm",
  },
  {
    name: "interned words of which one half is compared",
    file: "encoding/codec",
    from: "words[keys + 2 * number] === low && words[keys + 2 * number + 1] === high",
    to: "words[keys + 2 * number] === low",
    shows: "a ring, tight, js",
    // It merges states here and there: too few for a sample of a small system.
    audit: "full",
  },
  {
    name: "a bit of the place lost in an entry of the emitted kernel",
    file: "kernel/wasm/visited",
    from: "return i32.sub(i32.shl(ONE, get(bits)), ONE);",
    to: "return i32.shr(i32.sub(i32.shl(ONE, get(bits)), ONE), ONE);",
    shows: "a torus, wasm",
  },
  {
    name: "rows of a batch written one too far",
    file: "search/batch",
    from: "lane.set(LANE.firstNew, row);",
    to: "lane.set(LANE.firstNew, row + 1);",
    shows: "a torus, two threads",
  },
  {
    name: "a state too many taken for counted",
    file: "search/batch",
    from: "arena.words[R.size] = row;",
    to: "arena.words[R.size] = row + (row > 5000 ? 1 : 0);",
    shows: "a torus, two threads",
  },
  {
    name: "bits of the tree lost between words",
    file: "memory/bit-vector",
    from: "= word >>> (32 - shift);",
    to: "= word >>> (33 - shift);",
    shows: "a path across a torus",
  },
  {
    name: "the upper byte of a word lost in a checkpoint",
    file: "encoding/word-bytes",
    from: "for (let i = 4; i < width; i++)\n                high |=",
    to: "for (let i = 5; i < width; i++)\n                high |=",
    shows: "a ring that goes on",
  },
  {
    name: "rows of another lane in a batch",
    file: "search/batch",
    from: "row += lane.newStates;",
    to: "row += Math.max(0, lane.newStates - 1);",
    shows: "a torus, two threads",
  },
];

const BOUND = 200_000;

function explored({ explore }: typeof Engine, { system, limits, stop, goal }: Run, audit: AuditMode) {
  const goals =
    goal === undefined ? [] : [goal, () => false].map((of) => ({ transitions: [], states: [of] }));
  const watch = { ...NOTHING, goals };
  const asked = { ...limits, maxStates: BOUND, audit };
  if (stop === undefined) return explore(system, watch, asked);
  let left: ReturnType<typeof kept> | undefined;
  const keep: Limits["keep"] = (image) => {
    left = kept(image);
  };
  explore(system, watch, { ...asked, maxStates: stop, keep });
  return explore(system, watch, { ...asked, from: left });
}

/** What a run comes to, or what it throws. */
function outcomeOf(engine: typeof Engine, run: Run, audit: AuditMode) {
  try {
    const { end, states, transitions, depth, breaks } = explored(engine, run, audit);
    const leadsThere = run.goal === undefined || run.goal(endOf(run.system, breaks[0]?.path ?? []));
    return { end: end.kind, states, transitions, depth, leadsThere };
  } catch (error) {
    return { thrown: error instanceof Error ? error.name : "" };
  }
}

/** How to read the state to which a path leads. */
function endOf(system: TransitionSystem, path: readonly PathStep[]): (component: number) => unknown {
  const state = [...system.initial];
  for (const { process, outcome } of path) {
    const taken = system.run(process, (component) => state[component])[outcome];
    for (const [component, value] of taken?.writes ?? []) state[component] = value;
  }
  return (component) => state[component];
}

function truthOf({ system }: Run) {
  const { states, transitions, depth } = referenceExplore(system);
  return { end: "complete", states, transitions, depth, leadsThere: true };
}

describe("without a mistake", () => {
  test.each(Object.keys(RUNS) as RunName[])("%s is right, and the audit has nothing to say", async (name) => {
    const outcome = await withEngine(undefined, (engine) => outcomeOf(engine, RUNS[name], "sample"));
    expect(outcome).toEqual(truthOf(RUNS[name]));
  });
});

describe.each(MUTATIONS)("$name", (mutation) => {
  const run: Run = RUNS[mutation.shows];

  test("is noticed by a comparison with the reference", async () => {
    const outcome = await withEngine(mutation, (engine) => outcomeOf(engine, run, "off"));
    expect(outcome).not.toEqual(truthOf(run));
  });

  test("is noticed by the audit", async () => {
    const outcome = await withEngine(mutation, (engine) =>
      outcomeOf(engine, run, mutation.audit ?? "sample"),
    );
    expect(outcome).toEqual({ thrown: "AuditMismatch" });
  });
});
