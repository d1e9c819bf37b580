/**
 * A census of values: which components have many values, and which steps make these values.
 *
 * The census is taken along random walks, so a system may be of any size. A count is a lower bound of the number of
 * values that the component has in all reachable states.
 */
import type { LabelledOutcome, Machine } from "../runtime/machine.js";
import { InternedSystem } from "./interned-system.js";
import { wander } from "./walk.js";

export interface ComponentCensus {
  readonly component: string;
  /** Distinct values seen. */
  readonly values: number;
  /** The steps that made new values, and how many; most first. */
  readonly madeBy: readonly { readonly step: string; readonly values: number }[];
}

/** Steps of one walk. */
const WALK = 2000;

/**
 * All components, those with most values first. `steps`: random steps in all. Deterministic for a seed.
 * @param mustGoOn called before every step; what it throws ends the census
 */
export function census(
  machine: Machine,
  steps: number,
  seed: number,
  mustGoOn?: () => void,
): readonly ComponentCensus[] {
  const made = machine.components.map(() => new Map<string, number>());
  const system = new InternedSystem(machine, (component, process, outcome, read) => {
    const step = stepName(machine, process, outcome, read);
    const makers = made[component];
    makers?.set(step, (makers.get(step) ?? 0) + 1);
  });
  wander(system, { steps, walk: WALK, seed, mustGoOn });
  return machine.components
    .map((component, i) => ({
      component,
      values: system.distinctValues[i] ?? 0,
      madeBy: [...(made[i] ?? [])]
        .map(([step, values]) => ({ step, values }))
        .sort((a, b) => b.values - a.values || (a.step < b.step ? -1 : 1)),
    }))
    .sort((a, b) => b.values - a.values || (a.component < b.component ? -1 : 1));
}

/** `armpmu_start on cpu0`, `pmu0: count`. */
export function stepName(
  machine: Machine,
  process: number,
  { label }: LabelledOutcome,
  read: (component: number) => unknown,
): string {
  const processor = machine.system.processors[process];
  if (processor === undefined)
    return label.choice === "" ? label.process : `${label.process}: ${label.choice}`;
  const running = machine.view(read).read(processor.execution).stack.at(-1)?.function;
  const entered = label.events.find((event) => event.kind === "enter")?.function;
  return `${running ?? entered ?? "user code"} on ${label.process}`;
}
