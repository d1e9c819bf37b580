/**
 * A system that is asked everything there is to ask of it, outside of a search, and the tables of its answers.
 *
 * For systems of four components with up to four values each (random-system.ts).
 */
import { expect } from "vitest";

import type { Arena } from "../../../src/engine/memory/arena.js";
import type { Watch } from "../../../src/engine/explore.js";
import { FootprintTables, MOVE, moveBytes, MOVES } from "../../../src/engine/oracle/answer-tables.js";
import { Knowledge } from "../../../src/engine/oracle/oracle.js";
import type { Layout } from "../../../src/engine/memory/state-layout.js";
import { Watchers } from "../../../src/engine/oracle/watch-bits.js";
import type { TransitionSystem } from "../../../src/spec/transition-system.js";
import { usedArena } from "./engine-room.js";
import { isMarked } from "./engine-ways.js";
import type { Answer } from "../../../src/engine/oracle/answer.js";

export const COMPONENTS = [0, 1, 2, 3];
/** Everything that an answer can say is asked for; the rule on states has a table of its own. */
const WATCH: Watch = {
  goals: [{ transitions: [isMarked], states: [(read) => read(1) === 1 && read(3) === 2] }],
  cycles: [{ waits: () => true, through: isMarked }],
  witnesses: [() => false, isMarked],
  cost: (observation) => (isMarked(observation) ? 3 : 0),
};

export const NARROW: Layout = {
  fields: COMPONENTS.map((component) => ({ word: 0, shift: 3 * component, width: 2 })),
  leaves: 1,
  nodes: [],
  rootBits: 12,
};
/** One component in every half of two words. */
export const SPREAD: Layout = {
  fields: COMPONENTS.map((component) => ({ word: 3 - component, shift: 5 + component, width: 9 })),
  leaves: 2,
  nodes: [],
  rootBits: 64,
};

/** A system that is asked, and the tables of its answers. */
export class Learning {
  readonly knowledge: Knowledge;
  readonly tables: FootprintTables;
  /** What was learned of every reachable state, by its ids and the table. */
  readonly known: { readonly ids: readonly number[]; readonly table: number; readonly answer: Answer }[] = [];
  readonly #arena: Arena = usedArena();
  readonly #leaves: number;

  constructor(system: TransitionSystem, layout: Layout) {
    const tables = system.processes.length + 1;
    const roots = this.#arena.allocate(4 * tables);
    this.#leaves = this.#arena.allocate(16);
    this.tables = new FootprintTables(this.#arena, roots, tables, layout);
    const knowledge = knowledgeOf(system);
    this.knowledge = knowledge;
    const states = [knowledge.initialIds()];
    const seen = new Set(states.map(String));
    for (const ids of states) {
      for (let table = 0; table < tables; table++) {
        const { footprint, answer } = knowledge.answer(table, (component) => ids[component] as number);
        this.known.push({ ids, table, answer });
        if (this.#find(ids, table, layout) === 0) this.tables.add(table, footprint, answer);
        for (const { writes } of answer) {
          const next = applied(ids, writes);
          if (seen.has(String(next))) continue;
          seen.add(String(next));
          states.push(next);
        }
      }
    }
  }

  /** Do the tables, encoded for this layout, give every answer? */
  expectAnswers(layout: Layout): void {
    for (const { ids, table, answer } of this.known) {
      const at = this.#find(ids, table, layout);
      expect(at).toBeGreaterThan(0);
      const { words } = this.#arena;
      expect(words[at >>> 2]).toBe(answer.length);
      for (const [i, { broken, witnessed, cyclic, cost, writes }] of answer.entries()) {
        const move = (at + MOVES + i * moveBytes(layout.leaves)) >>> 2;
        const said = [MOVE.broken, MOVE.witnessed, MOVE.cyclic, MOVE.cost].map(
          (part) => words[move + part / 4],
        );
        expect(said).toEqual([broken, witnessed, cyclic, cost]);
        expect(this.#moved(ids, move, layout)).toEqual(encoded(applied(ids, writes), layout));
      }
    }
  }

  #find(ids: readonly number[], table: number, layout: Layout): number {
    this.#arena.words.set(encoded(ids, layout), this.#leaves >>> 2);
    return this.tables.find(table, this.#leaves);
  }

  /** The leaf words after a move: what it keeps of them, and what it sets. */
  #moved(ids: readonly number[], move: number, layout: Layout): number[] {
    return encoded(ids, layout).map((word, i) => {
      const keep = move + MOVE.leaves / 4 + 4 * (i >>> 1) + (i & 1);
      const [kept, set] = [keep, keep + 2].map((at) => this.#arena.words[at] as number);
      return (word & (kept as number)) | (set as number);
    });
  }
}

/** Nothing is known yet. */
export function knowledgeOf(system: TransitionSystem): Knowledge {
  return new Knowledge(system, new Watchers(WATCH));
}

function applied(ids: readonly number[], writes: readonly number[]): number[] {
  const next = [...ids];
  for (let i = 0; i < writes.length; i += 2) next[writes[i] as number] = writes[i + 1] as number;
  return next;
}

function encoded(ids: readonly number[], { fields, leaves }: Layout): number[] {
  const words = Array.from({ length: 2 * leaves }, () => 0);
  for (const [component, { word, shift }] of fields.entries()) {
    words[word] = (words[word] as number) | ((ids[component] as number) << shift);
  }
  return words;
}
