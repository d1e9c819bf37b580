/**
 * arch/arm64/kernel/entry-common.c, syscall.c, and do_notify_resume of signal.c: around interrupts and system calls;
 * same functions in the same order.
 *
 * Source: those files as of Linux 6.5, CONFIG_PREEMPTION off (need_irq_preemption() is false).
 * Not modelled: RCU, context tracking, lockdep, MTE, other exceptions; work at the return to user mode other than
 *   rescheduling, signals to a traced task, and task work.
 */
import {
  become,
  kernelFunction,
  prototype,
  type KernelFunction,
} from "../../../../../src/spec/kernel-function.js";
import type { PtRegs } from "../../../../arm/pe.js";
import { local_daif_mask, local_daif_restore } from "../include/asm/daifflags.js";
import { current_task, system_uses_irq_prio_masking } from "../../../config.js";
import { irq_enter_rcu, irq_exit_rcu, nmi_enter, nmi_exit } from "../../../include/linux/hardirq.js";
import { interrupts_enabled } from "../../../drivers/irqchip/irq-gic-v3.js";
import { load } from "../../../memory.js";
import {
  task_struct,
  thread_info_flags,
  TIF_NEED_RESCHED,
  TIF_NOTIFY_RESUME,
  TIF_SIGPENDING,
} from "../../../structs.js";
import { invoke_syscall, type Syscall } from "../../../fs/syscall.js";

const handle_arch_irq = prototype<[regs: PtRegs], void>("gic_handle_irq");
const schedule = prototype<[], void>("schedule");
const do_signal = prototype<[], void>("do_signal");
const resume_user_mode_work = prototype<[], void>("resume_user_mode_work");

export const read_thread_flags = kernelFunction(
  "read_thread_flags",
  function* () {
    return yield* load(task_struct(yield* current_task()).flags);
  },
  { result: thread_info_flags },
);

export const prepare_exit_to_user_mode = kernelFunction("prepare_exit_to_user_mode", function* () {
  yield* local_daif_mask();
  const flags = yield* read_thread_flags();
  if (flags !== 0) yield* do_notify_resume(flags);
});

export const exit_to_user_mode = kernelFunction("exit_to_user_mode", function* () {
  yield* prepare_exit_to_user_mode();
});

export const do_interrupt_handler = kernelFunction("do_interrupt_handler", function* (regs: PtRegs) {
  yield* handle_arch_irq(regs);
});

export const __el1_pnmi = kernelFunction("__el1_pnmi", function* (regs: PtRegs) {
  yield* nmi_enter();
  yield* do_interrupt_handler(regs);
  yield* nmi_exit();
});

export const __el1_irq = kernelFunction("__el1_irq", function* (regs: PtRegs) {
  yield* irq_enter_rcu();
  yield* do_interrupt_handler(regs);
  yield* irq_exit_rcu();
});

export const el1_interrupt = kernelFunction("el1_interrupt", function* (regs: PtRegs) {
  const nmi = yield* system_uses_irq_prio_masking();
  if (nmi && !interrupts_enabled(regs)) yield* __el1_pnmi(regs);
  else yield* __el1_irq(regs);
});

export const el1h_64_irq_handler = kernelFunction("el1h_64_irq_handler", function* (regs: PtRegs) {
  yield* el1_interrupt(regs);
});

/** syscall.c: system calls run with interrupts on. */
export const do_el0_svc = kernelFunction("do_el0_svc", function* (call: Syscall) {
  yield* local_daif_restore("DAIF_PROCCTX");
  yield* invoke_syscall(call);
});

export const el0_svc = kernelFunction("el0_svc", function* (call: Syscall) {
  yield* do_el0_svc(call);
  yield* exit_to_user_mode();
});

export const el0t_64_sync_handler = kernelFunction("el0t_64_sync_handler", function* (call: Syscall) {
  yield* el0_svc(call);
});

export const el0_interrupt = kernelFunction("el0_interrupt", function* (regs: PtRegs) {
  yield* irq_enter_rcu();
  yield* do_interrupt_handler(regs);
  yield* irq_exit_rcu();
  yield* exit_to_user_mode();
});

export const el0t_64_irq_handler = kernelFunction("el0t_64_irq_handler", function* (regs: PtRegs) {
  yield* el0_interrupt(regs);
});

/**
 * signal.c. Up to 6.8 interrupts stay masked from the exception until the task is switched out: a PMU interrupt
 * that becomes pending meanwhile has no chance to be taken before. Other work is done with interrupts on.
 */
export const do_notify_resume: KernelFunction<[thread_flags: number], void> = kernelFunction(
  "do_notify_resume",
  function* (thread_flags) {
    if ((thread_flags & TIF_NEED_RESCHED) !== 0) {
      yield* local_daif_restore("DAIF_PROCCTX_NOIRQ");
      yield* schedule();
    } else {
      yield* local_daif_restore("DAIF_PROCCTX");
      if ((thread_flags & TIF_SIGPENDING) !== 0) yield* do_signal();
      if ((thread_flags & TIF_NOTIFY_RESUME) !== 0) yield* resume_user_mode_work();
    }
    yield* local_daif_mask();
    // do { ... } while (thread_flags & _TIF_WORK_MASK)
    const flags = yield* read_thread_flags();
    if (flags !== 0) return yield* become(do_notify_resume, flags);
  },
  { arguments: [thread_info_flags] },
);
