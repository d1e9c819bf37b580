/**
 * Which sources the models of Linux were read beside, when, and which files only in passing. docs/reference/fidelity.md is
 * made of this.
 *
 * Read means: order of accesses, masks and conditions were compared, function by function, with the C. Every difference
 * that was found was mended, or is in the deviation register.
 */
import { functionsOf } from "../src/spec/kernel-function.js";
import { modelledFiles as kernelFiles } from "./linux/files.js";

/** A C file with its modelled functions. */
export interface ModelledFile {
  readonly file: string;
  readonly functions: readonly string[];
}

/** By C file, in the order of the page. */
export const modelledFiles: readonly ModelledFile[] = kernelFiles.map(({ file, modules }) => ({
  file,
  functions: [...functionsOf(...modules).keys()],
}));

/** Files that were read in passing only, whatever the version: nothing is claimed of them. */
export const readInPassing: readonly string[] = ["kernel/time/timer.c", "fs/fcntl.c and system calls"];

/**
 * Functions of files that were read, of which the notes of the readers do not speak by name: macros that are the model's own,
 * wrappers, and what nobody wrote down. They count as not compared.
 */
export const notNoted: readonly string[] = [
  "ARMV8_IDX_CYCLE_COUNTER",
  "ARMV8_IDX_COUNTER0",
  "ARMV8_IDX_TO_COUNTER",
  "armpmu_indices",
  "armpmu_counter_indices",
  "cpu_suspend",
  "cpuhp_cycle",
  "raw_spin_lock_irq",
  "raw_spin_unlock_irq",
  "cpu_function_call",
  "perf_ctx_lock",
  "perf_ctx_unlock",
  "context_emptied",
  "perf_event_disable_local",
  "cpu_ctx_make_way",
  "_perf_event_refresh",
  "__pmu_ctx_sched_out",
  "__perf_event_task_sched_out",
  "__perf_event_task_sched_in",
  "perf_mux_hrtimer_handler",
  "perf_adjust_freq_unthr_event",
  "perf_pmu_read",
  "perf_event_read",
  "perf_read",
  "perf_release",
  "_perf_event_period",
  "_perf_ioctl",
  "perf_ioctl",
  "count_interrupt",
  "throttle_event",
  "perf_event_overflow",
  "__irq_work_queue_local",
  "irq_work_run",
  "arch_send_call_function_single_ipi",
  "arch_irq_work_raise",
  "scheduler_ipi",
  "do_handle_IPI",
  "ipi_handler",
  "smp_cross_call",
  "smp_send_reschedule",
  "__smp_call_single_queue",
  "generic_exec_single",
  "resched_curr",
  "migration_cpu_stop",
  "wake_up_process",
  "finish_lock_switch",
  "schedule_tail",
  "context_switch",
  "need_resched",
  "schedule",
  "schedule_idle",
  "do_idle",
  "boot_cpu",
  "cpu_stopper_thread",
  "smpboot_thread_fn",
  "handle_percpu_devid_irq",
  "handle_percpu_devid_fasteoi_nmi",
  "generic_handle_domain_irq",
  "generic_handle_domain_nmi",
  "irq_eoi",
  "gic_complete_ack",
  "el0t_64_sync",
  "ret_from_fork",
  "read_thread_flags",
  "exit_to_user_mode",
  "do_interrupt_handler",
  "do_el0_svc",
  "kill_fasync",
  "task_work_add",
  "resume_user_mode_work",
  "task_work_run",
];

/** What a version's functions were read beside. */
export interface Reading {
  /** The version of the model. */
  readonly driver: string;
  readonly source: string;
  /** ISO 8601. */
  readonly date: string;
  /** The C files that were read; all but those read in passing if absent. */
  readonly files?: readonly string[];
}

export const readings: readonly Reading[] = [
  { driver: "linux-6.1.y", source: "Debian's linux-source 6.1.192", date: "2026-11-26" },
  { driver: "linux-6.12.y", source: "Debian's linux-source 6.12.117", date: "2026-11-26" },
  {
    driver: "linux-6.5",
    source: "a core.c of between 6.2 and 6.4",
    date: "2026-11-26",
    files: ["kernel/events/core.c"],
  },
  {
    driver: "linux-7.3",
    source: "single files of after 6.17",
    date: "2026-11-26",
    files: ["drivers/perf/arm_pmu.c", "drivers/perf/arm_pmuv3.c"],
  },
];
