/* oxlint-disable max-lines -- it has the functions of the C file of its name, in the order of that file */
/**
 * drivers/perf/arm_pmu.c: what every Arm PMU driver shares, same functions in the same order.
 *
 * Source: that file as of November 2023 (Linux 6.5 to 6.7).
 * Not modelled: probing, event maps and validation; CPUs the PMU does not support; perf_event_update_userpage
 *   (user space does not read the counters here); the time a handler took.
 */
import {
  become,
  ignoring,
  kernelFunction,
  operation,
  prototype,
  type KernelFunction,
} from "../../../../src/spec/kernel-function.js";
import { hexadecimal } from "../../../../src/spec/notation.js";
import { addToCount } from "../../../ground-truth.js";
import { gic, setEnabled } from "../../../arm/gicv3.js";
import { pmu } from "../../../arm/pmuv3.js";
import { losePower } from "../../../arm/pmuv3-reset.js";
import { local_irq_disable, local_irq_enable } from "../../arch/arm64/include/asm/daifflags.js";
import { counterWidth, PMU_PPI, smp_processor_id, WARN_ON_ONCE } from "../../config.js";
import { orAssign } from "../../compound.js";
import { element, load, loadStable, local64_cmpxchg, local64_sub, store } from "../../memory.js";
import {
  ARMPMU_EVT_64BIT,
  IRQ_HANDLED,
  irqreturn_t,
  negated_errno,
  NOTIFY_BAD,
  per_cpu,
  perf_event,
  perf_ef,
  PERF_EF_RELOAD,
  PERF_EF_START,
  PERF_EF_UPDATE,
  PERF_HES_STOPPED,
  PERF_HES_UPTODATE,
} from "../../structs.js";

/** The function pointers of struct arm_pmu, as armv8_pmu_init sets them. */
export const armpmu = {
  handle_irq: prototype<[], number>("armv8pmu_handle_irq"),
  enable: prototype<[event: string], void>("armv8pmu_enable_event"),
  disable: prototype<[event: string], void>("armv8pmu_disable_event"),
  read_counter: prototype<[event: string], bigint>("armv8pmu_read_counter"),
  write_counter: prototype<[event: string, value: bigint], void>("armv8pmu_write_counter"),
  get_event_idx: prototype<[event: string], number>("armv8pmu_get_event_idx"),
  clear_event_idx: prototype<[event: string], void>("armv8pmu_clear_event_idx"),
  start: prototype<[], void>("armv8pmu_start"),
  stop: prototype<[], void>("armv8pmu_stop"),
  reset: prototype<[], void>("armv8pmu_reset"),
};

/** The indices of cpuc->events in the order in which loops visit them. */
const armpmu_indices = prototype<[], readonly number[]>("armpmu_indices");

export const arm_pmu_event_max_period = kernelFunction(
  "arm_pmu_event_max_period",
  function* (event: string) {
    const flags = yield* loadStable(perf_event(event).hw.flags);
    return (flags & ARMPMU_EVT_64BIT) !== 0
      ? 0xffff_ffff_ffff_ffffn
      : (1n << BigInt(yield* counterWidth())) - 1n;
  },
  { result: hexadecimal },
);

/**
 * Programs the counter for what is left of the period; 1 if a period was completed (and its crossing is thereby
 * consumed), 0 if not.
 */
export const armpmu_event_set_period = kernelFunction("armpmu_event_set_period", function* (event: string) {
  const hwc = perf_event(event).hw;
  let left = yield* load(hwc.period_left);
  const period = yield* load(hwc.sample_period);
  let ret = 0;
  const max_period = yield* arm_pmu_event_max_period(event);

  // A whole period or more behind: the remainder is dropped, and all the crossings it held become one.
  if (left <= -period) {
    left = period;
    yield* store(hwc.period_left, left);
    yield* store(hwc.last_period, period);
    ret = 1;
  }

  if (left <= 0n) {
    left += period;
    yield* store(hwc.period_left, left);
    yield* store(hwc.last_period, period);
    ret = 1;
  }

  // At most half the counter's range, so that a late interrupt cannot let it overtake prev_count. What the
  // counter is given then is less than period_left, which keeps the rest.
  if (left > max_period >> 1n) left = max_period >> 1n;

  yield* store(hwc.prev_count, BigInt.asUintN(64, -left));
  yield* armpmu.write_counter(event, BigInt.asUintN(64, -left) & max_period);
  return ret;
});

/** Folds what the counter counted into event->count and period_left. */
export const armpmu_event_update: KernelFunction<[event: string], bigint> = kernelFunction(
  "armpmu_event_update",
  function* (event) {
    const hwc = perf_event(event).hw;
    const max_period = yield* arm_pmu_event_max_period(event);
    const prev_raw_count = yield* load(hwc.prev_count);
    const new_raw_count = yield* armpmu.read_counter(event);
    const found = yield* local64_cmpxchg(hwc.prev_count, prev_raw_count, new_raw_count);
    // goto again
    if (found !== prev_raw_count) return yield* become(armpmu_event_update, event);

    const delta = (new_raw_count - prev_raw_count) & max_period;
    yield* addToCount(delta, event);
    yield* local64_sub(delta, hwc.period_left);
    return new_raw_count;
  },
  { result: hexadecimal },
);

export const armpmu_read = kernelFunction("armpmu_read", function* (event: string) {
  yield* armpmu_event_update(event);
});

/** The flags make no difference: an Arm PMU always has to update. */
export const armpmu_stop = kernelFunction(
  "armpmu_stop",
  function* (event: string, _flags: number) {
    const hwc = perf_event(event).hw;
    if (((yield* load(hwc.state)) & PERF_HES_STOPPED) !== 0) return;
    yield* armpmu.disable(event);
    yield* armpmu_event_update(event);
    yield* orAssign(hwc.state, PERF_HES_STOPPED | PERF_HES_UPTODATE);
  },
  { arguments: [undefined, perf_ef] },
);

/** Always reprograms the period, for counters that cannot be stopped and may have gone on counting. */
export const armpmu_start = kernelFunction(
  "armpmu_start",
  function* (event: string, flags: number) {
    const hwc = perf_event(event).hw;
    if ((flags & PERF_EF_RELOAD) !== 0) {
      yield* WARN_ON_ONCE(
        ((yield* load(hwc.state)) & PERF_HES_UPTODATE) === 0,
        "armpmu_start: not up to date",
      );
    }
    yield* store(hwc.state, 0);
    // The result says whether a period was completed while the event was stopped. It is ignored.
    yield* ignoring(armpmu_event_set_period, event);
    yield* armpmu.enable(event);
  },
  { arguments: [undefined, perf_ef] },
);

export const armpmu_del = kernelFunction(
  "armpmu_del",
  function* (event: string, _flags: number) {
    const hwc = perf_event(event).hw;
    const hw_events = per_cpu(yield* smp_processor_id()).hw_events;
    const idx = yield* loadStable(hwc.idx);
    yield* armpmu_stop(event, PERF_EF_UPDATE);
    yield* store(element(hw_events.events, idx), null);
    yield* armpmu.clear_event_idx(event);
    yield* store(hwc.idx, -1);
  },
  { arguments: [undefined, perf_ef] },
);

export const armpmu_add = kernelFunction(
  "armpmu_add",
  function* (event: string, flags: number) {
    const hwc = perf_event(event).hw;
    const hw_events = per_cpu(yield* smp_processor_id()).hw_events;
    const idx = yield* armpmu.get_event_idx(event);
    if (idx < 0) return idx;

    // If there was an event in the counter, it must not go on: a disable, with all that it clears.
    yield* store(hwc.idx, idx);
    yield* armpmu.disable(event);
    yield* store(element(hw_events.events, idx), event);

    yield* store(hwc.state, PERF_HES_STOPPED | PERF_HES_UPTODATE);
    if ((flags & PERF_EF_START) !== 0) yield* armpmu_start(event, PERF_EF_RELOAD);
    return 0;
  },
  { arguments: [undefined, perf_ef], result: negated_errno },
);

/** What the handler said, for the properties. */
export const note_handled = operation<[boolean], void>({
  name: "note_handled",
  local: true,
  perform: (view, cpu, [handled]) => view.observe({ kind: "handler", cpu, handled }),
});

export const armpmu_dispatch_irq = kernelFunction(
  "armpmu_dispatch_irq",
  function* () {
    const ret = yield* armpmu.handle_irq();
    yield* note_handled(ret === IRQ_HANDLED);
    return ret;
  },
  { result: irqreturn_t },
);

/** pmu->pmu_enable: only if some counter is in use. */
export const armpmu_enable = kernelFunction("armpmu_enable", function* () {
  const { used_mask } = per_cpu(yield* smp_processor_id()).hw_events;
  if ((yield* load(used_mask)) !== 0) yield* armpmu.start();
});

/** pmu->pmu_disable. */
export const armpmu_disable = kernelFunction("armpmu_disable", function* () {
  yield* armpmu.stop();
});

/** CPU hotplug: the CPU comes online. */
export const arm_perf_starting_cpu = kernelFunction("arm_perf_starting_cpu", function* () {
  yield* armpmu.reset();
  yield* set_pmuirq_enabled(true);
});

/** CPU hotplug: the CPU goes offline; its tasks have left it. */
export const arm_perf_teardown_cpu = kernelFunction("arm_perf_teardown_cpu", function* () {
  yield* set_pmuirq_enabled(false);
});

const set_pmuirq_enabled = operation<[boolean], void>({
  name: "set_pmuirq_enabled",
  perform: (view, cpu, [enabled]) => {
    view.update(gic(cpu), (of) => setEnabled(of, PMU_PPI, enabled));
    if (!enabled) view.observe({ kind: "unplugged", cpu });
  },
  show: ([enabled]) => `PPI ${PMU_PPI} ${enabled ? "enabled" : "disabled"}`,
});

/** Stops every event before the CPU loses power, starts it again after. */
export const cpu_pm_pmu_setup = kernelFunction("cpu_pm_pmu_setup", function* (cmd: CpuPm) {
  const { events } = per_cpu(yield* smp_processor_id()).hw_events;
  for (const idx of yield* armpmu_indices()) {
    const event = yield* load(element(events, idx));
    if (event === null) continue;
    if (cmd === "CPU_PM_ENTER") yield* armpmu_stop(event, PERF_EF_UPDATE);
    else yield* armpmu_start(event, PERF_EF_RELOAD);
  }
});

export type CpuPm = "CPU_PM_ENTER" | "CPU_PM_EXIT";

export const cpu_pm_pmu_notify = kernelFunction("cpu_pm_pmu_notify", function* (cmd: CpuPm) {
  const { used_mask } = per_cpu(yield* smp_processor_id()).hw_events;
  const enabled = (yield* load(used_mask)) !== 0;
  // The registers are reset on power-up even if there are no events.
  if (cmd === "CPU_PM_EXIT") yield* armpmu.reset();
  if (!enabled) return;
  if (cmd === "CPU_PM_ENTER") {
    yield* armpmu.stop();
    yield* cpu_pm_pmu_setup(cmd);
  } else {
    yield* cpu_pm_pmu_setup(cmd);
    yield* armpmu.start();
  }
});

/** kernel/cpu_pm.c and the power-down itself: what the registers held is gone. */
const lose_power = operation<[], void>({
  name: "lose_power",
  perform: (view, cpu) => {
    view.update(pmu(cpu), losePower);
    view.observe({ kind: "power-down", cpu });
  },
  show: () => "power down, power up",
});

/** kernel/cpu_pm.c, around a power-down of the idle CPU. */
export const cpu_suspend = kernelFunction("cpu_suspend", function* () {
  yield* local_irq_disable();
  // The notifier of a driver in C may refuse; it is told nothing more then.
  const said: unknown = yield* cpu_pm_pmu_notify("CPU_PM_ENTER");
  if (said !== NOTIFY_BAD) {
    yield* lose_power();
    yield* cpu_pm_pmu_notify("CPU_PM_EXIT");
  }
  yield* local_irq_enable();
});

/** Off and on again: private, as the CPU's interrupt is disabled and it executes nothing. */
const reset_cpu = operation<[], void>({
  name: "reset_cpu",
  local: true,
  perform: (view, cpu) => view.update(pmu(cpu), losePower),
  show: () => "the CPU is off, and is reset",
});

/** kernel/cpu.c: the PMU's callbacks as the CPU goes offline and online, with nothing scheduled on it. */
export const cpuhp_cycle = kernelFunction("cpuhp_cycle", function* () {
  yield* local_irq_disable();
  yield* arm_perf_teardown_cpu();
  yield* reset_cpu();
  yield* arm_perf_starting_cpu();
  yield* local_irq_enable();
});
