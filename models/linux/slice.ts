/**
 * Time: the assumptions that a task counts some events between being switched in and being switched out, and between
 * two timer ticks.
 *
 * Kept beside the scheduler because no kernel structure holds it. Saturates at the assumed minimum, the only
 * value that decides anything.
 */
import { perName, type ReadView, type View } from "../../src/spec/component.js";
import { taskStruct } from "./structs.js";
import { excludeHost, slice, switches, tickRate } from "../parameters.js";

export interface Slice {
  /** Events counted since the task was switched in, at most the parameter `slice`; 0 if that is of no interest. */
  readonly counted: number;
  /** Events counted since the last tick that came while it ran, at most the parameter `tick`; likewise. */
  readonly sinceTick: number;
  /** Are there timer ticks in this world? */
  readonly ticks: boolean;
}

export const sliceOf = perName<Slice>("slice");

export function newSlice(ticks: boolean): Slice {
  return { counted: 0, sinceTick: 0, ticks };
}

export function resetSlice(view: View, task: string): void {
  if (view.parameter(switches) === 0 || !view.read(taskStruct(task)).user) return;
  view.update(sliceOf(task), (of) => {
    of.counted = 0;
  });
}

/** The CPU has counted something; `own`: for an event of the task. Other tasks need no minimum. */
export function extendSlice(view: View, task: string, own: boolean): void {
  if (!own) return;
  const minimum = view.parameter(switches) === 1 ? view.parameter(slice) : 0;
  const tick = view.parameter(tickRate);
  view.update(sliceOf(task), (of) => {
    of.counted = Math.min(of.counted + 1, minimum);
    if (of.ticks) of.sinceTick = Math.min(of.sinceTick + 1, tick);
  });
}

/** May the task be switched out? What is never counted (excludeHost) cannot be waited for. */
export function sliceIsOver(view: ReadView, task: string): boolean {
  if (view.parameter(switches) === 0) return false;
  return view.parameter(excludeHost) === 1 || view.read(sliceOf(task)).counted >= view.parameter(slice);
}

/**
 * May a timer tick come while this task runs? After so many counted events, and also without them where nothing is counted
 * (a throttled event, say): time goes on.
 */
export function tickIsDue(view: ReadView, task: string, counting: boolean): boolean {
  const { ticks, sinceTick } = view.read(sliceOf(task));
  return ticks && (!counting || sinceTick >= view.parameter(tickRate));
}

export function restartTick(view: View, task: string): void {
  view.update(sliceOf(task), (of) => {
    of.sinceTick = 0;
  });
}
