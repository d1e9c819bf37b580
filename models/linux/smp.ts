/**
 * arch/arm64/kernel/smp.c: interprocessor interrupts; same functions in the same order.
 *
 * Source: that file as of Linux 6.5. IPIs are SGIs, numbered as enum ipi_msg_type.
 * Not modelled: the other IPIs.
 */
import { kernelFunction } from "../../src/spec/kernel-function.js";
import { smp_processor_id } from "./config.js";
import { gic_ipi_send_mask } from "./irq-gic-v3.js";
import { irq_work_run } from "./irq_work.js";

export const IPI_RESCHEDULE = 0;
export const IPI_IRQ_WORK = 5;

export const arch_irq_work_raise = kernelFunction("arch_irq_work_raise", function* () {
  yield* smp_cross_call(yield* smp_processor_id(), IPI_IRQ_WORK);
});

/** include/linux/sched.h: the receiving CPU has need_resched set already; it only has to notice. */
export const scheduler_ipi = kernelFunction("scheduler_ipi", function* () {});

export const do_handle_IPI = kernelFunction("do_handle_IPI", function* (ipinr: number) {
  switch (ipinr) {
    case IPI_RESCHEDULE:
      return yield* scheduler_ipi();
    case IPI_IRQ_WORK:
      return yield* irq_work_run();
    default:
      throw new RangeError(`IPI ${ipinr} is not modelled`);
  }
});

export const ipi_handler = kernelFunction("ipi_handler", function* (irq: number) {
  yield* do_handle_IPI(irq);
});

export const smp_cross_call = kernelFunction("smp_cross_call", function* (target: number, ipinr: number) {
  yield* gic_ipi_send_mask(target, ipinr);
});

export const smp_send_reschedule = kernelFunction("smp_send_reschedule", function* (cpu: number) {
  yield* smp_cross_call(cpu, IPI_RESCHEDULE);
});
