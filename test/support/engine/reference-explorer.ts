/**
 * The reference explorer: breadth-first search over whole states, as obvious as it gets.
 */
import type { TransitionSystem } from "../../../src/spec/transition-system.js";
import { keyOf } from "../../../src/spec/value.js";
import type { Observation } from "../../../src/spec/observation.js";

export interface Reference {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** Length of the shortest path to a broken transition, undefined if there is none. */
  readonly broken: number | undefined;
  /** Length of the shortest path to a state without steps, undefined if there is none. */
  readonly stuck: number | undefined;
}

/**
 * Is there a weakly fair cycle in which `waits` is true all along, without and through marked transitions as asked?
 *
 * Two states are on one cycle if each reaches the other, and all that is on one cycle can be on one walk.
 */
export function referenceHasFairCycle(
  system: TransitionSystem,
  waits: (state: readonly unknown[]) => boolean,
  isMarked: (observation: Observation) => boolean,
  asked: { readonly without: boolean; readonly through: boolean },
): boolean {
  const all = reachableStates(system);
  const transitions = all.flatMap((from) => stepsOf(system, from).map((step) => ({ from, ...step })));
  const allowed = transitions.filter(
    ({ from, to, observations }) =>
      waits(from) && waits(to) && !(asked.without && observations.some(isMarked)),
  );
  const successors = (key: string) => allowed.filter(({ from }) => keyOf(from) === key);
  const reach = new Map(all.map((from) => [keyOf(from), closure(keyOf(from), successors)]));
  const together = (a: readonly unknown[], b: readonly unknown[]) =>
    reach.get(keyOf(a))?.has(keyOf(b)) === true && reach.get(keyOf(b))?.has(keyOf(a)) === true;
  return all.some((start) => {
    const inside = allowed.filter(({ from, to }) => together(start, from) && together(start, to));
    if (inside.length === 0) return false;
    if (asked.through && !inside.some(({ observations }) => observations.some(isMarked))) return false;
    return system.fair.every(
      (process) =>
        inside.some((step) => step.process === process) ||
        inside.some(({ from }) => stepsOf(system, from).every((step) => step.process !== process)),
    );
  });
}

interface Step {
  readonly process: number;
  readonly observations: readonly Observation[];
  readonly to: readonly unknown[];
}

function stepsOf(system: TransitionSystem, state: readonly unknown[]): Step[] {
  return [...system.processes.keys()].flatMap((process) =>
    system
      .run(process, (component) => state[component])
      .map(({ writes, observations }) => ({
        process,
        observations,
        to: state.map((value, component) => (writes.has(component) ? writes.get(component) : value)),
      })),
  );
}

/** All of them. */
export function reachableStates(system: TransitionSystem): (readonly unknown[])[] {
  const found = new Map([[keyOf(system.initial), system.initial]]);
  for (const state of found.values()) {
    for (const { to } of stepsOf(system, state)) if (!found.has(keyOf(to))) found.set(keyOf(to), to);
  }
  return [...found.values()];
}

/** All that can be reached in one step or more. */
function closure(from: string, successors: (key: string) => readonly Step[]): ReadonlySet<string> {
  const found = new Set(successors(from).map(({ to }) => keyOf(to)));
  for (const key of found) for (const { to } of successors(key)) found.add(keyOf(to));
  return found;
}

export function referenceExplore(
  system: TransitionSystem,
  isBroken: (observation: Observation) => boolean = () => false,
): Reference {
  const seen = new Set([keyOf(system.initial)]);
  let level: (readonly unknown[])[] = [system.initial];
  let transitions = 0;
  let broken: number | undefined;
  let stuck: number | undefined;
  for (let depth = 0; ; depth++) {
    const next: (readonly unknown[])[] = [];
    for (const state of level) {
      const before = transitions;
      for (const process of system.processes.keys()) {
        for (const { writes, observations } of system.run(process, (component) => state[component])) {
          transitions++;
          if (observations.some(isBroken)) broken ??= depth + 1;
          const successor = state.map((value, component) =>
            writes.has(component) ? writes.get(component) : value,
          );
          const key = keyOf(successor);
          if (seen.has(key)) continue;
          seen.add(key);
          next.push(successor);
        }
      }
      if (transitions === before) stuck ??= depth;
    }
    if (next.length === 0) return { states: seen.size, transitions, depth, broken, stuck };
    level = next;
  }
}
