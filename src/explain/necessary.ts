/**
 * Necessary kinds of steps: a kind (kind.ts) is necessary if the violation cannot be reached without a step of that kind.
 *
 * In a small state space, one search decides all kinds at once. The kinds that all paths to a state have in common are
 * those that are common to all its predecessors' paths, each with the kind of the step from there (a data-flow analysis
 * that takes intersections). The kinds that all paths to a violation of the same sort have in common are necessary.
 *
 * In a large state space, only the kinds that are asked about are decided, each by an exploration that forbids the
 * kind. A path to the violation that such an exploration finds also decides every other kind that the path does not take:
 * it is not necessary.
 */
import type { Machine, StepLabel } from "../runtime/machine.js";
import type { GraphState, Move, StateGraph } from "../trace/state-graph.js";
import { goalOf } from "../check/verdict/watch.js";
import { after, exploreFrom } from "../check/continuation.js";
import { kindOf } from "./kind.js";
import { breakOf, type Break } from "../trace/record.js";
import type { Property } from "../spec/property.js";

/** By kind: is it necessary? A kind that is not in the map is open. */
export type Necessity = ReadonlyMap<string, boolean>;

/** What is explored, how far, and for whom. */
export interface NecessaryOptions {
  /** True for a violation of the same sort. */
  readonly isSame: (broken: Break) => boolean;
  /** The most states of an exploration. */
  readonly maxStates: number;
  /** Why to stop; undefined to go on. What is stopped is open. */
  readonly stop?: (() => string | undefined) | undefined;
  /** Called for each question that takes an exploration of its own; `at` is 1 for the first. */
  readonly onQuestion?: ((at: number, of: number) => void) | undefined;
}

/**
 * Decides all `kinds` at once; undefined if there are more than `maxStates` states, or there is a reason to stop.
 */
export function necessaryKinds(
  graph: StateGraph,
  kinds: readonly string[],
  { isSame, maxStates, stop }: NecessaryOptions,
): Necessity | undefined {
  const bits = new Map([...new Set(kinds)].map((kind, i) => [kind, 1n << BigInt(i)]));
  // By state: the common kinds so far, as bits. They only become fewer, so the search ends.
  const taken = new Map<GraphState, bigint>([[graph.initial, 0n]]);
  const open = new Set([graph.initial]);
  const bitOf = bitsByLabel(graph, bits);
  let common = (1n << BigInt(bits.size)) - 1n;
  // A Set is iterated in order of insertion, elements that are added meanwhile included.
  for (const state of open) {
    if (stop?.() !== undefined) return undefined;
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

/** Decides each kind in `asked` by an exploration of at most `maxStates` states, and others in `kinds` on the way. */
export function forbidEach(
  machine: Machine,
  property: Property,
  kinds: readonly string[],
  asked: readonly string[],
  options: NecessaryOptions,
): Necessity {
  const known = new Map<string, boolean>();
  for (const [at, kind] of asked.entries()) {
    if (known.has(kind)) continue;
    options.onQuestion?.(at + 1, asked.length);
    const without = withoutKind(machine, property, kind, options);
    if (without === "unreachable") known.set(kind, true);
    if (typeof without === "string") continue;
    for (const other of kinds) if (!without.has(other)) known.set(other, false);
  }
  return known;
}

/** The kinds on a path to the violation without one kind; or that there is no such path, or that this is open. */
function withoutKind(
  machine: Machine,
  property: Property,
  kind: string,
  { isSame, maxStates, stop }: NecessaryOptions,
): ReadonlySet<string> | "unreachable" | "open" {
  const { exploration, walk } = exploreFrom(
    machine,
    machine.initial,
    (process, outcome, read) => {
      if (kindOf(machine, process, read, outcome.label) === kind) return true;
      const broken = breakOf(machine, property, outcome.observations, machine.view(after(outcome, read)));
      return broken !== undefined && !isSame(broken);
    },
    // Violations of other sorts are left out, so what the goal finds is of the same sort.
    { goals: [goalOf(machine, property)] },
    maxStates,
    stop,
  );
  const [found] = exploration.breaks;
  if (found !== undefined) {
    return new Set(walk(found.path).map(({ process, read, label }) => kindOf(machine, process, read, label)));
  }
  return exploration.end.kind === "complete" ? "unreachable" : "open";
}

/** The bit of a move's kind. A label belongs to one footprint, which has the CPU's stack in it, so to one kind. */
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
