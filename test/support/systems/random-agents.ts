/**
 * Random systems of agents that differ in nothing but their names: all run the same decision tree, over a value of their
 * own, a shared one, which may be the name of one of them, and what the others have.
 */
import { fc } from "@fast-check/vitest";

import { exchange, renamed, type Permutation, type Symmetry } from "../../../src/spec/symmetry.js";
import type { Outcome, TransitionSystem } from "../../../src/spec/transition-system.js";

const VALUES = 3;
/** What the shared value may be to an agent: a number, its own name, another one's. */
const SHARED = ["0", "1", "me", "other"] as const;

interface Leaf {
  readonly outcomes: readonly {
    readonly own: number | undefined;
    readonly shared: 0 | 1 | "me" | undefined;
    readonly marked: boolean;
  }[];
}

interface Branch {
  readonly look: "own" | "shared" | "others";
  readonly children: readonly (Branch | Leaf)[];
}

const leaf: fc.Arbitrary<Leaf> = fc.record({
  outcomes: fc.array(
    fc.record({
      own: fc.option(fc.nat(VALUES - 1), { nil: undefined }),
      shared: fc.constantFrom<0 | 1 | "me" | undefined>(0, 1, "me", undefined),
      marked: fc.nat(15).map((n) => n === 0),
    }),
    { maxLength: 2 },
  ),
});

const { tree } = fc.letrec<{ tree: Branch | Leaf; branch: Branch }>((tie) => ({
  tree: fc.oneof({ depthSize: "small", withCrossShrink: true }, leaf, tie("branch")),
  branch: fc.record({
    look: fc.constantFrom("own", "shared", "others"),
    children: fc.array(tie("tree"), { minLength: SHARED.length, maxLength: SHARED.length }),
  }),
}));

export interface Agents extends TransitionSystem {
  readonly symmetry: Symmetry;
}

function agents(count: number, initial: readonly number[], root: Branch | Leaf): Agents {
  const names = Array.from({ length: count }, (_, i) => `agent${i}`);
  const shared = count;
  const childOf = (look: Branch["look"], me: number, read: (component: number) => unknown): number => {
    if (look === "own") return Number(read(me));
    if (look === "others") return names.filter((_, other) => other !== me && read(other) === 2).length;
    const value = read(shared);
    return SHARED.indexOf(
      value === names[me] ? "me" : typeof value === "string" ? "other" : value === 0 ? "0" : "1",
    );
  };
  const outcomesOf = (node: Branch | Leaf, me: number, read: (component: number) => unknown): Outcome[] => {
    if ("look" in node) {
      const child = node.children[childOf(node.look, me, read)];
      return child === undefined ? [] : outcomesOf(child, me, read);
    }
    return node.outcomes.map((outcome) => ({
      writes: new Map<number, unknown>([
        ...(outcome.own === undefined ? [] : [[me, outcome.own] as const]),
        ...(outcome.shared === undefined
          ? []
          : [[shared, outcome.shared === "me" ? names[me] : outcome.shared] as const]),
      ]),
      observations: outcome.marked ? [{ kind: "spurious", cpu: 0 }] : [],
    }));
  };
  return {
    components: [...names, "shared"],
    initial: [...initial.slice(0, count), 0],
    processes: names,
    fair: [],
    run: (process, read) => outcomesOf(root, process, read),
    symmetry: {
      generators: names.slice(1).map((name) => exchange([names[0] ?? "", name])),
      renaming: (permutation) => {
        const places = names.map((name) => names.indexOf(renamed(name, permutation)));
        return {
          permutation,
          components: [...places, shared],
          processes: places,
          value: (_, value) => (typeof value === "string" ? renamed(value, permutation) : value),
        };
      },
    },
  };
}

/** Two or three agents. */
export const randomAgents: fc.Arbitrary<Agents> = fc
  .record({
    count: fc.constantFrom(2, 3),
    initial: fc.array(fc.nat(VALUES - 1), { minLength: 3, maxLength: 3 }),
    root: tree,
  })
  .map(({ count, initial, root }) => agents(count, initial, root));

/** What a state is called by a permutation of the agents' names. */
export function renamedState({ symmetry }: Agents, state: readonly unknown[], by: Permutation): unknown[] {
  const { components, value } = symmetry.renaming(by);
  const other: unknown[] = [];
  state.forEach((one, component) => {
    other[components[component] as number] = value(component, one);
  });
  return other;
}
