/**
 * arch/arm64/kernel/entry.S: the exception vectors, kernel_entry and kernel_exit.
 *
 * Source: that file as of Linux 6.5.
 * Not modelled: everything but saving and restoring the interrupt masks.
 */
import {
  kernelFunction,
  operation,
  prototype,
  type Kernel,
} from "../../../../../src/spec/kernel-function.js";
import { pe, type PtRegs } from "../../../../arm/pe.js";
import { pmu, synchronise } from "../../../../arm/pmuv3.js";
import { sync } from "../../../../parameters.js";
import {
  GIC_PRIO_IRQON,
  GIC_PRIO_PSR_I_SET,
  gic_read_pmr,
  gic_write_pmr,
  write_daif_i,
} from "../include/asm/daifflags.js";
import { system_uses_irq_prio_masking } from "../../../config.js";
import {
  el0t_64_irq_handler,
  el0t_64_sync_handler,
  el1h_64_irq_handler,
  exit_to_user_mode,
} from "./entry-common.js";
import type { Syscall } from "../../../fs/syscall.js";

const schedule_tail = prototype<[prev: string], void>("schedule_tail");

/** ERET: PSTATE comes back from SPSR_EL1, and with it the interrupt mask. */
const eret = operation<[PtRegs], void>({
  name: "eret",
  perform: (view, cpu, [regs]) => {
    if (view.parameter(sync) === 1) view.update(pmu(cpu), synchronise);
    view.update(pe(cpu), (of) => {
      of.PSTATE.I = regs.I;
      if (regs.el === 0) of.kernelBudget = 0;
    });
  },
  show: ([regs]) => `ERET to EL${regs.el}`,
});

/** Saves ICC_PMR_EL1 and opens it, with PSTATE.I still set. */
function* kernel_entry(regs: PtRegs): Kernel<PtRegs> {
  if (!(yield* system_uses_irq_prio_masking())) return regs;
  const pmr = yield* gic_read_pmr();
  yield* gic_write_pmr(GIC_PRIO_IRQON | GIC_PRIO_PSR_I_SET);
  return { ...regs, pmr };
}

function* kernel_exit(regs: PtRegs): Kernel {
  if (yield* system_uses_irq_prio_masking()) {
    // disable_daif: an interrupt between the restored priority mask and the ERET would nest, without end.
    if (regs.el !== 0) yield* write_daif_i(true);
    yield* gic_write_pmr(regs.pmr);
  }
  yield* eret(regs);
}

export const el1h_64_irq = kernelFunction("el1h_64_irq", function* (interrupted: PtRegs) {
  const regs = yield* kernel_entry(interrupted);
  yield* el1h_64_irq_handler(regs);
  yield* kernel_exit(regs);
});

export const el0t_64_sync = kernelFunction("el0t_64_sync", function* (interrupted: PtRegs, call: Syscall) {
  const regs = yield* kernel_entry(interrupted);
  yield* el0t_64_sync_handler(call);
  yield* kernel_exit(regs);
});

export const el0t_64_irq = kernelFunction("el0t_64_irq", function* (interrupted: PtRegs) {
  const regs = yield* kernel_entry(interrupted);
  yield* el0t_64_irq_handler(regs);
  yield* kernel_exit(regs);
});

/** A task's first time on a CPU: `cpu_switch_to` gives it the task that ran before. */
const first_switch = operation<[], string>({
  name: "first_switch",
  perform: () => {
    throw new Error("a task that has never run is switched to, not executed");
  },
});

export const ret_from_fork = kernelFunction("ret_from_fork", function* (user: boolean) {
  const prev = yield* first_switch();
  yield* schedule_tail(prev);
  // A kernel thread goes on with its body, which the CPU starts when its stack is empty.
  if (!user) return;
  yield* exit_to_user_mode();
  yield* kernel_exit({ el: 0, I: false, pmr: GIC_PRIO_IRQON });
});
