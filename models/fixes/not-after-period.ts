/**
 * not-after-period: a guard: a new sample period begins with nothing owed, and whole.
 */
import { partsOf } from "../../src/spec/edit.js";
import type { Fix } from "../../src/spec/fix.js";
import { forgetOnPeriod, wholeInKvm, wholeOnPeriod, wholeOnRate } from "../edits/guards.js";

export const notAfterPeriod: Fix = {
  name: "not-after-period",
  summary:
    "guard: IOC_PERIOD drops what was found before it, and period_left = 0 no longer means a fresh period",
  idea:
    "perf's core writes period_left = 0 so that the next start begins a whole period, which looks like a completed one. The core " +
    "writes the period itself instead, and whatever a fix has kept of the old period is dropped. Frequency mode keeps what is owed.",
  proposedBy:
    "Mark Rutland, 5 Dec 2023: an audit of, and small changes to, the ioctls that modify the period",
  hazards: ["changes kernel/events/core.c, which other architectures share"],
  assumes: [],
  claims: [],
  ...partsOf([forgetOnPeriod, wholeOnPeriod, wholeOnRate, wholeInKvm]),
};
