/**
 * A grid: two counters that go round, and what they have in common: many states, some of which are reached in several ways
 * at once.
 */
import type { TransitionSystem } from "../../../src/spec/transition-system.js";

/** 40,519 states for a side of 200. */
export function grid(side: number): TransitionSystem {
  return {
    components: ["x", "y", "sum"],
    initial: [0, 0, 0],
    processes: ["right", "up", "jump"],
    fair: [],
    run: (process, read) => {
      const [x, y] = [Number(read(0)), Number(read(1))];
      const to = (left: number, right: number) => ({
        writes: new Map([
          [0, left % side],
          [1, right % side],
          [2, (left + right) % 7],
        ]),
        observations: left + right === side ? [{ kind: "spurious" as const, cpu: 0 }] : [],
      });
      if (process === 0) return [to(x + 1, y)];
      if (process === 1) return [to(x, y + 1)];
      return x % 5 === y % 3 ? [to(x + 3, y + 2), to(x + 2, y + 3)] : [];
    },
  };
}
