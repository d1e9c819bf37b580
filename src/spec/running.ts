/**
 * Which model code is running, told to a watcher that makes sure it ends.
 *
 * A loop without an end cannot be seen from the thread that it is in, and stops everything else there. So a program that
 * wants to notice it has another thread watch (src/cli/thread); this is where that thread is told what is run.
 */

/** Told which model code is running; undefined when none is. */
export type Watcher = (what: string | undefined) => void;

let watcher: Watcher | undefined;
let current: string | undefined;

/** Has what is run be told to `by` from now on: one per thread. */
export function watchRuns(by: Watcher): void {
  watcher = by;
}

/** Runs what others wrote, and says so while it runs. `what` is asked only if somebody watches. */
export function running<T>(what: () => string, run: () => T): T {
  if (watcher === undefined) return run();
  const before = current;
  nowRunning(what());
  try {
    return run();
  } finally {
    current = before;
    watcher(before);
  }
}

/** Within {@link running}: what is run has changed. */
export function nowRunning(what: string): void {
  if (watcher === undefined) return;
  current = what;
  watcher(what);
}
