/**
 * GICv3: what one PE sees of it, its SGIs and PPIs and its CPU interface.
 *
 * Source: Arm GIC Architecture Specification (IHI 0069), 4.1.2 "Interrupt handling state machine", 4.8
 * "Interrupt prioritization", and the descriptions of ICC_IAR1_EL1, ICC_EOIR1_EL1, ICC_DIR_EL1, ICC_RPR_EL1,
 * ICC_PMR_EL1, ICC_SGI1R_EL1.
 * Not modelled: SPIs and LPIs, groups and Security states, priority grouping (ICC_BPR1 splits nothing off),
 *   affinity routing.
 * Over-approximated: the line of a level-sensitive PPI may take any time to be seen to rise and to fall; among
 *   pending interrupts of one priority any may be acknowledged first (IHI 0069 leaves that to the implementation).
 * Under-approximated: an interrupt that the CPU interface signals to a PE that does not mask it is taken before
 *   the PE's next instruction; whatever delay there is lies before the interrupt becomes pending.
 *
 *   level-sensitive                rises            acknowledged             deactivated
 *      inactive ---------> pending ------> active+pending ------> active --------> inactive
 *                             |  falls           |    falls         | rises
 *                             v                  | deactivated      v
 *                          inactive              v           active+pending
 *                                             pending
 */
import type { Draft } from "immer";

import { perCpu } from "../../src/spec/component.js";

export interface Interrupt {
  readonly priority: number;
  /** GICR_ISENABLER0 */
  readonly enabled: boolean;
  /** The level the GIC sees on the interrupt's input; always false for an SGI. */
  readonly line: boolean;
  readonly pending: boolean;
  readonly active: boolean;
}

export interface GICv3 {
  /** By INTID. */
  readonly interrupts: Readonly<Record<number, Interrupt>>;
  /** The priorities of acknowledged interrupts whose priority was not dropped yet, innermost last. */
  readonly running: readonly number[];
}

export const gic = perCpu<GICv3>("gic");

/** The special INTID that answers an acknowledge when nothing (any more) can be acknowledged. */
export const SPURIOUS = 1023;
/** ICC_RPR_EL1 when no interrupt is active: the idle priority. */
export const IDLE_PRIORITY = 0xff;

export function resetGICv3(priorities: Readonly<Record<number, number>>): GICv3 {
  const interrupts = Object.entries(priorities).map(([intid, priority]): [string, Interrupt] => [
    intid,
    { priority, enabled: true, line: false, pending: false, active: false },
  ]);
  return { interrupts: Object.fromEntries(interrupts), running: [] };
}

/** ICC_RPR_EL1. */
export function runningPriority(of: GICv3): number {
  return of.running.at(-1) ?? IDLE_PRIORITY;
}

/**
 * The INTIDs an acknowledge may return now: of the pending, not active interrupts, those of the highest
 * priority (the lowest number), if that is above the mask and the running priority; none otherwise.
 */
export function acknowledgeable(of: GICv3, ICC_PMR: number): readonly number[] {
  const threshold = Math.min(ICC_PMR, runningPriority(of));
  const candidates = Object.entries(of.interrupts).filter(
    ([, { enabled, pending, active, priority }]) => enabled && pending && !active && priority < threshold,
  );
  const highest = Math.min(...candidates.map(([, interrupt]) => interrupt.priority));
  return candidates.filter(([, { priority }]) => priority === highest).map(([intid]) => Number(intid));
}

/** Does the CPU interface signal an interrupt to the PE? */
export function signals(of: GICv3, ICC_PMR: number): boolean {
  return acknowledgeable(of, ICC_PMR).length > 0;
}

/** Why the CPU interface signals nothing: for each interrupt what holds it back; empty if it does signal. */
export function whyNotSignalled(of: GICv3, ICC_PMR: number): readonly string[] {
  if (signals(of, ICC_PMR)) return [];
  const entries = Object.entries(of.interrupts);
  if (entries.every(([, { pending }]) => !pending)) {
    const lines = entries.map(([intid, { line }]) => `INTID ${intid}${line ? " (line high)" : ""}`);
    return [`no interrupt is pending (${lines.join(", ")})`];
  }
  return entries.flatMap(([intid, { enabled, pending, active, priority }]) => {
    if (!pending) return [];
    const name = `INTID ${intid} is pending`;
    return [
      ...(enabled ? [] : [`${name} but disabled`]),
      ...(active ? [`${name} but still active`] : []),
      ...(priority < ICC_PMR
        ? []
        : [`${name} but ICC_PMR ${hex(ICC_PMR)} masks its priority ${hex(priority)}`]),
      ...(priority < runningPriority(of)
        ? []
        : [
            `${name} but its priority ${hex(priority)} is not above the running priority ${hex(runningPriority(of))}`,
          ]),
    ];
  });
}

function hex(priority: number): string {
  return `0x${priority.toString(16)}`;
}

/** The input of a level-sensitive interrupt is seen to rise. */
export function lineRises(of: Draft<GICv3>, intid: number): void {
  const interrupt = interruptOf(of, intid);
  interrupt.line = true;
  interrupt.pending = true;
}

/** The input of a level-sensitive interrupt is seen to fall: it is pending no longer. */
export function lineFalls(of: Draft<GICv3>, intid: number): void {
  const interrupt = interruptOf(of, intid);
  interrupt.line = false;
  interrupt.pending = false;
}

/** ICC_SGI1R_EL1: an SGI becomes pending; if it already was, the two are one. */
export function generateSGI(of: Draft<GICv3>, intid: number): void {
  interruptOf(of, intid).pending = true;
}

/** ICC_IAR1_EL1: the interrupt becomes active; it stays pending only while its line is high. */
export function acknowledge(of: Draft<GICv3>, intid: number): void {
  const interrupt = interruptOf(of, intid);
  interrupt.active = true;
  interrupt.pending = interrupt.line;
  of.running.push(interrupt.priority);
}

/** ICC_EOIR1_EL1 with EOImode 1: the running priority drops; the interrupt stays active. */
export function dropPriority(of: Draft<GICv3>): void {
  of.running.pop();
}

/** ICC_DIR_EL1: the interrupt is active no longer. */
export function deactivate(of: Draft<GICv3>, intid: number): void {
  interruptOf(of, intid).active = false;
}

/** GICR_ISENABLER0 and GICR_ICENABLER0: whether the interrupt, when it is pending, is forwarded. */
export function setEnabled(of: Draft<GICv3>, intid: number, enabled: boolean): void {
  interruptOf(of, intid).enabled = enabled;
}

/** The name of an interrupt's state in IHI 0069. */
export function stateOf(of: GICv3, intid: number): string {
  const { active, pending } = interruptOf(of, intid);
  if (active) return pending ? "active+pending" : "active";
  return pending ? "pending" : "inactive";
}

function interruptOf<I>(of: { readonly interrupts: Readonly<Record<number, I>> }, intid: number): I {
  const interrupt = of.interrupts[intid];
  if (interrupt === undefined) throw new RangeError(`the GIC has no interrupt ${intid}`);
  return interrupt;
}
