/**
 * arch/arm64/include/asm/daifflags.h and irqflags.h: masking and unmasking interrupts.
 *
 * Source: those files as of Linux 6.5. Without priority masking PSTATE.I does it; with it ICC_PMR_EL1 does, and
 * PSTATE.I is set only where even an NMI must wait.
 * Not modelled: PSTATE.{D,A,F}; arch_local_irq_save/restore (nothing modelled nests).
 */
import { kernelFunction, operation } from "../../../../../../src/spec/kernel-function.js";
import { flagsOf, hex } from "../../../../../../src/spec/notation.js";
import { pe } from "../../../../../arm/pe.js";
import { system_uses_irq_prio_masking } from "../../../../config.js";

export const GIC_PRIO_IRQON = 0xe0;
export const GIC_PRIO_IRQOFF = 0x60;
export const GIC_PRIO_PSR_I_SET = 0x10;
const priorities = flagsOf({ GIC_PRIO_IRQON, GIC_PRIO_IRQOFF, GIC_PRIO_PSR_I_SET });

/** `0x60 (GIC_PRIO_IRQOFF)` */
function showPMR(value: number): string {
  return `${hex(value)} (${priorities(value)})`;
}

/** The flags a restore may be given; only "are interrupts masked, and can NMIs be taken" is left of them. */
export type Daif = "DAIF_PROCCTX" | "DAIF_PROCCTX_NOIRQ";

/** `mrs daif`, the I bit. */
export const read_daif_i = operation<[], boolean>({
  name: "read_daif_i",
  perform: (view, cpu) => view.read(pe(cpu)).PSTATE.I,
  show: (_, masked) => `PSTATE.I is ${masked ? 1 : 0}`,
});

/** `msr daifset` / `msr daifclr`, the I bit. */
export const write_daif_i = operation<[boolean], void>({
  name: "write_daif_i",
  perform: (view, cpu, [masked]) =>
    view.update(pe(cpu), (of) => {
      of.PSTATE.I = masked;
    }),
  show: ([masked]) => `PSTATE.I = ${masked ? 1 : 0}`,
});

export const gic_write_pmr = operation<[number], void>({
  name: "gic_write_pmr",
  perform: (view, cpu, [value]) =>
    view.update(pe(cpu), (of) => {
      of.ICC_PMR = value;
    }),
  show: ([value]) => `ICC_PMR = ${showPMR(value)}`,
});

export const gic_read_pmr = operation<[], number>({
  name: "gic_read_pmr",
  perform: (view, cpu) => view.read(pe(cpu)).ICC_PMR,
  show: (_, value) => `ICC_PMR is ${showPMR(value)}`,
});

export const local_daif_mask = kernelFunction("local_daif_mask", function* () {
  yield* write_daif_i(true);
  if (yield* system_uses_irq_prio_masking()) yield* gic_write_pmr(GIC_PRIO_IRQON | GIC_PRIO_PSR_I_SET);
});

export const local_daif_restore = kernelFunction("local_daif_restore", function* (flags: Daif) {
  const irq_disabled = flags === "DAIF_PROCCTX_NOIRQ";
  if (!(yield* system_uses_irq_prio_masking())) {
    yield* write_daif_i(irq_disabled);
    return;
  }
  // Interrupts off, but asynchronous errors allowed: NMIs can be taken.
  yield* gic_write_pmr(irq_disabled ? GIC_PRIO_IRQOFF : GIC_PRIO_IRQON);
  yield* write_daif_i(false);
});

export const local_irq_enable = kernelFunction("local_irq_enable", function* () {
  if (yield* system_uses_irq_prio_masking()) yield* gic_write_pmr(GIC_PRIO_IRQON);
  else yield* write_daif_i(false);
});

export const local_irq_disable = kernelFunction("local_irq_disable", function* () {
  if (yield* system_uses_irq_prio_masking()) yield* gic_write_pmr(GIC_PRIO_IRQOFF);
  else yield* write_daif_i(true);
});
