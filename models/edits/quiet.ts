/**
 * What the guards share: to keep the fixes quiet while an event is being torn down or changed.
 */
import type { Kernel } from "../../src/spec/kernel-function.js";
import { loadStable, store } from "../linux/memory.js";
import { fix_of } from "./common.js";

/** Runs the body with every fix kept from noticing overflows of these events. */
export function* quietly<R>(events: readonly string[], body: Kernel<R>): Kernel<R> {
  for (const event of events) yield* store(fix_of(event).quiet, 1);
  const result = yield* body;
  for (const event of events) yield* store(fix_of(event).quiet, 0);
  return result;
}

/** What a fix has noticed already is not to be reported any more. Work that is queued finds nothing to do. */
export function* forget(event: string): Kernel {
  const { pending, work } = fix_of(event);
  if ((yield* loadStable(pending)) !== 0) yield* store(pending, 0);
  if ((yield* loadStable(work)) !== 0) yield* store(work, 0);
}
