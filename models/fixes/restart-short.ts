/**
 * restart-short: an event with a completed period starts one count short of overflow.
 *
 * Came out (linux-6.5): closes one-cpu and virtual-pmu with the right registers, a skid late (bounded-skid). Still
 * loses in disable-enable, frequency, multiplex and cpu-pm, where the event is stopped again before the interrupt
 * came.
 */
import { partsOf } from "../../src/spec/edit.js";
import type { Fix } from "../../src/spec/fix.js";
import { EXACTLY_ONCE } from "../edits/common.js";
import { startShort } from "../edits/report-now.js";

export const restartShort: Fix = {
  name: "restart-short",
  summary:
    "start an event whose period was completed one count short of overflow, with the period unconsumed",
  idea:
    "period_left <= 0 is all the evidence there is, so start does not touch it and programs the counter to overflow at the next " +
    "event. The interrupt then comes from code that is counted, with its registers, and the handler consumes the period.",
  proposedBy: "this project's design notes; needs neither PMOVSSET nor the flag, and moves with the event",
  hazards: [
    "a false report wherever the core writes period_left = 0 to mean a fresh period (guard not-after-period)",
    "the report is an event late: more skid than the hardware has",
    "still loses if the event is stopped again before the next event is counted and handled, over and over",
  ],
  assumes: ["a started event is counted and its interrupt taken before it is stopped again"],
  claims: EXACTLY_ONCE,
  ...partsOf([startShort]),
};
