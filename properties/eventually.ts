/**
 * Liveness properties: what must happen at some time, if the hardware and the scheduler are fair.
 *
 * Source: rr relies on every signal coming at some time; a lost overflow is one whose report never comes.
 */
import { counts, EVTCOUNT_MASK, overflowLine, pmu } from "../models/arm/pmuv3.js";
import { truth } from "../models/ground-truth.js";
import { MAX_INTERRUPTS, perfEvent, PERF_EVENT_STATE_ACTIVE } from "../models/linux/structs.js";
import type { LivenessProperty } from "../src/spec/property.js";

export const eventuallyDelivered: LivenessProperty = {
  name: "eventually-delivered",
  kind: "eventually",
  sentence: "A crossing is eventually reported, if its event goes on being counted.",
  reference: "mail of 20 Nov 2023; a task that never runs again is excused",
  waiting: (view, event) => view.read(truth(event)).due,
  subjects: "events",
  through: (of, event) => of.kind === "counted" && of.event === event,
};

export const lineEventuallyLow: LivenessProperty = {
  name: "line-eventually-low",
  kind: "eventually",
  sentence: "PMUIRQ does not stay high for ever.",
  reference: "a level-sensitive interrupt that is never cleared",
  waiting: (view, cpu) => overflowLine(view.read(pmu(Number(cpu)))),
  subjects: "cpus",
};

export const noInterruptStorm: LivenessProperty = {
  name: "no-interrupt-storm",
  kind: "eventually",
  sentence: "The PMU's handler does not run for ever without an event being counted in between.",
  reference: "a line that is high again as soon as the handler returns",
  waiting: () => true,
  subjects: "cpus",
  without: ({ kind }) => kind === "counted",
  through: (of, cpu) => of.kind === "handler" && of.cpu === Number(cpu),
};

export const throttledEnds: LivenessProperty = {
  name: "throttled-ends",
  kind: "eventually",
  sentence: "A throttled event is started again.",
  reference: "kernel/events/core.c: perf_adjust_freq_unthr_context at the tick, event_sched_in at a switch",
  waiting: (view, event) => {
    const { state, hw } = view.read(perfEvent(event));
    return state === PERF_EVENT_STATE_ACTIVE && hw.interrupts === MAX_INTERRUPTS;
  },
  subjects: "events",
};

export const keepsCounting: LivenessProperty = {
  name: "keeps-counting",
  kind: "eventually",
  sentence: "An event that is scheduled in and enabled goes on counting what its task does at EL0.",
  reference: "kernel/events/core.c: whatever stops an event in place starts it again",
  waiting: (view, event) => {
    const { state, oncpu, hw } = view.read(perfEvent(event));
    if (state !== PERF_EVENT_STATE_ACTIVE || oncpu < 0 || view.read(truth(event)).life !== "on") return false;
    return !counts(view.read(pmu(oncpu)), [hw.config_base & EVTCOUNT_MASK], 0);
  },
  subjects: "events",
};

export const signalFollows: LivenessProperty = {
  name: "signal-follows",
  kind: "eventually",
  sentence: "A reported overflow of an event with fasync is followed by its signal.",
  reference: "kernel/events/core.c: pending_wakeup and irq_work",
  saysNothing: (view) =>
    view.events.some((event) => view.read(perfEvent(event)).fasync) ? undefined : "no event has fasync",
  waiting: (view, event) => view.read(perfEvent(event)).pending_wakeup !== 0,
  subjects: "events",
};
