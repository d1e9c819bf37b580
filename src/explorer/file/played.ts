/**
 * Does a page play what the command line checked? The page makes a model by its names, of the code that it has in it; of a
 * model of one's own, this is tried along the trace before the page is written.
 */
import { Machine } from "../../runtime/machine.js";
import type { State } from "../../spec/system.js";
import type { Subject } from "../../trace/document.js";
import type { Models } from "../own/models.js";
import type { NamedStep } from "../play/page-document.js";
import { Playback } from "../play/playback.js";
import { digestOf } from "../play/walks.js";

/** Null if it does. `states`: before each step and after the last one, as the command line has them. */
export function whyNotPlayed(
  models: Models,
  subject: Subject,
  states: readonly State[],
  steps: readonly NamedStep[],
): string | null {
  if (models.isShipped(subject)) return null;
  try {
    const there = new Playback(new Machine(models.modelOf(subject).system)).statesOf(steps);
    const differs = states.findIndex((state, at) => digestOf(state) !== digestOf(there[at] ?? {}));
    return differs < 0 ? null : `it would be another model there, from step ${differs} on`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
