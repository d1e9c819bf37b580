/**
 * Counts, the phase of the period, and the evidence of an overflow: these must be right even if overflows are lost.
 *
 * Source: Mark Rutland, 29 Nov 2023: only the occurrence of the overflow is lost, the count is right, and the next
 * period is set up by armpmu_event_set_period.
 */
import { truth } from "../models/ground-truth.js";
import { perfEvent, PERF_HES_STOPPED } from "../models/linux/structs.js";
import type { ReadView } from "../src/spec/component.js";
import type { SafetyProperty } from "../src/spec/property.js";

export const countConservation: SafetyProperty = {
  name: "count-conservation",
  kind: "always",
  sentence:
    "Whenever an event is stopped, event->count equals the number of events that were counted for it.",
  reference: "mail of 29 Nov 2023: only the occurrence is lost, not the count",
  rules: [
    {
      name: "count-conservation",
      brokenBy: (of) => of.kind === "miscounted",
      brokenIn: (view, event) => isStopped(view, event) && hasMiscounted(view, event),
    },
  ],
};

export const phase: SafetyProperty = {
  name: "phase",
  kind: "always",
  sentence:
    "Whenever an event is stopped, period_left and the events counted since the last crossing make whole periods.",
  reference: "mail of 29 Nov 2023: the next period is set up as if nothing had been lost",
  rules: [
    {
      name: "phase",
      brokenIn: (view, event) => {
        const { progress, behind, period } = view.read(truth(event));
        const { period_left } = view.read(perfEvent(event)).hw;
        if (!isStopped(view, event) || behind !== 0n) return false;
        return (period_left + BigInt(progress)) % BigInt(period) !== 0n;
      },
    },
  ],
};

export const recognisable: SafetyProperty = {
  name: "recognisable",
  kind: "always",
  sentence: "Whenever an event is stopped, period_left is zero or less exactly if a crossing is unreported.",
  reference: "mail of 29 Nov 2023: the overflow can be told from the counter's value alone",
  rules: [
    {
      name: "recognisable",
      brokenIn: (view, event) => {
        const { due, behind } = view.read(truth(event));
        if (!isStopped(view, event) || behind !== 0n) return false;
        return view.read(perfEvent(event)).hw.period_left <= 0n !== due;
      },
    },
  ],
};

/** What an interrupted update has in hand is added to event->count when it goes on. */
function hasMiscounted(view: ReadView, event: string): boolean {
  const { behind, inHand } = view.read(truth(event));
  return behind !== inHand;
}

function isStopped(view: ReadView, event: string): boolean {
  return (view.read(perfEvent(event)).hw.state & PERF_HES_STOPPED) !== 0;
}
