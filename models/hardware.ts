/**
 * The hardware's own steps: events that are counted, and the PMU's line on its way to the GIC.
 *
 * These are all the ways in which hardware moves by itself in these models; everything else happens when software
 * accesses it. Each is a named process, so that a trace says which freedom of the hardware it used.
 */
import type { ReadView, View } from "../src/spec/component.js";
import type { Process } from "../src/spec/system.js";
import { gic, lineFalls, lineRises } from "./arm/gicv3.js";
import { exceptionLevel, pe, takesInterrupt } from "./arm/pe.js";
import { BR_RETIRED, countOccurrence, counts, CPU_CYCLES, overflowLine, pmu } from "./arm/pmuv3.js";
import { count } from "./ground-truth.js";
import { taskStruct } from "./linux/structs.js";
import { event, skid } from "./parameters.js";
import { extendSlice } from "./slice.js";

/** What the tasks of a scenario do all the time, as an event number. */
export function evtCount(view: ReadView): number {
  return view.parameter(event) === "cycles" ? CPU_CYCLES : BR_RETIRED;
}

/**
 * A CPU's code generates an occurrence of the event that its PMU counts.
 *
 * Only counted occurrences are steps: an occurrence nobody counts changes nothing. While PMUIRQ is high and
 * interrupts are not masked, at most `skid` more are counted at EL0; in the kernel, `kernelCounts` per stay.
 */
export function counting(cpu: number): Process {
  return {
    name: `pmu${cpu}`,
    cpu,
    alternatives: (view) =>
      mayCount(view, cpu) ? [{ name: "count", perform: (step) => countOne(step, cpu) }] : [],
  };
}

function mayCount(view: ReadView, cpu: number): boolean {
  const element = view.read(pe(cpu));
  const el = exceptionLevel(element);
  if (el === 1 && element.kernelBudget === 0) return false;
  const unit = view.read(pmu(cpu));
  if (!counts(unit, evtCount(view), el) || takesInterrupt(view, cpu)) return false;
  return el === 1 || !overflowLine(unit) || unit.sinceRise < view.parameter(skid);
}

function countOne(view: View, cpu: number): string {
  const { current, ...element } = view.read(pe(cpu));
  const el = exceptionLevel(element);
  const occurrence = evtCount(view);
  view.update(pmu(cpu), (of) => countOccurrence(of, occurrence, el));
  if (el === 1) {
    view.update(pe(cpu), (of) => {
      of.kernelBudget -= 1;
    });
  }
  // The truth about an event is what its own task did; another task's occurrences are none of it.
  const events = view.read(taskStruct(current)).events;
  if (events.length > 0) extendSlice(view, current);
  const where = `${current} at EL${el}`;
  return [where, ...events.map((of) => count(view, of))].join(", ");
}

/** PMUIRQ takes its time to reach the GIC, in both directions. */
export function propagation(cpu: number, intid: number): Process {
  return {
    name: `line${cpu}`,
    cpu,
    alternatives: (view) => {
      const level = overflowLine(view.read(pmu(cpu)));
      if (level === view.read(gic(cpu)).interrupts[intid]?.line) return [];
      return level
        ? [
            {
              name: `PPI ${intid} rises`,
              perform: (step) => step.update(gic(cpu), (of) => lineRises(of, intid)),
            },
          ]
        : [
            {
              name: `PPI ${intid} falls`,
              perform: (step) => step.update(gic(cpu), (of) => lineFalls(of, intid)),
            },
          ];
    },
  };
}
