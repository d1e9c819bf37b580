/**
 * What a document is about, in words: the one place that knows that a driver may have fixes in it.
 */
import type { Subject } from "../trace/document.js";

/** `linux-6.5`, or `linux-6.5 + no-clear` */
export function driverText({ driver, fix }: Pick<Subject, "driver" | "fix">): string {
  return fix === undefined ? driver : `${driver} + ${fix}`;
}

/** `one-cpu, linux-6.5 + no-clear, irq`; a model that has no such parameter says nothing of it. */
export function whereChecked(of: Pick<Subject, "scenario" | "driver" | "fix" | "config">): string {
  return [of.scenario, driverText(of), ...modeOf(of)].join(", ");
}

/** How the PMU's interrupt is taken, if that is a parameter: `irq` or `nmi`, or nothing. */
export function modeOf({ config }: Pick<Subject, "config">): readonly string[] {
  const irq = config["irq"];
  return irq === undefined ? [] : [String(irq)];
}
