/**
 * drivers/clocksource/arm_arch_timer.c, kernel/time/{hrtimer,tick-sched,timer}.c, kernel/sched/core.c: what a timer
 * interrupt does for perf.
 *
 * Source: those files as of Linux 6.5.
 * Not modelled: time. A timer expires when the environment says so; its interrupt is a pulse, not a level.
 */
import { kernelFunction, operation } from "../../../../src/spec/kernel-function.js";
import { perf_event_task_tick, perf_mux_hrtimer_handler } from "../events/core/tick.js";
import { poke } from "../../memory.js";
import { per_cpu, type PerCpuData } from "../../structs.js";

const take_expired = operation<[], PerCpuData["timers"]>({
  name: "take_expired",
  perform: (view, cpu) => {
    const { timers } = per_cpu(cpu);
    return { tick: poke(view, timers.tick, () => false), mux: poke(view, timers.mux, () => false) };
  },
  show: (_, { tick, mux }) =>
    `expired: ${[...(tick ? ["tick"] : []), ...(mux ? ["multiplexing"] : [])].join(", ") || "none"}`,
});

export const scheduler_tick = kernelFunction("scheduler_tick", function* () {
  yield* perf_event_task_tick();
});

export const tick_sched_timer = kernelFunction("tick_sched_timer", function* () {
  yield* scheduler_tick();
});

export const hrtimer_interrupt = kernelFunction("hrtimer_interrupt", function* () {
  const { tick, mux } = yield* take_expired();
  if (tick) yield* tick_sched_timer();
  if (mux) yield* perf_mux_hrtimer_handler();
});

export const arch_timer_handler = kernelFunction("arch_timer_handler", function* () {
  yield* hrtimer_interrupt();
});
