/**
 * include/linux/hardirq.h, kernel/softirq.c: preempt_count says where a CPU is. Private to the CPU, so no step.
 *
 * Not modelled: softirqs (a window with interrupts on inside irq_exit_rcu, where a pending interrupt would be
 *   taken: leaving it out leaves out deliveries, not losses), RCU, lockdep, tracing.
 */
import { operation } from "../../../../src/spec/kernel-function.js";
import { pe } from "../../../arm/pe.js";

export const irq_enter_rcu = counting("irq_enter_rcu", "hardirq", 1);
export const irq_exit_rcu = counting("irq_exit_rcu", "hardirq", -1);
export const nmi_enter = counting("nmi_enter", "nmi", 1);
export const nmi_exit = counting("nmi_exit", "nmi", -1);

function counting(name: string, part: "hardirq" | "nmi", by: number) {
  return operation<[], void>({
    name,
    local: true,
    perform: (view, cpu) =>
      view.update(pe(cpu), (of) => {
        of.preempt_count[part] += by;
      }),
  });
}
