/**
 * What of a model is being run, noted before it is: whoever catches what it throws, at the one place where that is done,
 * can say what threw.
 */
import type { StepView } from "./view.js";

export class Doing {
  /** As a message has it: `body()`, `'T to CPU1'`, `writeCell() in main()`. */
  what = "";
  /** The view that it changes components by. */
  view: StepView | undefined;

  /** What is being run, and the component that it is changing. */
  get text(): string {
    const component = this.view?.changing;
    return component === undefined ? this.what : `${this.what}, changing ${component},`;
  }
}
