/**
 * detect-at-read: a completed period is reported when somebody reads the event.
 *
 * Came out (linux-6.5): loses as the driver of the mail does: nobody reads in time.
 */
import { partsOf } from "../../src/spec/edit.js";
import type { Fix } from "../../src/spec/fix.js";
import { EXACTLY_ONCE } from "../edits/common.js";
import { startMark } from "../edits/flag.js";
import { readReport } from "../edits/read.js";

export const detectAtRead: Fix = {
  name: "detect-at-read",
  summary: "remember at start that a period was completed, and report when the event is read",
  idea:
    "start keeps what set_period says. armpmu_read, which looks at the counter anyway, reports it, and also what it finds " +
    "completed itself.",
  proposedBy: "Mark Rutland, 29 Nov 2023: the overflow could be accounted when the event is read",
  hazards: [
    "still loses wherever nobody reads the event before it overflows again",
    "a false report after IOC_PERIOD, as detect-at-start",
    "a read comes from anywhere: registers of an unrelated interrupt, or none",
  ],
  assumes: ["somebody reads the event at least once per period"],
  claims: EXACTLY_ONCE,
  ...partsOf([startMark, readReport]),
};
