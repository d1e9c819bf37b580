/**
 * Remembered answers of a function of the state: a tree with the component that is read next at every branch.
 *
 * The function may read a component only because of the values it has read before; then whoever asks again reads the
 * same components in the same order, whether the answer is known or not.
 */
type IdOf = (component: number) => number;

interface Branch<A> {
  readonly component: number;
  readonly children: Map<number, Branch<A> | Leaf<A>>;
}

interface Leaf<A> {
  readonly answer: A;
}

export class Memo<A> {
  #root: Branch<A> | Leaf<A> | undefined;

  at(idOf: IdOf, compute: (idOf: IdOf) => A): A {
    let node = this.#root;
    while (node !== undefined) {
      if ("answer" in node) return node.answer;
      node = node.children.get(idOf(node.component));
    }
    return this.#miss(idOf, compute);
  }

  #miss(idOf: IdOf, compute: (idOf: IdOf) => A): A {
    const footprint = new Map<number, number>();
    const answer = compute((component) => {
      let id = footprint.get(component);
      if (id === undefined) {
        id = idOf(component);
        footprint.set(component, id);
      }
      return id;
    });
    let hang = (node: Branch<A> | Leaf<A>): void => {
      this.#root = node;
    };
    let node = this.#root;
    for (const [component, id] of footprint) {
      const branch: Branch<A> | Leaf<A> = node ?? { component, children: new Map() };
      if (!("children" in branch) || branch.component !== component)
        throw new Error("components were read in another order");
      if (node === undefined) hang(branch);
      hang = (child) => branch.children.set(id, child);
      node = branch.children.get(id);
    }
    hang({ answer });
    return answer;
  }
}
