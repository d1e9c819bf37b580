/**
 * Driving work that is written as a generator: in one go, or in turns with everything else that the process has to do.
 *
 * Signals and timers reach a program between turns only.
 */
import { setImmediate } from "node:timers/promises";

const TURN_MS = 50;

/** Does the work in one go. */
export function finish<T>(work: Generator<undefined, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

/** Does the work, and lets others have a turn before it begins and about 20 times a second. */
export async function finishInTurns<T>(work: Generator<undefined, T>): Promise<T> {
  for (let last = -Infinity; ;) {
    if (performance.now() - last > TURN_MS) {
      await setImmediate();
      last = performance.now();
    }
    const { done, value } = work.next();
    if (done === true) return value;
  }
}
