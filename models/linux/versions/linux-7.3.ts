/**
 * linux-7.3: nothing clears the overflow flag when an event is added; which events are throttled, and where, has changed.
 *
 * Source: drivers/perf/arm_pmu.c, drivers/perf/arm_pmuv3.c and kernel/events/core.c of 2025 and later, by the commits
 * named below. armv8pmu_disable_intens and armpmu_start are as they were.
 * Not modelled: BRBE, PMUACR, thresholds; KVM's resynchronisation in armv8pmu_start; PMCCNTR avoided on SMT.
 */
import { ignoring, override } from "../../../src/spec/kernel-function.js";
import { bit } from "../../arm/pmuv3.js";
import { noBrbe } from "../../deviations.js";
import * as armPmu from "../drivers/perf/arm_pmu.js";
import * as armPmuv3 from "../drivers/perf/arm_pmuv3.js";
import { maxSamplesPerTick, smp_processor_id } from "../config.js";
import { pmu } from "../kernel/events/core/call.js";
import * as overflow from "../kernel/events/core/overflow.js";
import * as state from "../kernel/events/core/state.js";
import * as tick from "../kernel/events/core/tick.js";
import { irq_work_queue } from "../kernel/irq_work.js";
import { element, load, loadStable, store } from "../memory.js";
import {
  IRQ_HANDLED,
  IRQ_NONE,
  MAX_INTERRUPTS,
  per_cpu,
  perf_event,
  PERF_EF_RELOAD,
  PERF_EF_UPDATE,
  PERF_EVENT_STATE_ACTIVE,
} from "../structs.js";
import { armpmu_add } from "./backports.js";
import { linux_6_12 } from "./linux-6.12.js";
import { release, version } from "./version.js";

/** The counter is known to be disabled. */
const armv8pmu_enable_event = override(armPmuv3.armv8pmu_enable_event, function* (event: string) {
  yield* armPmuv3.armv8pmu_write_event_type(event);
  yield* armPmuv3.armv8pmu_enable_event_irq(event);
  yield* armPmuv3.armv8pmu_enable_event_counter(event);
});

/** What perf_event_overflow returns is the core's business. */
const armv8pmu_handle_irq = override(armPmuv3.armv8pmu_handle_irq, function* () {
  const cpuc = per_cpu(yield* smp_processor_id()).hw_events;
  const pmovsr = yield* armPmuv3.armv8pmu_getreset_flags();
  if (pmovsr === 0) return IRQ_NONE;
  yield* armPmuv3.armv8pmu_stop();
  for (const idx of yield* armPmuv3.armpmu_indices()) {
    const event = yield* load(element(cpuc.events, idx));
    if (event === null) continue;
    if ((pmovsr & bit(yield* armPmuv3.ARMV8_IDX_TO_COUNTER(idx))) === 0) continue;
    yield* armPmu.armpmu_event_update(event);
    if ((yield* armPmu.armpmu_event_set_period(event)) === 0) continue;
    yield* ignoring(overflow.perf_event_overflow, event);
  }
  yield* armPmuv3.armv8pmu_start();
  return IRQ_HANDLED;
});

function* perf_event_throttle(event: string) {
  if ((yield* load(perf_event(event).state)) !== PERF_EVENT_STATE_ACTIVE) return;
  yield* overflow.throttle(event);
  yield* pmu.stop(event, 0);
}

function* perf_event_unthrottle(event: string, start: boolean) {
  if ((yield* load(perf_event(event).state)) !== PERF_EVENT_STATE_ACTIVE) return;
  yield* store(perf_event(event).hw.interrupts, 0);
  if (start) yield* pmu.start(event, 0);
}

function* groupOf(event: string) {
  const leader = yield* loadStable(perf_event(event).group_leader);
  return [leader, ...(yield* loadStable(perf_event(leader).sibling_list))];
}

/** perf_event_throttle_group: the core stops the event, and the rest of its group with it. */
const __perf_event_account_interrupt = override(
  overflow.__perf_event_account_interrupt,
  function* (event: string) {
    const limit = yield* maxSamplesPerTick();
    if (limit === 0 || (yield* overflow.count_interrupt(event)) < limit) return 0;
    yield* overflow.count_throttled();
    for (const member of yield* groupOf(event)) yield* perf_event_throttle(member);
    return 1;
  },
);

/** Followed by pmu->stop in its one caller, __perf_event_overflow at POLL_HUP: the event stops within the handler. */
const perf_event_disable_inatomic = override(state.perf_event_disable_inatomic, function* (event: string) {
  yield* store(perf_event(event).pending_disable, 1);
  yield* irq_work_queue(event);
  yield* pmu.stop(event, 0);
});

/** perf_event_unthrottle_group, when the leader is found throttled. */
const perf_adjust_freq_unthr_event = override(tick.perf_adjust_freq_unthr_event, function* (event: string) {
  const it = perf_event(event);
  if ((yield* load(it.state)) !== PERF_EVENT_STATE_ACTIVE) return;
  const freq = yield* loadStable(it.attr.freq);
  if ((yield* load(it.hw.interrupts)) === MAX_INTERRUPTS) {
    for (const member of yield* groupOf(event)) {
      yield* perf_event_unthrottle(member, !freq || member !== event);
    }
  }
  if (!freq) return;
  yield* pmu.stop(event, PERF_EF_UPDATE);
  yield* tick.perf_adjust_period(event);
  yield* pmu.start(event, PERF_EF_RELOAD);
});

export const linux_7_3 = version(linux_6_12, {
  name: "linux-7.3",
  summary: "no disable in armpmu_add; the core throttles, and a whole group at once",
  kernels: release("7.3"),
  overrides: {
    armpmu_add,
    armv8pmu_enable_event,
    armv8pmu_handle_irq,
    __perf_event_account_interrupt,
    perf_event_disable_inatomic,
    perf_adjust_freq_unthr_event,
  },
  deviations: [noBrbe],
  differences: [
    {
      what: "armpmu_add does not disable the counter (and so does not clear its flag), it warns if an event is there",
      commit: "dcca27bc1ecc (6.15)",
    },
    {
      what: "armv8pmu_enable_event does not write PMCNTENCLR first",
      commit: "after dcca27bc1ecc",
    },
    {
      what: "the handler ignores what perf_event_overflow returns: the core stops a throttled event by pmu->stop",
      commit: "15073765285b (6.16)",
    },
    {
      what: "an event is throttled at the overflow that reaches max_samples_per_tick, also at the first one after a tick",
      commit: "f51972e6f8b9 (6.16)",
    },
    { what: "throttling stops the whole group, the tick starts it again", commit: "9734e25fbf5a (6.16)" },
    { what: "POLL_HUP stops the event within the handler", commit: "18dbcbfabfff (6.18)" },
  ],
});
