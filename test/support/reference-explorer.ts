/**
 * The reference explorer: breadth-first search over whole states, as obvious as it gets.
 */
import type { TransitionSystem } from "../../src/spec/transition-system.js";
import { keyOf } from "../../src/spec/value.js";
import type { Observation } from "../../src/spec/observation.js";

export interface Reference {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** Length of the shortest path to a broken transition, undefined if there is none. */
  readonly broken: number | undefined;
  /** Length of the shortest path to a state without steps, undefined if there is none. */
  readonly stuck: number | undefined;
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
