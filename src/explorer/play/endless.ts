/**
 * Endless: from which states an execution can go on for ever, or end, without breaking a rule.
 *
 * It can in a state where nothing can happen, and in a weakly fair cycle: a strongly connected component in which every
 * fair process cannot go ahead somewhere, or moves (src/engine/liveness does the same for whole state spaces, in words of
 * memory; here are some ten thousand states that are objects).
 */
export interface Node {
  /** The fair processes that can take a step, whatever comes of it. */
  readonly enabled: ReadonlySet<number>;
  /** The steps that break nothing and lead to a node that is known. */
  readonly edges: readonly { readonly process: number; readonly to: number }[];
  /** Can anything happen, whatever comes of it? */
  readonly isEnd: boolean;
}

/** The first node, in the order given, in which it can end or go on for ever; undefined if there is none. */
export function firstEndless(nodes: readonly Node[], fair: readonly number[]): number | undefined {
  const end = nodes.findIndex(({ isEnd }) => isEnd);
  const cycles = componentsOf(nodes).filter((component) => isFair(component, nodes, fair));
  const first = Math.min(...cycles.map((component) => Math.min(...component)), end < 0 ? Infinity : end);
  return first === Infinity ? undefined : first;
}

function isFair(component: readonly number[], nodes: readonly Node[], fair: readonly number[]): boolean {
  const within = new Set(component);
  const moving = new Set<number>();
  for (const at of component) {
    for (const { process, to } of nodes[at]?.edges ?? []) if (within.has(to)) moving.add(process);
  }
  const canWait = (process: number) => component.some((at) => nodes[at]?.enabled.has(process) !== true);
  return moving.size > 0 && fair.every((process) => moving.has(process) || canWait(process));
}

/** Strongly connected components (Tarjan's algorithm, with a stack of its own instead of recursion). */
function componentsOf(nodes: readonly Node[]): number[][] {
  const order = new Map<number, number>();
  const low: number[] = [];
  const open: number[] = [];
  const isOpen = new Set<number>();
  const found: number[][] = [];
  const enter = (at: number) => {
    order.set(at, order.size);
    low[at] = order.get(at) ?? 0;
    open.push(at);
    isOpen.add(at);
  };
  const lower = (at: number, to: number) => {
    low[at] = Math.min(low[at] ?? Infinity, to);
  };
  for (const root of nodes.keys()) {
    if (order.has(root)) continue;
    enter(root);
    const way = [{ at: root, next: 0 }];
    for (let top = way.at(-1); top !== undefined; top = way.at(-1)) {
      const { at } = top;
      const edge = nodes[at]?.edges[top.next++];
      if (edge !== undefined) {
        const { to } = edge;
        if (!order.has(to)) {
          enter(to);
          way.push({ at: to, next: 0 });
        } else if (isOpen.has(to)) lower(at, order.get(to) ?? Infinity);
        continue;
      }
      way.pop();
      const below = way.at(-1);
      if (below !== undefined) lower(below.at, low[at] ?? Infinity);
      if (low[at] === order.get(at)) {
        const component = open.splice(open.lastIndexOf(at));
        for (const one of component) isOpen.delete(one);
        found.push(component);
      }
    }
  }
  return found;
}
