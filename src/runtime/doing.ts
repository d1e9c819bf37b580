/**
 * Notes which function of a model is running. If that function throws, Machine.run catches the error and names the
 * function.
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
