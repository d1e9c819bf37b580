/**
 * What a log may show and the models do not decide: entries of these are not compared. The one place that says so.
 */

export interface LeftOut {
  readonly functions: readonly string[];
  readonly because: string;
}

/** Functions that the models have, and call at other times than the kernel; what they lack is left out besides. */
export const LEFT_OUT: readonly LeftOut[] = [
  {
    functions: ["perf_pmu_disable", "perf_pmu_enable"],
    because:
      "the kernel nests them (the transaction of a group's start, since 6.13 none); what counts is the outermost, which armv8pmu_stop and armv8pmu_start show",
  },
  {
    functions: ["ctx_sched_in", "ctx_sched_out", "perf_ctx_lock", "perf_ctx_unlock"],
    because: "the kernel calls them for the CPU's context too (deviation one-pmu-context)",
  },
  {
    functions: ["group_sched_in", "group_sched_out", "merge_sched_in", "perf_event_task_tick"],
    because: "they are called for other PMUs' events and contexts too (deviation one-pmu-context)",
  },
  {
    functions: [
      "__perf_event_task_sched_in",
      "__perf_event_task_sched_out",
      "resched_curr",
      "ttwu_do_wakeup",
      "try_to_wake_up",
      "schedule",
      "__schedule",
      "task_work_run",
    ],
    because: "every task on the machine uses them, for reasons that the scenario does not have",
  },
  {
    functions: [
      "gic_handle_irq",
      "do_interrupt_handler",
      "el0_interrupt",
      "el1_interrupt",
      "el0t_64_irq_handler",
      "el1h_64_irq_handler",
      "handle_percpu_devid_irq",
      "generic_handle_domain_irq",
      "gic_eoimode1_eoi_irq",
      "do_notify_resume",
      "irq_enter",
      "irq_exit",
    ],
    because:
      "interrupts of other devices (timers, IPIs) run them; the PMU's is seen by its handler, armv8pmu_handle_irq",
  },
];

/** Why a function's entries are not compared; undefined if they are, provided that the models have it. */
export function whyLeftOut(name: string): string | undefined {
  return LEFT_OUT.find(({ functions }) => functions.includes(name))?.because;
}
