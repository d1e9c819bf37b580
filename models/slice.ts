/**
 * Time slices: the assumption that a task counts some events between being switched in and being switched out.
 *
 * Kept beside the scheduler because no kernel structure holds it. Saturates at the assumed minimum, the only
 * value that decides anything.
 */
import { perName, type ReadView, type View } from "../src/spec/component.js";
import { slice, switches } from "./parameters.js";

export interface Slice {
  /** Events counted since the task was switched in, at most the parameter `slice`. */
  readonly counted: number;
}

export const sliceOf = perName<Slice>("slice");

export const newSlice: Slice = { counted: 0 };

export function resetSlice(view: View, task: string): void {
  view.update(sliceOf(task), (of) => {
    of.counted = 0;
  });
}

export function extendSlice(view: View, task: string): void {
  if (view.parameter(switches) === 0) return;
  const minimum = view.parameter(slice);
  view.update(sliceOf(task), (of) => {
    of.counted = Math.min(of.counted + 1, minimum);
  });
}

/** May the task be switched out? */
export function sliceIsOver(view: ReadView, task: string): boolean {
  return view.parameter(switches) === 1 && view.read(sliceOf(task)).counted >= view.parameter(slice);
}
