/**
 * Execution contexts: what a CPU is doing, and what it may do next.
 *
 * A CPU runs its boot function, and then *rests*: user code runs, of which a model knows nothing but that it makes events
 * happen. An interrupt that is not masked is taken before the next instruction, at rest and between any two accesses of a
 * kernel function; its handler runs with ordinary interrupts masked, and a non-maskable one interrupts that too.
 */
import { castDraft } from "immer";

import { activation } from "../../src/spec/activation.js";
import { perCpu, type ReadView, type View } from "../../src/spec/component.js";
import { operation, type KernelFunction } from "../../src/spec/kernel-function.js";
import type { Execution, Level } from "../../src/spec/system.js";
import type { Value } from "../../src/spec/value.js";
import { kernelCounts } from "./parameters.js";

/** An interrupt that is being handled. */
export interface Handling {
  readonly level: "irq" | "nmi";
  /** Were ordinary interrupts masked before it? */
  readonly masked: boolean;
}

export interface Context extends Execution {
  /** Ordinary interrupts are masked. */
  readonly masked: boolean;
  /** The interrupts that are being handled, innermost last. */
  readonly handling: readonly Handling[];
  /** Occurrences that may still be counted before the CPU rests again: what `kernelCounts` bounds. */
  readonly budget: number;
}

/** The component of a CPU: `cpu0.context`. */
export const context = perCpu<Context>("context");

/** A CPU that is about to run its boot function, with interrupts masked until it rests. */
export function booting(boot: string): Context {
  return { stack: [activation(boot, [])], masked: false, handling: [], budget: 0 };
}

/** Is user code running? */
export function atRest(view: ReadView, cpu: number): boolean {
  return view.read(context(cpu)).stack.length === 0;
}

export function levelOf({ handling }: Context): Level {
  return handling.at(-1)?.level ?? "task";
}

/** Has an interrupt of this level to wait? */
export function isMasked({ masked, handling }: Context, level: Handling["level"]): boolean {
  return level === "irq" ? masked : handling.some((one) => one.level === "nmi");
}

/** Has the CPU call a kernel function before it goes on with what it does: how exceptions begin. */
export function enter<A extends readonly Value[]>(
  view: View,
  cpu: number,
  called: KernelFunction<A>,
  ...args: A
): void {
  const budget = atRest(view, cpu) ? view.parameter(kernelCounts) : view.read(context(cpu)).budget;
  view.update(context(cpu), (of) => {
    of.budget = budget;
    of.stack.push(castDraft(activation(called.functionName, args)));
  });
}

/** The CPU that runs the function, from 0 on. No step: it cannot change. */
export const smp_processor_id = operation<[], number>({
  name: "smp_processor_id",
  local: true,
  perform: (_view, cpu) => cpu,
});

/** Masks ordinary interrupts, and says whether they were: `local_irq_save()`. */
export const mask_interrupts = operation<[], boolean>({
  name: "mask_interrupts",
  perform: (view, cpu) => {
    const { masked } = view.read(context(cpu));
    setMasked(view, cpu, true);
    return masked;
  },
});

/** Puts the mask back, or opens it: `local_irq_restore()`. */
export const restore_interrupts = operation<[masked: boolean], void>({
  name: "restore_interrupts",
  perform: (view, cpu, [masked]) => setMasked(view, cpu, masked),
});

/** The end of a handler: the CPU goes on where it was interrupted. */
export const return_from_interrupt = operation<[], void>({
  name: "return_from_interrupt",
  perform: (view, cpu) => {
    view.update(context(cpu), (of) => {
      of.masked = of.handling.pop()?.masked ?? false;
    });
  },
  show: () => "return from interrupt",
});

function setMasked(view: View, cpu: number, masked: boolean): void {
  view.update(context(cpu), (of) => {
    of.masked = masked;
  });
}
