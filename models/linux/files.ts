/**
 * Which C file each modelled function is in, as of Linux 6.5. A version says where it has one elsewhere.
 */
import { functionsOf } from "../../src/spec/kernel-function.js";
import * as daifflags from "./arch/arm64/include/asm/daifflags.js";
import * as entryCommon from "./arch/arm64/kernel/entry-common.js";
import * as entry from "./arch/arm64/kernel/entry.js";
import * as gicV3 from "./drivers/irqchip/irq-gic-v3.js";
import * as armPmu from "./drivers/perf/arm_pmu.js";
import * as armPmuv3 from "./drivers/perf/arm_pmuv3.js";
import * as syscall from "./fs/syscall.js";
import * as call from "./kernel/events/core/call.js";
import * as exit from "./kernel/events/core/exit.js";
import * as ioctl from "./kernel/events/core/ioctl.js";
import * as overflow from "./kernel/events/core/overflow.js";
import * as sched from "./kernel/events/core/sched.js";
import * as state from "./kernel/events/core/state.js";
import * as tick from "./kernel/events/core/tick.js";
import * as irqChip from "./kernel/irq/chip.js";
import * as irqWork from "./kernel/irq_work.js";
import * as schedCore from "./kernel/sched/core.js";
import * as signal from "./kernel/signal.js";
import * as smp from "./kernel/smp.js";
import * as timer from "./kernel/time/timer.js";

/** A C file, and the modules that model it. Some of them have functions of other files too (`elsewhere`). */
export interface ModelledFile {
  readonly file: string;
  readonly modules: readonly object[];
}

export const PMUV3_DRIVER = "drivers/perf/arm_pmuv3.c";

/** In the order of docs/reference/fidelity.md. */
export const modelledFiles: readonly ModelledFile[] = [
  { file: "drivers/perf/arm_pmu.c", modules: [armPmu] },
  { file: PMUV3_DRIVER, modules: [armPmuv3] },
  { file: "kernel/events/core.c", modules: [call, state, sched, tick, ioctl, overflow, exit] },
  { file: "kernel/irq_work.c", modules: [irqWork] },
  { file: "kernel/smp.c", modules: [smp] },
  { file: "kernel/sched/core.c", modules: [schedCore] },
  { file: "kernel/irq/chip.c", modules: [irqChip] },
  { file: "drivers/irqchip/irq-gic-v3.c", modules: [gicV3] },
  { file: "arch/arm64/kernel/entry.S", modules: [entry] },
  { file: "arch/arm64/kernel/entry-common.c", modules: [entryCommon] },
  { file: "arch/arm64/include/asm/daifflags.h", modules: [daifflags] },
  { file: "kernel/signal.c", modules: [signal] },
  { file: "kernel/time/timer.c", modules: [timer] },
  { file: "fs/fcntl.c and system calls", modules: [syscall] },
];

/** Functions that are modelled beside those of another file; null for those that the kernel has not, or not by that name. */
const elsewhere: Readonly<Record<string, string | null>> = {
  cpu_suspend: "arch/arm64/kernel/suspend.c",
  cpuhp_cycle: null,
  raw_spin_lock_irq: "include/linux/spinlock.h",
  raw_spin_unlock_irq: "include/linux/spinlock.h",
  kvm_pmu_perf_overflow: "arch/arm64/kvm/pmu-emul.c",
  arch_irq_work_raise: "arch/arm64/kernel/smp.c",
  arch_send_call_function_single_ipi: "arch/arm64/kernel/smp.c",
  do_handle_IPI: "arch/arm64/kernel/smp.c",
  ipi_handler: "arch/arm64/kernel/smp.c",
  smp_cross_call: "arch/arm64/kernel/smp.c",
  smp_send_reschedule: "arch/arm64/kernel/smp.c",
  scheduler_ipi: "include/linux/sched.h",
  need_resched: "include/linux/sched.h",
  do_idle: "kernel/sched/idle.c",
  boot_cpu: null,
  cpu_stopper_thread: "kernel/stop_machine.c",
  smpboot_thread_fn: "kernel/smpboot.c",
  generic_handle_domain_irq: "kernel/irq/irqdesc.c",
  generic_handle_domain_nmi: "kernel/irq/irqdesc.c",
  do_el0_svc: "arch/arm64/kernel/syscall.c",
  invoke_syscall: "arch/arm64/kernel/syscall.c",
  do_notify_resume: "arch/arm64/kernel/signal.c",
  read_thread_flags: "include/linux/thread_info.h",
  local_irq_disable: "include/linux/irqflags.h",
  local_irq_enable: "include/linux/irqflags.h",
  do_signal: "arch/arm64/kernel/signal.c",
  kill_fasync: "fs/fcntl.c",
  resume_user_mode_work: "include/linux/resume_user_mode.h",
  task_work_add: "kernel/task_work.c",
  task_work_run: "kernel/task_work.c",
  arch_timer_handler: "drivers/clocksource/arm_arch_timer.c",
  hrtimer_interrupt: "kernel/time/hrtimer.c",
  tick_sched_timer: "kernel/time/tick-sched.c",
  scheduler_tick: "kernel/sched/core.c",
  do_exit: "kernel/exit.c",
};

/** By function name. */
export const files: ReadonlyMap<string, string> = new Map(
  modelledFiles.flatMap(({ file, modules }) =>
    [...functionsOf(...modules).keys()].flatMap((name) => {
      const found = name in elsewhere ? elsewhere[name] : file;
      return found === null || found === undefined ? [] : [[name, found] as const];
    }),
  ),
);
