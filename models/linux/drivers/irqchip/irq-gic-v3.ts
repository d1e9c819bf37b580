/**
 * drivers/irqchip/irq-gic-v3.c: acknowledging and ending interrupts; same functions in the same order.
 *
 * Source: that file as of Linux 6.5: EOImode 1 where the kernel runs at EL2, as on the machines of the mail; EOImode 0 in a
 *   guest (vpmu=1).
 * Not modelled: SPIs, LPIs, affinity, the distributor's registers, the vgic.
 */
import { kernelFunction, macro, operation, prototype } from "../../../../src/spec/kernel-function.js";
import {
  acknowledge,
  acknowledgeable,
  deactivate,
  dropPriority,
  generateSGI,
  gic,
  runningPriority,
  SPURIOUS,
} from "../../../arm/gicv3.js";
import { pe, type PtRegs } from "../../../arm/pe.js";
import {
  GIC_PRIO_IRQOFF,
  GIC_PRIO_IRQON,
  gic_read_pmr,
  gic_write_pmr,
  write_daif_i,
} from "../../arch/arm64/include/asm/daifflags.js";
import { pmu, synchronise } from "../../../arm/pmuv3.js";
import { sync, vpmu } from "../../../parameters.js";
import { isb } from "../../arch/arm64/include/asm/arm_pmuv3.js";
import { nmi_enter, nmi_exit } from "../../include/linux/hardirq.js";
import { intid, showIntid, system_uses_irq_prio_masking } from "../../config.js";

/** Priorities of ordinary interrupts and of pseudo-NMIs (GICD_INT_DEF_PRI, GICD_INT_NMI_PRI). */
export const GICD_INT_DEF_PRI = 0xa0;
export const GICD_INT_NMI_PRI = 0x20;

const generic_handle_domain_irq = prototype<[irqnr: number], void>("generic_handle_domain_irq");
const generic_handle_domain_nmi = prototype<[irqnr: number], void>("generic_handle_domain_nmi");

/** ICC_IAR1_EL1: which of several interrupts of one priority comes first is the GIC's choice. */
export const gic_read_iar = operation<[], number>({
  name: "gic_read_iar",
  choices: (view, cpu) => {
    const intids = acknowledgeable(view.read(gic(cpu)), view.read(pe(cpu)).ICC_PMR);
    return intids.length === 0 ? [String(SPURIOUS)] : intids.map(String);
  },
  perform: (view, cpu, _, choice) => {
    const irqnr = Number(choice);
    if (irqnr === SPURIOUS) view.observe({ kind: "spurious", cpu });
    else view.update(gic(cpu), (of) => acknowledge(of, irqnr));
    return irqnr;
  },
  show: (_, irqnr) => `ICC_IAR1 is ${showIntid(irqnr)}`,
});

export const gic_read_rpr = operation<[], number>({
  name: "gic_read_rpr",
  perform: (view, cpu) => runningPriority(view.read(gic(cpu))),
  show: (_, priority) => `ICC_RPR is 0x${priority.toString(16)}`,
});

const write_eoir = operation<[number], void>({
  name: "write_eoir",
  perform: (view, cpu) => view.update(gic(cpu), dropPriority),
  show: ([irqnr]) => `ICC_EOIR1 = ${showIntid(irqnr)}`,
});

const gic_write_dir = operation<[number], void>({
  name: "gic_write_dir",
  perform: (view, cpu, [irqnr]) => view.update(gic(cpu), (of) => deactivate(of, irqnr)),
  show: ([irqnr]) => `ICC_DIR = ${showIntid(irqnr)}`,
});

/** And the isb after it, which is no access: it makes writes to the PMU visible where they are late. */
const write_sgi1r = operation<[number, number], void>({
  name: "write_sgi1r",
  perform: (view, cpu, [target, sgi]) => {
    view.update(gic(target), (of) => generateSGI(of, sgi));
    if (view.parameter(sync) === 1) view.update(pmu(cpu), synchronise);
  },
  show: ([target, sgi]) => `ICC_SGI1R = SGI ${showIntid(sgi)} to CPU${target}`,
});

/** ICC_EOIR1_EL1 with EOImode 0, as in a guest: drops the priority and deactivates, at the end of the handler. */
const write_eoir_of_guest = operation<[number], void>({
  name: "write_eoir_of_guest",
  perform: (view, cpu, [irqnr]) =>
    view.update(gic(cpu), (of) => {
      dropPriority(of);
      deactivate(of, irqnr);
    }),
  show: ([irqnr]) => `ICC_EOIR1 = ${showIntid(irqnr)}, EOImode 0`,
});

/** supports_deactivate_key: false where the kernel has no hyp mode, in every guest. */
const supports_deactivate = operation<[], boolean>({
  name: "supports_deactivate_key",
  local: true,
  perform: (view) => view.parameter(vpmu) === 0,
});

/** With EOImode 0. */
export const gic_eoi_irq = kernelFunction(
  "gic_eoi_irq",
  function* (irqnr: number) {
    yield* write_eoir_of_guest(irqnr);
    yield* isb();
  },
  { arguments: [intid] },
);

/** chip->irq_eoi */
export const irq_eoi = macro("irq_eoi", function* (irqnr: number) {
  if (yield* supports_deactivate()) yield* gic_eoimode1_eoi_irq(irqnr);
  else yield* gic_eoi_irq(irqnr);
});

/** Deactivates; with EOImode 1 the priority was dropped when the interrupt was acknowledged. */
export const gic_eoimode1_eoi_irq = kernelFunction(
  "gic_eoimode1_eoi_irq",
  function* (irqnr: number) {
    yield* gic_write_dir(irqnr);
  },
  { arguments: [intid] },
);

export const gic_complete_ack = kernelFunction(
  "gic_complete_ack",
  function* (irqnr: number) {
    if (yield* supports_deactivate()) yield* write_eoir(irqnr);
    yield* isb();
  },
  { arguments: [intid] },
);

/** Must look before the priority is dropped. */
export const gic_rpr_is_nmi_prio = kernelFunction("gic_rpr_is_nmi_prio", function* () {
  if (!(yield* system_uses_irq_prio_masking())) return false;
  return (yield* gic_read_rpr()) === GICD_INT_NMI_PRI;
});

function gic_irqnr_is_special(irqnr: number): boolean {
  return irqnr >= 1020 && irqnr <= 1023;
}

export const __gic_handle_irq = kernelFunction(
  "__gic_handle_irq",
  function* (irqnr: number) {
    if (gic_irqnr_is_special(irqnr)) return;
    yield* gic_complete_ack(irqnr);
    yield* generic_handle_domain_irq(irqnr);
  },
  { arguments: [intid] },
);

export const __gic_handle_nmi = kernelFunction(
  "__gic_handle_nmi",
  function* (irqnr: number) {
    if (gic_irqnr_is_special(irqnr)) return;
    yield* gic_complete_ack(irqnr);
    yield* generic_handle_domain_nmi(irqnr);
  },
  { arguments: [intid] },
);

/** Taken where interrupts were on: an IRQ or an NMI. */
export const __gic_handle_irq_from_irqson = kernelFunction("__gic_handle_irq_from_irqson", function* () {
  const irqnr = yield* gic_read_iar();
  const is_nmi = yield* gic_rpr_is_nmi_prio();
  if (is_nmi) {
    yield* nmi_enter();
    yield* __gic_handle_nmi(irqnr);
    yield* nmi_exit();
  }
  if (yield* system_uses_irq_prio_masking()) {
    // Masks IRQs by priority, then lets NMIs through: they may interrupt an IRQ's handler.
    yield* gic_write_pmr(GIC_PRIO_IRQOFF);
    yield* write_daif_i(false);
  }
  if (!is_nmi) yield* __gic_handle_irq(irqnr);
});

/** Taken where interrupts were off: an NMI, if it has not been withdrawn meanwhile. */
export const __gic_handle_irq_from_irqsoff = kernelFunction("__gic_handle_irq_from_irqsoff", function* () {
  const pmr = yield* gic_read_pmr();
  yield* gic_write_pmr(GIC_PRIO_IRQOFF);
  yield* isb();
  const irqnr = yield* gic_read_iar();
  yield* gic_write_pmr(pmr);
  yield* __gic_handle_nmi(irqnr);
});

export const gic_handle_irq = kernelFunction("gic_handle_irq", function* (regs: PtRegs) {
  const nmi = yield* system_uses_irq_prio_masking();
  if (nmi && !interrupts_enabled(regs)) yield* __gic_handle_irq_from_irqsoff();
  else yield* __gic_handle_irq_from_irqson();
});

export const gic_ipi_send_mask = kernelFunction(
  "gic_ipi_send_mask",
  function* (cpu: number, sgi: number) {
    yield* write_sgi1r(cpu, sgi);
  },
  { arguments: [undefined, intid] },
);

/** arch/arm64/include/asm/ptrace.h: were interrupts on where the exception was taken? */
export function interrupts_enabled(regs: PtRegs): boolean {
  return !regs.I && regs.pmr === GIC_PRIO_IRQON;
}
