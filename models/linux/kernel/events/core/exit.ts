/**
 * kernel/events/core.c, seventh part: a task that exits takes its events with it.
 *
 * Source: that file as of Linux 6.5.
 * Not modelled: inherited events and their parents, PERF_RECORD_EXIT, the rest of do_exit.
 */
import { kernelFunction } from "../../../../../src/spec/kernel-function.js";
import { userClosed } from "../../../../ground-truth.js";
import { current_task } from "../../../config.js";
import { raw_spin_lock_irq, raw_spin_unlock_irq } from "./call.js";
import { perf_event_wakeup } from "./overflow.js";
import { perf_remove_from_context, task_ctx_sched_out } from "./state.js";
import { load, loadStable, store } from "../../../memory.js";
import {
  EVENT_ALL,
  perf_event,
  perf_event_context,
  PERF_EVENT_STATE_EXIT,
  task_struct,
  TASK_TOMBSTONE,
} from "../../../structs.js";

export const perf_event_exit_event = kernelFunction(
  "perf_event_exit_event",
  function* (event: string, ctx: string) {
    yield* perf_remove_from_context(event, 0n);
    yield* raw_spin_lock_irq(ctx);
    const { state } = perf_event(event);
    if ((yield* load(state)) > PERF_EVENT_STATE_EXIT) yield* store(state, PERF_EVENT_STATE_EXIT);
    yield* raw_spin_unlock_irq(ctx);
    yield* perf_event_wakeup(event);
    yield* userClosed(event);
  },
);

/** De-schedules the events and makes sure that nobody can schedule them in again. */
export const perf_event_exit_task_context = kernelFunction(
  "perf_event_exit_task_context",
  function* (child: string, ctx: string) {
    const context = perf_event_context(ctx);
    yield* raw_spin_lock_irq(ctx);
    yield* task_ctx_sched_out(ctx, EVENT_ALL);
    yield* store(task_struct(child).perf_event_ctxp, null);
    yield* store(context.task, TASK_TOMBSTONE);
    yield* raw_spin_unlock_irq(ctx);
    const events = [
      ...(yield* loadStable(context.pinned_groups)),
      ...(yield* loadStable(context.flexible_groups)),
    ];
    for (const leader of events) {
      const siblings = yield* loadStable(perf_event(leader).sibling_list);
      for (const event of [leader, ...siblings]) yield* perf_event_exit_event(event, ctx);
    }
  },
);

export const perf_event_exit_task = kernelFunction("perf_event_exit_task", function* () {
  const child = yield* current_task();
  const ctx = yield* load(task_struct(child).perf_event_ctxp);
  if (ctx !== null) yield* perf_event_exit_task_context(child, ctx);
});
