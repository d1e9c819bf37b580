/**
 * A processing element: its interrupt masks, what it executes, and taking interrupts.
 *
 * Source: Arm ARM (DDI 0487), D1.3 "Exceptions" (asynchronous exceptions, PSTATE.I, exception entry and return),
 * D1.4; ICC_PMR_EL1 (priority mask) from IHI 0069.
 * Not modelled: PSTATE.{D,A,F}, SError, debug and synchronous exceptions, EL2 and EL3, the pipeline. SPSR_EL1 and
 *   ELR_EL1 reach the exception vector as its argument, as they do in pt_regs.
 * Under-approximated: an interrupt that is signalled and not masked is taken before the next instruction (see
 *   gicv3.ts for where the delay lies).
 */
import { castDraft, type Draft } from "immer";

import { activation } from "../../src/spec/activation.js";
import { perCpu, type ReadView, type View } from "../../src/spec/component.js";
import type { Execution, Level, Process } from "../../src/spec/system.js";
import type { Value } from "../../src/spec/value.js";
import { excludeKernel, kernelCounts, sync } from "../parameters.js";
import { gic, signals, whyNotSignalled } from "./gicv3.js";
import { pmu, synchronise } from "./pmuv3.js";

export interface PE extends Execution {
  readonly PSTATE: { readonly I: boolean };
  readonly ICC_PMR: number;
  /** Linux's `current` (SP_EL0): the task the CPU runs or works for. */
  readonly current: string;
  /** Whether that task has user code, which the PE runs at EL0 when its kernel stack is empty. */
  readonly user: boolean;
  /** Linux's preempt_count, the parts that say where the CPU is. */
  readonly preempt_count: { readonly hardirq: number; readonly nmi: number };
  /** Events that may still be counted before the CPU returns to EL0: what `kernelCounts` bounds. */
  readonly kernelBudget: number;
}

/** The registers an exception saves, as far as Linux's pt_regs needs them here. */
export type PtRegs = {
  /** The Exception level it was taken from. */
  readonly el: 0 | 1;
  /** PSTATE.I before it. */
  readonly I: boolean;
  /** ICC_PMR_EL1 before it; kernel_entry saves it when priorities are used for masking. */
  readonly pmr: number;
};

export const pe = perCpu<PE>("pe");

/** The Exception level the PE executes at. */
export function exceptionLevel(of: {
  readonly user: boolean;
  readonly stack: { readonly length: number };
}): 0 | 1 {
  return of.user && of.stack.length === 0 ? 0 : 1;
}

export function levelOf(of: PE): Level {
  if (of.preempt_count.nmi > 0) return "nmi";
  return of.preempt_count.hardirq > 0 ? "irq" : "task";
}

/** Is there an interrupt that the PE takes before its next instruction? */
export function takesInterrupt(view: ReadView, cpu: number): boolean {
  const { PSTATE, ICC_PMR } = view.read(pe(cpu));
  return !PSTATE.I && signals(view.read(gic(cpu)), ICC_PMR);
}

/** What `kernelCounts` allows to be counted in one stay in the kernel. */
export function kernelBudget(view: ReadView): number {
  return view.parameter(excludeKernel) === 1 ? 0 : view.parameter(kernelCounts);
}

/** Exception entry: masks interrupts and enters the vector, with the registers it saves and what else it is told. */
export function enterException(
  of: Draft<PE>,
  vector: string,
  budget: number,
  ...told: readonly Value[]
): void {
  const el = exceptionLevel(of);
  const regs: PtRegs = { el, I: of.PSTATE.I, pmr: of.ICC_PMR };
  if (el === 0) of.kernelBudget = budget;
  of.PSTATE.I = true;
  of.stack.push(castDraft(activation(vector, [regs, ...told])));
}

/** Why the PE takes no interrupt: its own mask first, then what the CPU interface says. */
function whyNoInterrupt(view: ReadView, cpu: number): readonly string[] {
  const { PSTATE, ICC_PMR } = view.read(pe(cpu));
  return [...(PSTATE.I ? ["PSTATE.I is 1"] : []), ...whyNotSignalled(view.read(gic(cpu)), ICC_PMR)];
}

/** Taking interrupts, as a process: urgent, because nothing executes while it can go ahead. */
export function interruptEntry(cpu: number): Process {
  return {
    name: `irq${cpu}`,
    cpu,
    fair: true,
    alternatives: (view) => {
      if (!takesInterrupt(view, cpu)) return [];
      const el = exceptionLevel(view.read(pe(cpu)));
      const perform = (step: View) => {
        const budget = kernelBudget(step);
        if (step.parameter(sync) === 1) step.update(pmu(cpu), synchronise);
        step.update(pe(cpu), (of) => enterException(of, el === 0 ? "el0t_64_irq" : "el1h_64_irq", budget));
        step.observe({ kind: "interrupt", cpu });
      };
      return [{ name: `<interrupt taken at EL${el}>`, perform }];
    },
    whyNot: (view) => whyNoInterrupt(view, cpu),
  };
}
