/**
 * A torus: two counters that go round. Every state has as many states before it as behind it.
 */
import type { TransitionSystem } from "../../../src/spec/transition-system.js";

/** `side` times `side` states, each with one transition to the right and one up. */
export function torus(side: number): TransitionSystem {
  return {
    components: ["x", "y"],
    initial: [0, 0],
    processes: ["right", "up"],
    fair: [],
    run: (process, read) => [
      { writes: new Map([[process, (Number(read(process)) + 1) % side]]), observations: [] },
    ],
  };
}
