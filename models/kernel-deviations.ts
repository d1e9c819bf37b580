/**
 * The deviation register, of the kernel: where the models of Linux knowingly do less or more than its source. deviations.ts
 * has the hardware's, and those of single versions.
 */
import type { Deviation } from "../src/spec/deviation.js";

export const kernelDeviations: readonly Deviation[] = [
  {
    name: "no-softirq",
    where: "models/linux/include/linux/hardirq.ts",
    what: "softirqs and preemption inside the kernel are left out",
    does: "less",
    because:
      "a softirq is a window with interrupts on: leaving it out leaves out deliveries, not losses; preemption adds places for a task switch",
  },
  {
    name: "own-task-switches",
    where: "models/linux/kernel/sched/core.ts, models/linux/world/wakeups.ts",
    what: "tasks take turns, at any time after `slice` counted events; no scheduling classes, no load balancing",
    does: "more",
    because:
      "every order of switches that a policy makes is among these, if slices are not shorter than `slice`",
  },
  {
    name: "one-pmu-context",
    where: "models/linux/kernel/events/core/call.ts",
    what: "cpuctx->ctx.lock, ctx->mutex and events of other PMUs are left out",
    does: "less",
    because: "nothing here contends for these locks: one program at a time uses an event's file descriptor",
  },
  {
    name: "no-cgroups",
    where: "models/linux/kernel/events/core/state.ts, models/linux/kernel/events/core/sched.ts",
    what: "cgroups, exclusive groups, transactions that fail and events bound to a CPU within a task are left out",
    does: "less",
    because: "each is one more way to the same pmu->del and pmu->add",
  },
  {
    name: "no-rates",
    where: "models/linux/kernel/events/core/tick.ts, models/linux/kernel/time/timer.ts",
    what:
      "there is no time: a tick comes after `tick` counted events, or where nothing is counted at EL0; frequency mode either leaves " +
      "period_left or sets it to 0, and never changes sample_period",
    does: "less",
    because:
      "perf_adjust_period always writes a new sample_period; the ground truth has one period for all, so that it stays as it is here",
  },
  {
    name: "no-cpu-rotation",
    where: "models/linux/kernel/events/core/tick.ts",
    what: "the multiplexing timer rotates a task's events, and not those of a CPU's own context",
    does: "less",
    because: "a CPU's events would have to be flexible and more than its counters, which no scenario has",
  },
  {
    name: "lazy-mm",
    where: "models/linux/kernel/sched/core.ts",
    what: "switch_mm's isb is there from one user task to the next, and not where a kernel thread ran in between",
    does: "more",
    because:
      "which address space the kernel thread borrowed is not kept; without the isb a write may only act later",
  },
  {
    name: "sample-contents",
    where: "models/linux/kernel/events/core/overflow.ts",
    what: "a sample is where and when it is taken, not what is in it; BPF, address filters and other buffers are left out",
    does: "less",
    because: "what a sample says about registers is only whether they are user mode's (no-kernel-sample)",
  },
  {
    name: "exit-only-events",
    where: "models/linux/kernel/events/core/exit.ts, models/linux/fs/syscall.ts",
    what: "exit, close and ptrace are reduced to what they do to events; inherited events have no parent",
    does: "less",
    because: "the rest of do_exit comes after the events are gone",
  },
  {
    name: "signals-are-notes",
    where: "models/linux/kernel/signal.ts",
    what: "a signal is noted, and stops a task that a debugger traces; no handler runs",
    does: "less",
    because: "what the mail's programs do with a signal is to count it",
  },
  {
    name: "irq-work-one",
    where: "models/linux/kernel/irq_work.ts",
    what: "an event has one irq_work (pending_disable_irq of 6.11 shares it), and there is no lazy work",
    does: "same",
    because: "each run looks at all the event's flags, so a shared run does what two would",
  },
  {
    name: "no-userpage",
    where: "models/linux/drivers/perf/arm_pmu.ts, models/linux/arch/arm64/include/asm/arm_pmuv3.ts",
    what: "user space does not read counters: no userpage, PMUSERENR is written and nothing more",
    does: "less",
    because: "reading a counter changes neither the counter nor its flag",
  },
  {
    name: "sigtrap-warnings",
    where: "models/linux/kernel/events/core/overflow.ts",
    what: "perf_sigtrap warns of an event of another task only; the tests for a task that exits and for pending_id are left out",
    does: "less",
    because:
      "no-kernel-warning rests on fewer warnings than the kernel has; none of them is about a report that is lost",
  },
  {
    name: "task-cpu-late",
    where: "models/linux/kernel/sched/core.ts",
    what: "a task that is moved gets its CPU's number under the lock of the new run queue, not under that of the old one",
    does: "same",
    because:
      "perf asks for the number to find the CPU of an event, and in between the answer is -ESRCH either way",
  },
  {
    name: "clone-unlock",
    where: "models/linux/kernel/events/core/sched.ts",
    what: "the lock of the next context is released after task_ctx_sched_out, where contexts of clones differ; the kernel releases it before",
    does: "same",
    because: "nobody else wants that lock at that time: its task is about to run here",
  },
  {
    name: "pm-and-hotplug",
    where: "models/linux/drivers/perf/arm_pmu.ts",
    what: "CPU_PM_ENTER_FAILED, and perf_event_exit_cpu and perf_event_init_cpu around a hotplug, are left out",
    does: "less",
    because:
      "they stop and start events as CPU_PM_ENTER, CPU_PM_EXIT and a migration do; in hotplug no event is left on the CPU",
  },
  {
    name: "events-at-boot",
    where: "models/linux/world/machine.ts",
    what: "events exist before boot: perf_event_open, enable_on_exec and PR_TASK_PERF_EVENTS_ENABLE are left out",
    does: "less",
    because:
      "to an event that is there already each does what another one's ENABLE does (ctx_resched), which innocent has",
  },
  {
    name: "gic-priorities",
    where: "models/linux/drivers/irqchip/irq-gic-v3.ts",
    what: "the priorities of ordinary interrupts and of pseudo-NMIs are 0xa0 and 0x20 in every version; since 6.11 they are 0xc0 and 0x80",
    does: "same",
    because: "only their order counts",
  },
  {
    name: "no-kvm-host",
    where: "models/linux/drivers/perf/arm_pmuv3.ts",
    what: "kvm_set_pmu_events and counters that are deferred to a guest are left out",
    does: "less",
    because: "an event that counts a guest is started and stopped at the world switch, which is not modelled",
  },
];
