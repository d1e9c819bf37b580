/**
 * The hardware's own steps: events that are counted, and the PMU's line on its way to the GIC.
 *
 * These are all the ways in which hardware moves by itself in these models; everything else happens when software
 * accesses it. Each is a named process, so that a trace says which freedom of the hardware it used.
 */
import type { ReadView, View } from "../../../src/spec/component.js";
import type { Alternative, Process } from "../../../src/spec/system.js";
import { gic, lineFalls, lineRises } from "../../arm/gicv3.js";
import { exceptionLevel, pe, takesInterrupt } from "../../arm/pe.js";
import {
  becomeVisible,
  counts,
  countsEnabled,
  countOccurrence,
  EVTCOUNT_MASK,
  hostSetsFlags,
  invisible,
  overflowing,
  overflowLine,
  pmu,
} from "../../arm/pmuv3.js";
import { count } from "../../ground-truth.js";
import { perfEvent, perfEventContext } from "../structs.js";
import { lag, skid } from "../../parameters.js";
import { extendSlice } from "../slice.js";

/**
 * A CPU's code generates, all at once, an occurrence of everything that some event counts.
 *
 * Only counted occurrences are steps: an occurrence nobody counts changes nothing. While an overflow is on its way and
 * interrupts are not masked, at most `skid` more are counted at EL0; in the kernel, `kernelCounts` per stay. Nothing is on its
 * way while the GIC has the interrupt disabled.
 * Over-approximated: different events of a scenario occur together or not at all, so they overflow together.
 */
export function counting(cpu: number, intid: number, events: readonly string[]): Process {
  return {
    name: `pmu${cpu}`,
    cpu,
    alternatives: (view) =>
      mayCount(view, cpu, intid, events)
        ? [{ name: "count", perform: (step) => countOne(step, cpu, intid, events) }]
        : [],
  };
}

/** What the event counts, as its counter's PMEVTYPER says it. */
export function evtCount(view: ReadView, event: string): number {
  return view.read(perfEvent(event)).hw.config_base & EVTCOUNT_MASK;
}

function evtCounts(view: ReadView, events: readonly string[]): readonly number[] {
  return events.map((event) => evtCount(view, event));
}

function mayCount(view: ReadView, cpu: number, intid: number, events: readonly string[]): boolean {
  const element = view.read(pe(cpu));
  const el = exceptionLevel(element);
  if (el === 1 && element.kernelBudget === 0) return false;
  const unit = view.read(pmu(cpu));
  if (!counts(unit, evtCounts(view, events), el) || takesInterrupt(view, cpu)) return false;
  if (el === 1 || !overflowing(unit) || unit.sinceRise < view.parameter(skid)) return true;
  return !hasInterrupt(view, cpu, intid);
}

/** Does the GIC forward the PMU's interrupt to the CPU? Not after a CPU came online without enabling it. */
function hasInterrupt(view: ReadView, cpu: number, intid: number): boolean {
  return view.read(gic(cpu)).interrupts[intid]?.enabled === true;
}

function countOne(view: View, cpu: number, intid: number, events: readonly string[]): string {
  const { current, ...element } = view.read(pe(cpu));
  const el = exceptionLevel(element);
  const before = view.read(pmu(cpu));
  const types = evtCounts(view, events);
  view.update(pmu(cpu), (of) => {
    countOccurrence(of, types, el);
    if (!hasInterrupt(view, cpu, intid)) of.sinceRise = before.sinceRise;
  });
  if (el === 1) {
    view.update(pe(cpu), (of) => {
      of.kernelBudget -= 1;
    });
  }
  // The truth about an event is what its own task did; another task's occurrences are none of it.
  const own = events.filter(
    (event) => belongsTo(view, event, current, cpu) && countsEnabled(before, evtCount(view, event), el),
  );
  extendSlice(view, current, own.length > 0);
  const words = own.map((event) => count(view, event, isOfCpu(view, event) ? null : current, el));
  return [`${current} at EL${el}`, ...words].join(", ");
}

/** Is the event about this task, or about all that runs on this CPU? */
function belongsTo(view: ReadView, event: string, task: string, cpu: number): boolean {
  const { ctx } = view.read(perfEvent(event));
  return isOfCpu(view, event) ? ctx === `cpu${cpu}` : view.read(perfEventContext(ctx)).task === task;
}

function isOfCpu(view: ReadView, event: string): boolean {
  return view.read(perfEventContext(view.read(perfEvent(event)).ctx)).task === null;
}

/** PMUIRQ takes its time to reach the GIC, in both directions. */
export function propagation(cpu: number, intid: number): Process {
  return {
    name: `line${cpu}`,
    cpu,
    fair: true,
    alternatives: (view) => {
      const level = overflowLine(view.read(pmu(cpu)));
      if (level === view.read(gic(cpu)).interrupts[intid]?.line) return [];
      if (!level) {
        return [
          {
            name: `PPI ${intid} falls`,
            perform: (step) => step.update(gic(cpu), (of) => lineFalls(of, intid)),
          },
        ];
      }
      const perform = (step: View) => {
        step.update(gic(cpu), (of) => lineRises(of, intid));
        step.update(pmu(cpu), (of) => {
          of.unseen = 0;
        });
      };
      return [{ name: `PPI ${intid} rises`, perform }];
    },
  };
}

/** Is PMUIRQ high, unseen by the GIC, and has been for as long as `lag` allows? Then the CPU has to wait. */
export function mustRiseFirst(view: ReadView, cpu: number, intid: number): boolean {
  const limit = view.parameter(lag);
  if (limit === "any") return false;
  const unit = view.read(pmu(cpu));
  return overflowLine(unit) && unit.unseen >= limit && view.read(gic(cpu)).interrupts[intid]?.line === false;
}

/** The CPU has executed a step of its kernel: the line, if it is high and unseen, has had that long. */
export function age(view: View, cpu: number, intid: number): void {
  const limit = view.parameter(lag);
  if (limit === "any" || !overflowLine(view.read(pmu(cpu)))) return;
  if (view.read(gic(cpu)).interrupts[intid]?.line !== false) return;
  view.update(pmu(cpu), (of) => {
    of.unseen = Math.min(of.unseen + 1, limit);
  });
}

/** What is observed, of an enable, when a write to it acts although nothing has synchronised. */
export const BY_ITSELF = "acts by itself";

/** Writes to the PMU's enables become visible at some time before the next context synchronisation. */
export function visibility(cpu: number): Process {
  return {
    name: `sync${cpu}`,
    cpu,
    fair: true,
    alternatives: (view) =>
      invisible(view.read(pmu(cpu))).map((name): Alternative => ({
        name: `${name} becomes visible`,
        perform: (step) => {
          const isLate = () => invisible(step.read(pmu(cpu))).includes(name);
          const wasLate = isLate();
          step.update(pmu(cpu), (of) => becomeVisible(of, name));
          if (wasLate && !isLate()) step.observe({ kind: "own", what: BY_ITSELF, subject: name });
        },
      })),
  };
}

/** A virtual PMU: the hypervisor shows the guest an overflow of its counter. */
export function hypervisor(cpu: number): Process {
  return {
    name: `host${cpu}`,
    cpu,
    fair: true,
    alternatives: (view) =>
      (view.read(pmu(cpu)).host ?? 0) === 0
        ? []
        : [{ name: "the host sets PMOVS", perform: (step) => step.update(pmu(cpu), hostSetsFlags) }],
  };
}
