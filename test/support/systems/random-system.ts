/**
 * Random small transition systems: every process is a decision tree over components, as in answer-tables.ts.
 */
import { fc } from "@fast-check/vitest";

import type { Outcome, TransitionSystem } from "../../../src/spec/transition-system.js";

const COMPONENTS = 4;
/** Values per component. */
const VALUES = 3;

interface Leaf {
  readonly outcomes: readonly {
    readonly writes: readonly (readonly [number, number])[];
    readonly marked: boolean;
  }[];
}

interface Branch {
  readonly component: number;
  readonly children: readonly (Branch | Leaf)[];
}

const component = fc.nat(COMPONENTS - 1);
const value = fc.nat(VALUES - 1);

const leaf: fc.Arbitrary<Leaf> = fc.record({
  outcomes: fc.array(
    fc.record({
      writes: fc.array(fc.tuple(component, value), { maxLength: 3 }),
      // Rare, so that many systems are explored to the end.
      marked: fc.nat(15).map((n) => n === 0),
    }),
    { maxLength: 2 },
  ),
});

const { tree } = fc.letrec<{ tree: Branch | Leaf; branch: Branch }>((tie) => ({
  tree: fc.oneof({ depthSize: "small", withCrossShrink: true }, leaf, tie("branch")),
  branch: fc.record({
    component,
    children: fc.array(tie("tree"), { minLength: VALUES, maxLength: VALUES }),
  }),
}));

function outcomesOf(node: Branch | Leaf, read: (component: number) => unknown): readonly Outcome[] {
  if ("component" in node) {
    const child = node.children[Number(read(node.component))];
    return child === undefined ? [] : outcomesOf(child, read);
  }
  return node.outcomes.map(({ writes, marked }) => ({
    writes: new Map(writes),
    observations: marked ? [{ kind: "spurious", cpu: 0 }] : [],
  }));
}

/** Systems of four components with three values each, and up to four processes. */
export const randomSystem: fc.Arbitrary<TransitionSystem> = fc
  .record({
    initial: fc.array(value, { minLength: COMPONENTS, maxLength: COMPONENTS }),
    trees: fc.array(tree, { minLength: 1, maxLength: 4 }),
    unfair: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
  })
  .map(({ initial, trees, unfair }) => ({
    components: initial.map((_, i) => `c${i}`),
    initial,
    processes: trees.map((_, i) => `p${i}`),
    fair: [...trees.keys()].filter((i) => unfair[i] !== true),
    run: (process, read) => {
      const root = trees[process];
      return root === undefined ? [] : outcomesOf(root, read);
    },
  }));

/** The same system, in which something can always happen: one more process does nothing. */
export function lively(system: TransitionSystem): TransitionSystem {
  return {
    ...system,
    processes: [...system.processes, "idle"],
    run: (process, read) =>
      process === system.processes.length
        ? [{ writes: new Map(), observations: [] }]
        : system.run(process, read),
  };
}
