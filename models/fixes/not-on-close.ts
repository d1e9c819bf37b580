/**
 * not-on-close: a guard: close and exit end an event's overflows.
 */
import { changing, type Fix } from "../../src/spec/fix.js";
import type { Kernel } from "../../src/spec/kernel-function.js";
import { perf_event_exit_task_context } from "../linux/kernel/events/core/exit.js";
import { __perf_remove_from_context } from "../linux/kernel/events/core/state.js";
import { loadStable } from "../linux/memory.js";
import { perf_event, perf_event_context } from "../linux/structs.js";
import { eventState } from "./common.js";
import { forget, quietly } from "./quiet.js";

function* eventsIn(ctx: string): Kernel<readonly string[]> {
  const { pinned_groups, flexible_groups } = perf_event_context(ctx);
  const events: string[] = [];
  for (const leader of [...(yield* loadStable(pinned_groups)), ...(yield* loadStable(flexible_groups))]) {
    events.push(leader, ...(yield* loadStable(perf_event(leader).sibling_list)));
  }
  return events;
}

export const notOnClose: Fix = {
  name: "not-on-close",
  summary: "guard: an overflow found while an event is closed or its task exits is dropped",
  idea: "The mail asks for overflows of events that are not explicitly torn down; whoever closes an event wants no more of it.",
  proposedBy: "William Ashley, 20 Nov 2023, who excepts the explicit teardown",
  hazards: ["the last overflow before a close is lost on purpose"],
  assumes: [],
  claims: [],
  changes: [
    changing(__perf_remove_from_context, function* (base, event, flags) {
      yield* quietly([event], base(event, flags));
      yield* forget(event);
    }),
    changing(perf_event_exit_task_context, function* (base, child, ctx) {
      const events = yield* eventsIn(ctx);
      yield* quietly(events, base(child, ctx));
      for (const event of events) yield* forget(event);
    }),
  ],
  state: [eventState],
};
