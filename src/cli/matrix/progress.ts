/**
 * The progress of matrices: cells done, and how long the others may take if they take as long.
 */
import { shortTime } from "../../report/estimate-text.js";
import { StatusLine } from "../terminal/status-line.js";
import { nameOf, type PoolOptions } from "./pool.js";
import type { Task } from "./job-thread.js";

export class CellProgress {
  readonly #line: StatusLine;
  readonly #started = performance.now();
  readonly #isShown: boolean;

  constructor(isShown: boolean) {
    this.#line = new StatusLine(isShown);
    this.#isShown = isShown;
    if (isShown) this.#line.show("starting");
  }

  /** For the pool that runs them. */
  get option(): Pick<PoolOptions, "onDone"> {
    return this.#isShown ? { onDone: this.#show } : {};
  }

  clear(): void {
    this.#line.clear();
  }

  readonly #show = (task: Task, done: number, of: number): void => {
    const left = ((performance.now() - this.#started) / 1000 / done) * (of - done);
    const time = done < of ? `, about ${shortTime(left)} left` : "";
    this.#line.show(`job ${done} of ${of}${time}: ${nameOf(task)}`);
  };
}
