/**
 * Driving work that is written as a generator: in one go, or in turns with everything else that the process has to do.
 *
 * Signals and timers reach a program between turns only.
 */
import { setImmediate } from "node:timers/promises";

import { CapacityError } from "../memory/budget.js";

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

/**
 * Does the work unless there is a reason to stop: asked for whenever others have had their turn. Work that is stopped has
 * run out of something, with the reason as what it ran out of: it ends with a CapacityError.
 */
export function* stoppable<T>(
  work: Generator<undefined, T>,
  stop: (() => string | undefined) | undefined,
): Generator<undefined, T> {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
    yield;
    const reason = stop?.();
    // Thrown where the work is, so that it can tidy up.
    if (reason !== undefined) work.throw(new CapacityError(reason));
  }
}
