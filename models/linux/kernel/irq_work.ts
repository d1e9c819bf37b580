/**
 * kernel/irq_work.c: work queued from NMI context, run from a self-IPI; same functions in the same order.
 *
 * Source: that file as of Linux 6.5.
 * Not modelled: lazy work. The only work is an event's pending_irq, so work is named by its event.
 */
import { kernelFunction, operation, prototype } from "../../../src/spec/kernel-function.js";
import { poke, store } from "../memory.js";
import { IRQ_WORK_BUSY, IRQ_WORK_PENDING, per_cpu, perf_event } from "../structs.js";

const arch_irq_work_raise = prototype<[], void>("arch_irq_work_raise");
const __smp_call_single_queue = prototype<[cpu: number, func: string, event: string], void>(
  "__smp_call_single_queue",
);
const perf_pending_irq = prototype<[event: string], void>("perf_pending_irq");

/** atomic_fetch_or of the claim: false if the work was pending already. */
const fetch_or_pending = operation<[string], boolean>({
  name: "fetch_or_pending",
  perform: (view, _cpu, [event]) =>
    (poke(view, perf_event(event).pending_irq, () => IRQ_WORK_PENDING | IRQ_WORK_BUSY) & IRQ_WORK_PENDING) ===
    0,
  show: ([event], claimed) => `${event}->pending_irq ${claimed ? "claimed" : "already pending"}`,
});

/** llist_add: true if the list was empty. */
const llist_add = operation<[string], boolean>({
  name: "llist_add",
  perform: (view, cpu, [event]) =>
    poke(view, per_cpu(cpu).raised_list, (list) => [...list, event]).length === 0,
  show: ([event]) => `raised_list += ${event}`,
});

/** llist_del_all: what was added last is run first. */
const llist_del_all = operation<[], readonly string[]>({
  name: "llist_del_all",
  perform: (view, cpu) => poke(view, per_cpu(cpu).raised_list, () => []).toReversed(),
  show: (_, list) => `raised_list = {} (was ${list.join(", ") || "empty"})`,
});

export const irq_work_claim = kernelFunction("irq_work_claim", function* (event: string) {
  return yield* fetch_or_pending(event);
});

export const __irq_work_queue_local = kernelFunction("__irq_work_queue_local", function* (event: string) {
  if (yield* llist_add(event)) yield* arch_irq_work_raise();
});

export const irq_work_queue = kernelFunction("irq_work_queue", function* (event: string) {
  if (!(yield* irq_work_claim(event))) return false;
  yield* __irq_work_queue_local(event);
  return true;
});

/** On another CPU: by way of its call_single_queue, unless the work is pending already. */
export const irq_work_queue_on = kernelFunction("irq_work_queue_on", function* (event: string, cpu: number) {
  if (!(yield* irq_work_claim(event))) return false;
  yield* __smp_call_single_queue(cpu, "irq_work_single", event);
  return true;
});

/**
 * atomic_cmpxchg at the end: free, unless somebody has claimed the work again. Only irq_work_sync could tell it from the
 * access before, so it is no step.
 */
const clear_busy = operation<[string], void>({
  name: "clear_busy",
  local: true,
  perform: (view, _cpu, [event]) => {
    poke(view, perf_event(event).pending_irq, (flags) => (flags === IRQ_WORK_BUSY ? 0 : flags));
  },
});

export const irq_work_single = kernelFunction("irq_work_single", function* (event: string) {
  // From here on the work can be queued again.
  yield* store(perf_event(event).pending_irq, IRQ_WORK_BUSY);
  yield* perf_pending_irq(event);
  yield* clear_busy(event);
});

export const irq_work_run = kernelFunction("irq_work_run", function* () {
  for (const event of yield* llist_del_all()) yield* irq_work_single(event);
});
