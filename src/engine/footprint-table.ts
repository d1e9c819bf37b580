/**
 * Footprint tables: the answers of a function of the state, remembered under exactly what it read.
 *
 *   root: which component is read first?
 *     id of its value -> which component is read next?
 *       id of its value -> ... -> the answer
 *
 * A function reads its components one after another, and what it reads next depends only on what it has read, so
 * the answers form a tree with one component per inner node. A hit is an array load per component read; a miss
 * runs the function once and grows the tree by one path. Nobody declares footprints.
 */
import type { Interner } from "./interner.js";

interface Leaf<A> {
  readonly component: -1;
  readonly answer: A;
}

interface Branch<A> {
  readonly component: number;
  /** By the id of the component's value. */
  readonly children: (Branch<A> | Leaf<A> | undefined)[];
}

/** A state as a table sees it: the ids of its components' values, from `offset` on. */
export type Ids = Uint16Array;

export class FootprintTable<A> {
  /** How often the function had to be run. */
  misses = 0;
  readonly #compute: (read: (component: number) => unknown) => A;
  readonly #interners: readonly Interner[];
  #root: Branch<A> | Leaf<A> | undefined;

  constructor(interners: readonly Interner[], compute: (read: (component: number) => unknown) => A) {
    this.#interners = interners;
    this.#compute = compute;
  }

  /** The answer for the state whose ids are at `offset` in `ids`. */
  at(ids: Ids, offset: number): A {
    let node = this.#root;
    while (node !== undefined) {
      if (node.component < 0) return (node as Leaf<A>).answer;
      node = (node as Branch<A>).children[ids[offset + node.component] as number];
    }
    return this.#miss(ids, offset);
  }

  #miss(ids: Ids, offset: number): A {
    this.misses++;
    const footprint: number[] = [];
    const answer = this.#compute((component) => {
      if (!footprint.includes(component)) footprint.push(component);
      return this.#interners[component]?.values[ids[offset + component] as number];
    });
    let hang = (node: Branch<A> | Leaf<A>): void => {
      this.#root = node;
    };
    let node = this.#root;
    for (const component of footprint) {
      if (node === undefined) hang((node = { component, children: [] }));
      if (node.component !== component) throw new Error("a process read its components in another order");
      const { children } = node as Branch<A>;
      const id = ids[offset + component] as number;
      hang = (child) => {
        children[id] = child;
      };
      node = children[id];
    }
    hang({ component: -1, answer });
    return answer;
  }
}
