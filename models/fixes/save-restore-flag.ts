/**
 * save-restore-flag: the overflow flag is saved when an event is disabled and set again when it is enabled.
 *
 * Came out (linux-6.5): as predicted: loses wherever the driver of the mail loses. Surprise: in disable-enable the
 * handler can run for ever for nothing (no-interrupt-storm), because every enable raises a line that the next
 * disable lowers again.
 */
import { partsOf } from "../../src/spec/edit.js";
import type { Fix } from "../../src/spec/fix.js";
import { EXACTLY_ONCE } from "../edits/common.js";
import { markedSetflag, saveFlag } from "../edits/flag.js";

export const saveRestoreFlag: Fix = {
  name: "save-restore-flag",
  summary: "save the overflow flag at disable, set it again (PMOVSSET) at enable",
  idea:
    "The flag is state of the event, so it is saved with it and travels with it, to whatever counter of whatever CPU the event " +
    "gets next.",
  proposedBy: "one half of Mark Rutland's proposal of 5 Dec 2023",
  hazards: [
    "still loses: armpmu_start consumes the completed period before the flag is set again, and the handler reports nothing",
    "needs an accessor of PMOVSSET, which mainline does not have",
  ],
  assumes: [],
  claims: EXACTLY_ONCE,
  ...partsOf([saveFlag, markedSetflag]),
};
