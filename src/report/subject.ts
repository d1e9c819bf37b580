/**
 * What a document is about, in words: the one place that knows that a driver may have fixes in it.
 */
import type { Subject } from "../trace/document.js";

/** `linux-6.5`, or `linux-6.5 + no-clear` */
export function driverText({ driver, fix }: Pick<Subject, "driver" | "fix">): string {
  return fix === undefined ? driver : `${driver} + ${fix}`;
}

/** `one-cpu, linux-6.5 + no-clear, irq` */
export function whereChecked(of: Pick<Subject, "scenario" | "driver" | "fix" | "config">): string {
  return `${of.scenario}, ${driverText(of)}, ${String(of.config["irq"])}`;
}
