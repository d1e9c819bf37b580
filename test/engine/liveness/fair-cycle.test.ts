/**
 * Fair cycles of small graphs: those that the textbook's definition finds, state by state.
 */
import { fc, test as prop } from "@fast-check/vitest";
import { describe, expect } from "vitest";

import { finish } from "../../../src/engine/api/cooperative.js";
import { CycleRoom, dropAcyclic } from "../../../src/engine/liveness/components.js";
import { fairCycle, type Cycle } from "../../../src/engine/liveness/fair-cycle.js";
import { Dues, type CycleQuery } from "../../../src/engine/liveness/fairness.js";
import { TransitionGraph } from "../../../src/engine/liveness/transition-graph.js";

describe("small graphs", () => {
  const STATES = 7;
  const GOALS = [
    { waits: 1, forbidden: 1, through: 2, fair: [0, 1] },
    { waits: 2, forbidden: 4, through: 0, fair: [1] },
    { waits: 4, forbidden: 0, through: 8, fair: [] },
  ];
  const small = fc.array(
    fc.record({
      waits: fc.nat(7),
      edges: fc.array(fc.tuple(fc.nat(STATES - 1), fc.nat(1), fc.nat(15)), { maxLength: 4 }),
    }),
    { minLength: STATES, maxLength: STATES },
  );

  function graphOf(states: readonly Drawn[]) {
    const count = states.reduce((sum, { edges }) => sum + edges.length, 0);
    const bytes = TransitionGraph.bytesFor(STATES, count);
    const words = new Int32Array((bytes + CycleRoom.bytesFor(STATES)) / 4);
    const graph = new TransitionGraph({ words }, 0, STATES, count);
    for (const { waits, edges } of states) {
      for (const [target, process, marks] of edges.toSorted((a, b) => a[1] - b[1])) {
        graph.add(target, process, marks);
      }
      graph.endState(waits);
    }
    return { graph, room: new CycleRoom({ words }, bytes, STATES) };
  }

  prop.prop([small], { numRuns: 500 })(
    "have the fair cycles that a search by hand finds in them",
    (states) => {
      for (const isTrimmed of [false, true]) {
        const { graph, room } = graphOf(states);
        if (isTrimmed) finish(dropAcyclic(graph, room));
        for (const query of GOALS) {
          const cycle = finish(fairCycle(graph, room, query));
          expect(cycle?.entry).toBe(fairEntry(states, query));
          if (cycle !== undefined) mustBeFair(graph, query, cycle);
        }
      }
    },
  );

  /** The least state of a fair component, by what reaches what. */
  function fairEntry(states: readonly Drawn[], { waits, forbidden, through, fair }: CycleQuery) {
    const allowed = states.map(({ edges }, from) =>
      edges.filter(
        ([to, , marks]) =>
          ((states[from]?.waits ?? 0) & waits) !== 0 &&
          ((states[to]?.waits ?? 0) & waits) !== 0 &&
          (marks & forbidden) === 0,
      ),
    );
    const reached = allowed.map((edges) => {
      const seen = new Set<number>();
      const go = (to: number): void => {
        if (seen.has(to)) return;
        seen.add(to);
        for (const [next] of allowed[to] ?? []) go(next);
      };
      for (const [to] of edges) go(to);
      return seen;
    });
    const all = states.map((_, state) => state);
    return all.find((entry) => {
      const members = all.filter(
        (state) => reached[entry]?.has(state) === true && reached[state]?.has(entry) === true,
      );
      const within = members.flatMap((from) => (allowed[from] ?? []).filter(([to]) => members.includes(to)));
      const isHeld = (process: number) =>
        within.some(([, of]) => of === process) ||
        members.some((state) => states[state]?.edges.every(([, of]) => of !== process) === true);
      return (
        members.length > 0 &&
        fair.every(isHeld) &&
        (through === 0 || within.some(([, , marks]) => (marks & through) !== 0))
      );
    });
  }

  function mustBeFair(graph: TransitionGraph, query: CycleQuery, { entry, edges }: Cycle) {
    const dues = new Dues(graph, query);
    let at = entry;
    for (const edge of edges) {
      expect(edge).toBeGreaterThanOrEqual(graph.firstEdge(at));
      expect(edge).toBeLessThan(graph.endEdge(at));
      expect(graph.marks(edge) & query.forbidden).toBe(0);
      dues.visit(at);
      dues.take(edge);
      at = graph.target(edge);
      expect(graph.waits(at) & query.waits).not.toBe(0);
    }
    expect({ at, settled: dues.settled }).toEqual({ at: entry, settled: true });
  }
});

interface Drawn {
  readonly waits: number;
  readonly edges: readonly (readonly [target: number, process: number, marks: number])[];
}
