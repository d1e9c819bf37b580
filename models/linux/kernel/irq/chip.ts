/**
 * kernel/irq/chip.c, kernel/irq/irqdesc.c: from an interrupt's number to its handler.
 *
 * Source: those files as of Linux 6.5: per-CPU interrupts with the fasteoi flow.
 * Not modelled: interrupt descriptors, statistics, what happens to an interrupt nobody handles.
 */
import { kernelFunction, prototype } from "../../../../src/spec/kernel-function.js";
import { intid, PMU_PPI, TIMER_PPI } from "../../config.js";
import { irq_eoi } from "../../drivers/irqchip/irq-gic-v3.js";

const armpmu_dispatch_irq = prototype<[], number>("armpmu_dispatch_irq");
const ipi_handler = prototype<[irq: number], void>("ipi_handler");
const arch_timer_handler = prototype<[], void>("arch_timer_handler");

export const handle_percpu_devid_irq = kernelFunction(
  "handle_percpu_devid_irq",
  function* (irqnr: number) {
    if (irqnr === PMU_PPI) yield* armpmu_dispatch_irq();
    else if (irqnr === TIMER_PPI) yield* arch_timer_handler();
    else yield* ipi_handler(irqnr);
    yield* irq_eoi(irqnr);
  },
  { arguments: [intid] },
);

export const handle_percpu_devid_fasteoi_nmi = kernelFunction(
  "handle_percpu_devid_fasteoi_nmi",
  function* (irqnr: number) {
    yield* armpmu_dispatch_irq();
    yield* irq_eoi(irqnr);
  },
  { arguments: [intid] },
);

export const generic_handle_domain_irq = kernelFunction(
  "generic_handle_domain_irq",
  function* (irqnr: number) {
    yield* handle_percpu_devid_irq(irqnr);
  },
  { arguments: [intid] },
);

export const generic_handle_domain_nmi = kernelFunction(
  "generic_handle_domain_nmi",
  function* (irqnr: number) {
    yield* handle_percpu_devid_fasteoi_nmi(irqnr);
  },
  { arguments: [intid] },
);
