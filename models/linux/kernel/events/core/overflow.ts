/**
 * kernel/events/core.c, sixth part: an overflow, and the work it leaves behind.
 *
 * Source: that file as of Linux 6.5.
 * Not modelled: the sample's contents, output to other events' buffers, BPF and address filters, wake-ups of readers;
 *   the rate control of frequency mode within __perf_event_account_interrupt (it is at the tick).
 */
import {
  kernelFunction,
  macro,
  operation,
  type KernelFunction,
} from "../../../../../src/spec/kernel-function.js";
import { report, truth } from "../../../../ground-truth.js";
import { ringBuffer } from "../../../../parameters.js";
import { maxSamplesPerTick, current_task, smp_processor_id, WARN_ON_ONCE } from "../../../config.js";
import { pmu } from "./call.js";
import { perf_event_disable_inatomic, perf_event_disable_local } from "./state.js";
import { irq_work_queue, irq_work_queue_on } from "../../irq_work.js";
import { incrementUpTo } from "../../../compound.js";
import { load, loadStable, poke, postIncrement, preDecrement, store } from "../../../memory.js";
import { kill_fasync, send_sig_perf } from "../../signal.js";
import {
  MAX_INTERRUPTS,
  per_cpu,
  PERF_EF_RELOAD,
  PERF_EF_UPDATE,
  perf_event,
  perf_event_context,
  POLL_HUP,
  POLL_IN,
} from "../../../structs.js";

export const perf_event_wakeup = kernelFunction("perf_event_wakeup", function* (event: string) {
  const { pending_kill } = perf_event(event);
  const band = yield* load(pending_kill);
  if (band === 0) return;
  yield* kill_fasync(event, band);
  yield* store(pending_kill, 0);
});

export const perf_sigtrap = kernelFunction("perf_sigtrap", function* (event: string) {
  const ctx = yield* loadStable(perf_event(event).ctx);
  const current = yield* current_task();
  const wrong = (yield* load(perf_event_context(ctx).task)) !== current;
  yield* WARN_ON_ONCE(wrong, "perf_sigtrap: the event belongs to another task");
  if (!wrong) yield* send_sig_perf(event, current);
});

/** What has to be done where the event runs: chases it if it runs elsewhere by now. */
export const __perf_pending_irq = kernelFunction("__perf_pending_irq", function* (event: string) {
  const it = perf_event(event);
  const cpu = yield* load(it.oncpu);
  // Not running: event_sched_out has taken care of it.
  if (cpu < 0) return;
  if (cpu !== (yield* smp_processor_id())) {
    yield* irq_work_queue_on(event, cpu);
    return;
  }
  if ((yield* load(it.pending_sigtrap)) !== 0) {
    yield* store(it.pending_sigtrap, 0);
    yield* perf_sigtrap(event);
    yield* preDecrement(perf_event_context(yield* loadStable(it.ctx)).nr_pending);
  }
  if ((yield* load(it.pending_disable)) !== 0) {
    yield* store(it.pending_disable, 0);
    yield* perf_event_disable_local(event);
  }
});

/** The irq_work of an event. */
export const perf_pending_irq = kernelFunction("perf_pending_irq", function* (event: string) {
  const it = perf_event(event);
  // The wakeup first: it does not care whose context this is.
  if ((yield* load(it.pending_wakeup)) !== 0) {
    yield* store(it.pending_wakeup, 0);
    yield* perf_event_wakeup(event);
  }
  yield* __perf_pending_irq(event);
});

/** The task_work of an event: a SIGTRAP that event_sched_out put off to the return to user mode. */
export const perf_pending_task = kernelFunction("perf_pending_task", function* (event: string) {
  const it = perf_event(event);
  if ((yield* load(it.pending_work)) === 0) return;
  yield* store(it.pending_work, 0);
  yield* perf_sigtrap(event);
  yield* preDecrement(perf_event_context(yield* loadStable(it.ctx)).nr_pending);
});

export const throttle = operation<[string], void>({
  name: "throttle",
  perform: (view, _cpu, [event]) => {
    poke(view, perf_event(event).hw.interrupts, () => MAX_INTERRUPTS);
    view.observe({ kind: "throttled", event });
  },
  show: ([event]) => `${event}->hw.interrupts = MAX_INTERRUPTS`,
});

/** The overflows of the event since the last tick, this one included; 1 is the first. */
export const count_interrupt = macro("count_interrupt", function* (event: string) {
  const { hw } = perf_event(event);
  const first = !(yield* load(hw.interrupts_seq_current));
  if (first) yield* store(hw.interrupts_seq_current, true);
  const interrupts = first ? 1 : (yield* load(hw.interrupts)) + 1;
  yield* store(hw.interrupts, interrupts);
  return interrupts;
});

/**
 * __this_cpu_inc(perf_throttled_count). The tick asks only whether it is 0. Without a limit a task that is throttled, switched
 * out and in, and throttled again before any tick would have states without end.
 */
export const count_throttled = macro("count_throttled", function* () {
  yield* incrementUpTo(per_cpu(yield* smp_processor_id()).perf_throttled_count, 1);
});

export const throttle_event = macro("throttle_event", function* (event: string) {
  yield* count_throttled();
  yield* throttle(event);
  return 1;
});

/**
 * Nonzero: too many since the last tick, the event is to be throttled. From 6.4 to 6.15 more than the limit are too many,
 * and the first after a tick never is.
 */
export const __perf_event_account_interrupt = kernelFunction(
  "__perf_event_account_interrupt",
  function* (event: string) {
    const limit = yield* maxSamplesPerTick();
    if (limit === 0) return 0;
    const interrupts = yield* count_interrupt(event);
    return interrupts > 1 && interrupts > limit ? yield* throttle_event(event) : 0;
  },
);

/** A sample in the ring buffer, if there is room: a sample lost to a full buffer is not a lost overflow. */
export const perf_output = operation<[string], string>({
  name: "perf_output",
  choices: (view) =>
    view.parameter(ringBuffer) === "full" ? ["sample written", "buffer full"] : ["sample written"],
  perform: (view, _cpu, [event], choice) => {
    view.observe({ kind: "sample", event, dropped: choice === "buffer full" });
    return choice;
  },
  show: ([event], choice) => `${event}: ${choice}`,
});

/** arch/arm64/kvm/pmu-emul.c: how far the guest's counter is from its wrap, by what was counted. */
const compute_period = operation<[string], bigint>({
  name: "compute_period",
  perform: (view, _cpu, [event]) => {
    const { period, progress } = view.read(truth(event));
    return BigInt(period - progress);
  },
});

/** KVM's handler: stops the event, sets a new period, starts it again; from within the overflow. */
export const kvm_pmu_perf_overflow = kernelFunction("kvm_pmu_perf_overflow", function* (event: string) {
  const it = perf_event(event);
  yield* pmu.stop(event, PERF_EF_UPDATE);
  const remaining = yield* compute_period(event);
  yield* store(it.hw.period_left, 0n);
  yield* store(it.hw.sample_period, remaining);
  yield* pmu.start(event, PERF_EF_RELOAD);
});

export const __perf_event_overflow = kernelFunction("__perf_event_overflow", function* (event: string) {
  const it = perf_event(event);
  const limit = yield* load(it.event_limit);
  let ret = yield* __perf_event_account_interrupt(event);

  yield* store(it.pending_kill, POLL_IN);
  if (limit !== 0 && (yield* preDecrement(it.event_limit)) === 0) {
    ret = 1;
    yield* store(it.pending_kill, POLL_HUP);
    yield* perf_event_disable_inatomic(event);
  }

  if (yield* loadStable(it.attr.sigtrap)) {
    if ((yield* load(it.pending_sigtrap)) === 0) {
      yield* store(it.pending_sigtrap, 1);
      yield* postIncrement(perf_event_context(yield* loadStable(it.ctx)).nr_pending);
    }
    yield* irq_work_queue(event);
  }

  if (yield* loadStable(it.attr.kvm)) yield* kvm_pmu_perf_overflow(event);
  else yield* perf_output(event);

  if (yield* loadStable(it.fasync)) {
    yield* store(it.pending_wakeup, 1);
    yield* irq_work_queue(event);
  }
  return ret;
});

/** The report: what the checked property is about. Nonzero asks the driver to throttle the event. */
export const perf_event_overflow: KernelFunction<[event: string, regs?: "user"], number> = kernelFunction(
  "perf_event_overflow",
  function* (event, regs) {
    yield* regs === undefined ? report(event) : report(event, regs);
    return yield* __perf_event_overflow(event);
  },
);
