/**
 * The tick comes with time, not with what is counted: a throttled event counts nothing and is started again all the same.
 *
 * Report: Linux e050e3f0a71b (3.3): "perf: Fix broken interrupt rate throttling": events that were throttled and never
 * unthrottled. The fix of this file puts the fault back: the tick does not look at the contexts.
 */
import { draftFix, override } from "pmucheck";
import { perf_adjust_freq_unthr_context } from "pmucheck/linux";
import { linuxScenario, timers } from "pmucheck/scenarios";

export const scenario = linuxScenario({
  // The tick is due long after the event was throttled.
  defaults: { tick: 9 },
  inventory: () => ({
    cpus: 1,
    ticks: true,
    tasks: [{ name: "T" }],
    events: [{ name: "A", of: "T" }],
    environment: [timers(0, "T")],
  }),
});

export const fix = draftFix(
  "never-unthrottled",
  "the tick forgets the throttled events",
  // oxlint-disable-next-line require-yield -- it does nothing
  override(perf_adjust_freq_unthr_context, function* (_ctx, _needs_unthr) {}),
);
