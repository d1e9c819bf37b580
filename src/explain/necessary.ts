/**
 * Necessary steps: if no step of this kind could be taken, would the violation still be reachable?
 *
 * One walk over the states answers for all kinds at once. For every state, the kinds that every way to it takes: what
 * the ways to its predecessors have in common, and the step from there. The kinds that all ways to a violation of the
 * same sort have in common are the necessary ones; forbidding any of them makes it unreachable.
 */
import type { StepLabel } from "../runtime/machine.js";
import type { GraphState, Move, StateGraph } from "../trace/state-graph.js";
import { kindOf } from "./kind.js";

export interface Necessary {
  /** Was every reachable state looked at? Otherwise nothing is said of any kind. */
  readonly complete: boolean;
  readonly states: number;
  readonly kinds: ReadonlySet<string>;
}

/** `kinds`: those of the trace's steps; no other can be necessary. `isSame`: does a step violate in the same way? */
export function necessaryKinds(
  graph: StateGraph,
  kinds: readonly string[],
  isSame: (move: Move) => boolean,
  maxStates: number,
): Necessary {
  const bits = new Map([...new Set(kinds)].map((kind, i) => [kind, 1n << BigInt(i)]));
  const everything = (1n << BigInt(bits.size)) - 1n;
  // A state's kinds only ever become fewer, so this ends.
  const taken = new Map<GraphState, bigint>([[graph.initial, 0n]]);
  const open = new Set([graph.initial]);
  const bitOf = bitsByLabel(graph, bits);
  let common = everything;
  // A set is visited in the order of insertion, also what is added meanwhile.
  for (const state of open) {
    open.delete(state);
    const here = taken.get(state) ?? 0n;
    for (const move of graph.moves(state)) {
      const ways = here | bitOf(state, move);
      if (isSame(move)) common &= ways;
      if (move.broken !== undefined) continue;
      const before = taken.get(move.to);
      const both = before === undefined ? ways : before & ways;
      if (both === before) continue;
      if (before === undefined && taken.size >= maxStates) {
        return { complete: false, states: taken.size, kinds: new Set() };
      }
      taken.set(move.to, both);
      open.add(move.to);
    }
  }
  const necessary = [...bits].filter(([, bit]) => (common & bit) !== 0n).map(([kind]) => kind);
  return { complete: true, states: taken.size, kinds: new Set(necessary) };
}

/** A label is made for what its process read, its stack among it, so it stands for one kind. */
function bitsByLabel(
  { machine }: StateGraph,
  bits: ReadonlyMap<string, bigint>,
): (from: GraphState, move: Move) => bigint {
  const known = new Map<StepLabel, bigint>();
  return (from, { process, label }) => {
    let bit = known.get(label);
    if (bit === undefined) {
      bit = bits.get(kindOf(machine, process, (component) => from.values[component], label)) ?? 0n;
      known.set(label, bit);
    }
    return bit;
  };
}
