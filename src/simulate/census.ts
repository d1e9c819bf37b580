/**
 * A census of values: which components take many values, and which steps make them.
 *
 * Taken along random walks, so it may be asked of any system however large, and counts what is common: a component's
 * true number of values is at least what is found here.
 */
import type { LabelledOutcome, Machine } from "../runtime/machine.js";
import { InternedSystem } from "./interned-system.js";
import { withRandom } from "./random.js";
import { chooser } from "./walk.js";

export interface ComponentCensus {
  readonly component: string;
  /** Distinct values seen. */
  readonly values: number;
  /** The steps that made a value first, those that made most before the others. */
  readonly madeBy: readonly { readonly step: string; readonly values: number }[];
}

/** Walks begin anew after this many steps, with other weights. */
const WALK = 2000;

/** The components with most values first. Deterministic for a seed. */
export function census(machine: Machine, steps: number, seed: number): readonly ComponentCensus[] {
  const made = machine.components.map(() => new Map<string, number>());
  const system = new InternedSystem(machine, (component, process, outcome, read) => {
    const step = stepName(machine, process, outcome, read);
    const makers = made[component];
    makers?.set(step, (makers.get(step) ?? 0) + 1);
  });
  withRandom(seed, (random) => {
    for (let left = steps; left > 0; left -= WALK) {
      const choose = chooser(system, random);
      let row = system.initial;
      for (let i = Math.min(WALK, left); i > 0; i--) {
        const move = choose(system.moves(row));
        if (move === undefined) break;
        row = system.after(row, move);
      }
    }
  });
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
function stepName(
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
