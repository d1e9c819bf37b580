/**
 * Systems made crowded: many processes, most of which never move.
 */
import type { TransitionSystem } from "../../../src/spec/transition-system.js";

/** The same system with so many processes: its own, in the other order, are every `distance`-th one, up to the last. */
export function crowded(system: TransitionSystem, count: number, distance: number): TransitionSystem {
  const own = system.processes.length;
  const last = count - 1;
  const placeOf = (process: number) => last - process * distance;
  return {
    ...system,
    processes: Array.from({ length: count }, (_, i) => `p${i}`),
    fair: system.fair.map(placeOf),
    run: (process, read) => {
      const of = (last - process) / distance;
      return Number.isInteger(of) && of < own ? system.run(of, read) : [];
    },
  };
}
