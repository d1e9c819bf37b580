/**
 * The reference for cheapest paths: Dijkstra over whole states, as obvious as it gets.
 */
import type { Observation } from "../../../src/spec/observation.js";
import type { TransitionSystem } from "../../../src/spec/transition-system.js";
import { keyOf } from "../../../src/spec/value.js";

/** What is least: cost first, then steps. */
export type Least = readonly [cost: number, steps: number];

export interface Wanted {
  readonly cost: (observation: Observation) => number;
  /** Transitions that break the rule. */
  readonly isBroken: (observation: Observation) => boolean;
  /** States that break it. */
  readonly isBrokenIn: (state: readonly unknown[]) => boolean;
}

/** The least cost and steps to a transition or a state that breaks a rule, and to a standstill before any does. */
export function referenceCheapest(
  system: TransitionSystem,
  { cost, isBroken, isBrokenIn }: Wanted,
): { readonly broken: Least | undefined; readonly stuck: Least | undefined } {
  const done = new Set<string>();
  const open: { readonly state: readonly unknown[]; readonly at: Least }[] = [
    { state: system.initial, at: [0, 0] },
  ];
  let broken: Least | undefined;
  let stuck: Least | undefined;
  for (;;) {
    open.sort((a, b) => compare(a.at, b.at));
    const next = open.shift();
    if (next === undefined) return { broken, stuck };
    const { state, at } = next;
    if (done.has(keyOf(state))) continue;
    done.add(keyOf(state));
    if (isBrokenIn(state)) {
      broken = least(broken, at);
      continue;
    }
    let steps = 0;
    for (const process of system.processes.keys()) {
      for (const { writes, observations } of system.run(process, (component) => state[component])) {
        steps++;
        const after: Least = [at[0] + observations.reduce((sum, of) => sum + cost(of), 0), at[1] + 1];
        if (observations.some(isBroken)) broken = least(broken, after);
        else {
          const to = state.map((value, component) => (writes.has(component) ? writes.get(component) : value));
          open.push({ state: to, at: after });
        }
      }
    }
    if (steps === 0) stuck = least(stuck, at);
  }
}

function compare(a: Least, b: Least): number {
  return a[0] - b[0] || a[1] - b[1];
}

function least(a: Least | undefined, b: Least): Least {
  return a === undefined || compare(b, a) < 0 ? b : a;
}
