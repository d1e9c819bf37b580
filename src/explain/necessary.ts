/**
 * Necessary steps: if no step of this kind could be taken, would the violation still be reachable?
 *
 * Where the state space is small, one walk over it answers for all kinds at once: for every state, the kinds that every
 * way to it takes are what the ways to its predecessors have in common, and the step from there. The kinds that all
 * ways to a violation of the same sort have in common are the necessary ones.
 *
 * Where it is large, kinds are forbidden one by one, each in an exploration of its own, and only those that are asked
 * for: every way to the violation that is found without one kind also clears all others that it does not take.
 */
import type { Machine, StepLabel } from "../runtime/machine.js";
import type { GraphState, Move, StateGraph } from "../trace/state-graph.js";
import { goalOf } from "../check/verdict/watch.js";
import { after, exploreFrom } from "../check/continuation.js";
import { kindOf } from "./kind.js";
import { breakOf, type Break } from "../trace/record.js";
import type { Property } from "../spec/property.js";

/** By kind: is it necessary? A kind that is not in it is open. */
export type Necessity = ReadonlyMap<string, boolean>;

type IsSame = (broken: Break) => boolean;

/**
 * All `kinds` at once, by a walk over at most `maxStates` states; undefined if there are more.
 * `isSame`: is a violation of the sort that is looked for?
 */
export function necessaryKinds(
  graph: StateGraph,
  kinds: readonly string[],
  isSame: IsSame,
  maxStates: number,
): Necessity | undefined {
  const bits = new Map([...new Set(kinds)].map((kind, i) => [kind, 1n << BigInt(i)]));
  // A state's kinds only ever become fewer, so this ends.
  const taken = new Map<GraphState, bigint>([[graph.initial, 0n]]);
  const open = new Set([graph.initial]);
  const bitOf = bitsByLabel(graph, bits);
  let common = (1n << BigInt(bits.size)) - 1n;
  // A set is visited in the order of insertion, also what is added meanwhile.
  for (const state of open) {
    open.delete(state);
    const here = taken.get(state) ?? 0n;
    for (const move of graph.moves(state)) {
      const ways = here | bitOf(state, move);
      if (move.broken !== undefined) {
        if (isSame(move.broken)) common &= ways;
        continue;
      }
      const before = taken.get(move.to);
      const both = before === undefined ? ways : before & ways;
      if (both === before) continue;
      if (before === undefined && taken.size >= maxStates) return undefined;
      taken.set(move.to, both);
      open.add(move.to);
    }
  }
  return new Map([...bits].map(([kind, bit]) => [kind, (common & bit) !== 0n]));
}

/** Forbids each of `asked` in an exploration of at most `maxStates` states; `kinds` are those that may be cleared. */
export function forbidEach(
  machine: Machine,
  property: Property,
  kinds: readonly string[],
  asked: readonly string[],
  isSame: IsSame,
  maxStates: number,
): Necessity {
  const known = new Map<string, boolean>();
  for (const kind of asked) {
    if (known.has(kind)) continue;
    const without = withoutKind(machine, property, kind, isSame, maxStates);
    if (without === "unreachable") known.set(kind, true);
    if (typeof without === "string") continue;
    for (const other of kinds) if (!without.has(other)) known.set(other, false);
  }
  return known;
}

/** The kinds on a way to the violation that takes none of one kind. */
function withoutKind(
  machine: Machine,
  property: Property,
  kind: string,
  isSame: IsSame,
  maxStates: number,
): ReadonlySet<string> | "unreachable" | "open" {
  const { exploration, walk } = exploreFrom(
    machine,
    machine.initial,
    (process, outcome, read) => {
      if (kindOf(machine, process, read, outcome.label) === kind) return true;
      const broken = breakOf(machine, property, outcome.observations, machine.view(after(outcome, read)));
      return broken !== undefined && !isSame(broken);
    },
    // What is left of violations is of the sort that is looked for.
    { goals: [goalOf(machine, property)] },
    maxStates,
  );
  const [found] = exploration.breaks;
  if (found !== undefined) {
    return new Set(walk(found.path).map(({ process, read, label }) => kindOf(machine, process, read, label)));
  }
  return exploration.end.kind === "complete" ? "unreachable" : "open";
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
