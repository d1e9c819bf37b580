/**
 * Footprint memo: the answers of one function of the state, each remembered under exactly what the function read.
 *
 * The function reads components one after another, and which component it reads next depends only on the values that
 * it has read before. So its answers form a tree with one component per inner node. For a process that reads its own
 * component 2, and component 5 only where component 2 has the value 1:
 *
 *   component 2 -+- 0 -> answer: no move
 *                +- 1 -> component 5 -+- 0 -> answer: no move
 *                                     +- 3 -> answer: one move
 *
 * A lookup costs one map access per component read; a miss runs the function once and adds one path. Values are ids
 * (interner.ts). src/engine has the same tree in flat memory (src/engine/oracle/answer-tables.ts).
 */
import { PmucheckError } from "../spec/errors.js";

/** Reads a state: the id of the value of a component. */
export type IdOf = (component: number) => number;

interface Leaf<A> {
  readonly component: -1;
  readonly answer: A;
}

interface Branch<A> {
  /** The component that the function reads next. */
  readonly component: number;
  /** By the id of the component's value. */
  readonly children: Map<number, Node<A>>;
}

type Node<A> = Branch<A> | Leaf<A>;

export class FootprintMemo<A> {
  readonly #compute: (idOf: IdOf) => A;
  readonly #name: string;
  #root: Node<A> | undefined;

  /**
   * @param name names the function in the error of {@link at}
   * @param compute the function; reads the state through `idOf` only
   */
  constructor(name: string, compute: (idOf: IdOf) => A) {
    this.#name = name;
    this.#compute = compute;
  }

  /**
   * The answer in a state. Reads through `idOf` the components that the function reads, and no others, whether or not
   * the answer is known; so a caller that records reads sees the footprint. A component may be read twice.
   * Throws an Error if what the function reads next does not depend only on what it has read.
   */
  at(idOf: IdOf): A {
    let node = this.#root;
    while (node !== undefined) {
      if (node.component < 0) return (node as Leaf<A>).answer;
      node = (node as Branch<A>).children.get(idOf(node.component));
    }
    return this.#learn(idOf);
  }

  #learn(idOf: IdOf): A {
    // In the order of first reads.
    const footprint = new Map<number, number>();
    const answer = this.#compute((component) => {
      let id = footprint.get(component);
      if (id === undefined) footprint.set(component, (id = idOf(component)));
      return id;
    });
    this.#add(footprint, { component: -1, answer });
    return answer;
  }

  #add(footprint: ReadonlyMap<number, number>, leaf: Leaf<A>): void {
    let attach = (node: Node<A>): void => {
      this.#root = node;
    };
    let node = this.#root;
    for (const [component, id] of footprint) {
      if (node === undefined) attach((node = { component, children: new Map() }));
      if (!("children" in node) || node.component !== component) {
        throw this.#impure();
      }
      const { children }: Branch<A> = node;
      attach = (child) => children.set(id, child);
      node = children.get(id);
    }
    if (node !== undefined) throw this.#impure();
    attach(leaf);
  }

  #impure(): PmucheckError {
    return new PmucheckError(
      "PMC201",
      `${this.#name} is not deterministic: asked again, it read its components in another order`,
    );
  }
}
