/**
 * The parts of a batch that threads can do side by side, and the one thread that does them alone.
 *
 * Several threads that share memory are in wasm/threads.ts. Both give the same results.
 */

import { STATUS, type LaneLayout } from "../memory/control-block.js";
import type { Crew, SharedKernel, Task } from "./kernel.js";

/** Does a task once; false if the visited set was too full. Threads have numbers from 0. */
export function perform(
  kernel: SharedKernel,
  thread: number,
  task: Task,
  turn: number,
  count: number,
  first: number,
  { bytes }: LaneLayout,
): boolean {
  if (task === "dedupe") return kernel.dedupe(turn, count, thread, first) === STATUS.done;
  if (task === "split") return kernel.split(first + turn, thread) === STATUS.done;
  const lane = first + turn * bytes;
  if (task === "number") kernel.number(lane);
  else kernel.gather(lane, thread);
  return true;
}

/** A crew of one. */
export function alone(kernel: () => SharedKernel, lane: LaneLayout): Crew {
  return {
    threads: 1,
    run: (task, count, first) => {
      const shared = kernel();
      for (let turn = 0; turn < count; turn++) {
        if (!perform(shared, 0, task, turn, count, first, lane)) return false;
      }
      return true;
    },
    assemble: () => undefined,
    close: () => undefined,
  };
}
