/**
 * Notes which function of a model is running. If that function throws, Machine.run catches the error and names the
 * function.
 */
import { nowRunning } from "../spec/running.js";
import type { StepView } from "./view.js";

export class Doing {
  /** The view that it changes components by. */
  view: StepView | undefined;
  readonly #process: string;
  #what = "";

  constructor(process: string) {
    this.#process = process;
  }

  /** As a message has it: `body()`, `'T to CPU1'`, `writeCell() in main()`. */
  set what(what: string) {
    this.#what = what;
    nowRunning(`${this.#process}: ${what}`);
  }

  /** The process, what of it is being run, and the component that this is changing. */
  get text(): string {
    const component = this.view?.changing;
    return `${this.#process}: ${this.#what}${component === undefined ? "" : `, changing ${component},`}`;
  }
}
