/**
 * A store of states that is driven by hand: values are invented, states are added, and layouts change when a test says so,
 * not when a search happens to. Beside it is kept what the store has to know: the ids of every state, in order.
 */
import { expect } from "vitest";

import { LANE, NODE, R, STATUS } from "../../../src/engine/memory/control-block.js";
import type { KernelKind } from "../../../src/engine/kernel/kernel.js";
import { Knowledge } from "../../../src/engine/oracle/oracle.js";
import { Watchers } from "../../../src/engine/oracle/watch-bits.js";
import { StateStore } from "../../../src/engine/states/state-store.js";
import { DEFAULT_TUNING, type Tuning } from "../../../src/engine/api/tuning.js";
import { NOTHING } from "./engine-ways.js";
import { numbers } from "./engine-room.js";

const MAX_BYTES = 1 << 28;

export class LayoutDriver {
  /** By row: the ids of its components. */
  readonly states: number[][] = [];
  readonly #components: number;
  readonly #knowledge: Knowledge;
  readonly #keys = new Set<string>();
  /** What the next question about the system is answered with. */
  #answer = new Map<number, unknown>();
  #store: StateStore;
  /** How many values of each component there are. */
  readonly #counts: number[];

  constructor(components: number, kind: KernelKind, tuning: Partial<Tuning>) {
    this.#components = components;
    this.#counts = Array.from({ length: components }, () => 1);
    const system = {
      components: this.#counts.map((_, i) => `c${i}`),
      initial: this.#counts.map(() => 0),
      processes: ["inventor"],
      fair: [],
      run: () => [{ writes: this.#answer, observations: [] }],
    };
    this.#knowledge = new Knowledge(system, new Watchers(NOTHING));
    this.#knowledge.initialIds();
    this.#store = this.#newStore(kind, tuning);
    this.#store.encoding.fit();
  }

  get nodes(): number {
    return this.#store.layout.nodes.length;
  }

  /** So many values more of a component. */
  invent(of: number, values: number): void {
    const component = of % this.#components;
    for (let i = 0; i < values; i++) {
      this.#answer = new Map([[component, this.#counts[component]]]);
      this.#counts[component] = (this.#counts[component] as number) + 1;
      this.#knowledge.answer(0, () => 0);
    }
    this.#store.encoding.fit();
  }

  /** Adds states that differ from one that is there in some components, as a seed says. */
  add(seed: number, count: number, changes: number): void {
    const next = numbers(seed);
    const below = (bound: number) => (next() >>> 0) % bound;
    for (let i = 0; i < count; i++) {
      const ids = [...(this.states[below(Math.max(1, this.states.length))] ?? this.#counts.map(() => 0))];
      for (let change = 0; change < changes; change++) {
        const component = below(this.#components);
        ids[component] = below(this.#counts[component] as number);
      }
      this.#enter(ids);
      if (this.#keys.has(ids.join())) continue;
      this.#keys.add(ids.join());
      this.states.push(ids);
    }
  }

  regroup(): void {
    this.#store.encoding.regroup();
  }

  /** Says that a node is full: it gets room for more words, from others if need be. */
  crowd(node: number): void {
    if (this.nodes > 0) this.#store.encoding.growNode(node % this.nodes);
  }

  /** Gives up rows before one. */
  release(row: number): void {
    this.#store.release(row % (this.states.length + 1));
  }

  /** Goes on with another store, from what would be in a checkpoint. */
  resume(kind: KernelKind, tuning: Partial<Tuning>): void {
    const end = this.states.length;
    if (end === 0) return;
    const range = { first: this.#store.rows.first, states: end, end };
    const shape = this.#store.shape(range);
    const bytes = Buffer.concat([...this.#store.pieces(range, shape)]);
    let at = 0;
    const read = (into: Uint8Array) => {
      into.set(bytes.subarray(at, at + into.length));
      at += into.length;
    };
    const store = this.#newStore(kind, tuning);
    store.restore(shape, { read });
    expect(at).toBe(bytes.length);
    this.#store = store;
  }

  /** Every state is there, once, under the ids that it was added with; and all numbers fit their fields. */
  expectAll(): void {
    const store = this.#store;
    expect(store.size).toBe(this.states.length);
    for (let row = store.rows.first; row < store.size; row++) {
      const idOf = store.idsOf(row);
      expect(this.#counts.map((_, component) => idOf(component))).toEqual(this.states[row]);
    }
    this.#expectFit();
    for (const ids of this.states) this.#enter(ids);
    expect(store.size).toBe(this.states.length);
    this.#expectFit();
  }

  #expectFit(): void {
    const { arena, addresses, layout } = this.#store;
    layout.nodes.forEach(({ width }, node) => {
      const word = (which: number) =>
        arena.words[(addresses.nodes + node * NODE.bytes + which) >>> 2] as number;
      expect(word(NODE.count)).toBeLessThanOrEqual(word(NODE.capacity));
      expect(word(NODE.capacity)).toBeLessThanOrEqual(2 ** width);
    });
  }

  #enter(ids: readonly number[]): void {
    const store = this.#store;
    store.buffer(store.encoding.encode(ids));
    store.reserve(1);
    while (store.kernel.flush(store.lane.address) === STATUS.tableFull) store.growVisited();
    store.lane.clearBits();
    expect(store.lane.get(LANE.buffered)).toBe(0);
  }

  #newStore(kind: KernelKind, tuning: Partial<Tuning>): StateStore {
    const sizes = { components: this.#components, processes: 1, rules: 0, threads: 1, renamings: [] };
    const store = new StateStore(kind, MAX_BYTES, sizes, this.#knowledge, { ...DEFAULT_TUNING, ...tuning });
    store.arena.words[R.sizeLimit] = 2 ** 31 - 1;
    return store;
  }
}
