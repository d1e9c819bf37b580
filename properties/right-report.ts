/**
 * Wrong reports: for the wrong event, in the wrong task or mode, or at the wrong time.
 *
 * Source: Mark Rutland, 29 Nov and 5 Dec 2023, on why an overflow cannot be reported at sched-out; rr's use of the
 * ioctls; kernel/events/core.c.
 */
import { perfEvent } from "../models/linux/structs.js";
import { excludeKernel, maxSamples } from "../models/parameters.js";
import type { SafetyProperty } from "../src/spec/property.js";

export const rightEvent: SafetyProperty = {
  name: "right-event",
  kind: "always",
  sentence: "An overflow of one event is never reported as an overflow of another.",
  reference:
    "mail of 5 Dec 2023: an overflow flag that is kept belongs to a counter, and counters are reused",
  saysNothing: ({ events }) => (events.length > 1 ? undefined : "there is no other event"),
  rules: [
    { name: "right-event", brokenBy: (of) => of.kind === "report" && of.unmatched && of.insteadOf !== null },
  ],
};

export const rightTask: SafetyProperty = {
  name: "right-task",
  kind: "always",
  sentence:
    "An overflow is reported, and its SIGTRAP sent, while the task that caused it is the current one.",
  reference: "mails of 29 Nov and 5 Dec 2023: work queued at sched-out runs in the next task's context",
  rules: [{ name: "right-task", brokenBy: (of) => of.kind === "report" && of.wrongTask }],
};

export const signalInTask: SafetyProperty = {
  name: "signal-in-task",
  kind: "always",
  sentence: "The work that an overflow queues runs while the event's task is the current one.",
  reference: "mail of 29 Nov 2023: work queued as a task leaves would run in the next task's context",
  occasion: { sentence: "a signal was sent for an event", reachedBy: (of) => of.kind === "signal" },
  rules: [{ name: "signal-in-task", brokenBy: (of) => of.kind === "signal" && of.elsewhere }],
};

export const noKernelSample: SafetyProperty = {
  name: "no-kernel-sample",
  kind: "always",
  sentence: "An event that excludes the kernel is never reported with the registers of kernel code.",
  reference: "kernel/events/core.c, sample_is_allowed; mail of 5 Dec 2023: no pt_regs outside of the handler",
  saysNothing: (view) =>
    view.parameter(excludeKernel) === 1 ? undefined : "no event excludes the kernel (excludeKernel=0)",
  rules: [
    {
      name: "no-kernel-sample",
      brokenBy: (of) => of.kind === "report" && of.excludesKernel && of.regs !== "user",
    },
  ],
};

export const noReportAfterTeardown: SafetyProperty = {
  name: "no-report-after-teardown",
  kind: "always",
  sentence:
    "After DISABLE has returned, or the event is closed or its task gone, nothing is reported for it.",
  reference: "mail of 20 Nov 2023: explicit teardown; kernel/events/core.c, perf_event_release_kernel",
  occasion: {
    sentence: "an event was disabled or closed",
    reachedBy: (of) => of.kind === "user" && (of.did === "disabled" || of.did === "closed"),
  },
  rules: [{ name: "no-report-after-teardown", brokenBy: (of) => of.kind === "report" && of.tornDown }],
};

export const noStaleReport: SafetyProperty = {
  name: "no-stale-report",
  kind: "always",
  sentence: "A crossing of the old period is not reported after IOC_PERIOD has begun a new one.",
  reference: "rr's re-arm sequence: DISABLE, RESET, PERIOD, ENABLE",
  occasion: {
    sentence: "a new period was begun",
    reachedBy: (of) => of.kind === "user" && of.did === "new-period",
  },
  rules: [{ name: "no-stale-report", brokenBy: (of) => of.kind === "report" && of.stale }],
};

export const noOverflowRecursion: SafetyProperty = {
  name: "no-overflow-recursion",
  kind: "always",
  sentence: "perf_event_overflow is never entered for an event whose overflow is being handled.",
  reference: "arch/arm64/kvm/pmu-emul.c: an overflow handler that stops and starts its event",
  saysNothing: (view) =>
    view.events.some((event) => view.read(perfEvent(event)).attr.kvm)
      ? undefined
      : "no event has an overflow handler that stops and starts it",
  rules: [{ name: "no-overflow-recursion", brokenBy: (of) => of.kind === "report" && of.nested }],
};

export const eventLimitExact: SafetyProperty = {
  name: "event-limit-exact",
  kind: "always",
  sentence:
    "IOC_REFRESH(n) yields exactly n reports and then POLL_HUP: never one more, and no POLL_HUP before.",
  reference: "perf_event_open(2), PERF_EVENT_IOC_REFRESH",
  occasion: {
    sentence: "an event came to the limit that IOC_REFRESH had set",
    reachedBy: (of) => of.kind === "signal" && of.hangup,
  },
  rules: [
    {
      name: "event-limit-exact",
      brokenBy: (of) => (of.kind === "report" && of.excess) || (of.kind === "signal" && of.early),
    },
  ],
};

export const boundedSkid: SafetyProperty = {
  name: "bounded-skid",
  kind: "always",
  sentence:
    "A crossing is reported before more events are counted than the assumed skid (and kernel entry) explain.",
  reference: "rr: a signal is expected within its skid of the period",
  rules: [{ name: "bounded-skid", brokenBy: (of) => of.kind === "counted" && of.late }],
};

export const noLossByGroupThrottle: SafetyProperty = {
  name: "no-loss-by-group-throttle",
  kind: "always",
  sentence: "Throttling one event of a group loses no overflow of another.",
  reference: "commit 9734e25fbf5a: the core stops the whole group",
  occasion: { sentence: "an event was throttled", reachedBy: (of) => of.kind === "throttled" },
  saysNothing: (view) => {
    if (view.events.every((event) => view.read(perfEvent(event)).sibling_list.length === 0)) {
      return "there is no group of events";
    }
    return view.parameter(maxSamples) === 0 ? "nothing throttles an event (maxSamples=0)" : undefined;
  },
  rules: [{ name: "no-loss-by-group-throttle", brokenBy: (of) => of.kind === "crossing" && of.overtakes }],
};
