/**
 * count-conservation: counts survive, whatever happens to overflows.
 *
 * Source: Mark Rutland, 29 Nov 2023: only the occurrence of the overflow is lost, the count is right.
 */
import type { Property } from "../src/spec/property.js";
import { truth } from "../models/ground-truth.js";
import { perfEvent, PERF_HES_STOPPED } from "../models/linux/structs.js";

export const countConservation: Property = {
  name: "count-conservation",
  kind: "always",
  sentence:
    "Whenever an event is stopped, event->count equals the number of events that were counted for it.",
  reference: "mail of 29 Nov 2023: only the occurrence is lost, not the count",
  rules: [
    {
      name: "count-conservation",
      brokenIn: (view, event) =>
        (view.read(perfEvent(event)).hw.state & PERF_HES_STOPPED) !== 0 &&
        view.read(truth(event)).behind !== 0n,
    },
  ],
};
