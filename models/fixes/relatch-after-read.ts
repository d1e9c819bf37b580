/**
 * relatch-after-read: an update that finds the period over sets the overflow flag again.
 *
 * Came out: no loss in read-other, reset-count and read-group, where there is one read. The exchange that succeeds although
 * the counter was programmed anew (docs/reference/second-loss.md) stays, with a wrong count, a false report, and in
 * read-own a loss.
 */
import { partsOf } from "../../src/spec/edit.js";
import type { Fix } from "../../src/spec/fix.js";
import { readRelatch } from "../edits/read.js";

export const relatchAfterRead: Fix = {
  name: "relatch-after-read",
  summary: "armpmu_read sets the overflow flag (PMOVSSET) where its update ends with period_left <= 0",
  idea:
    "If the handler came in the middle of the update, it reported nothing and cleared the flag. If it did not, the flag is still " +
    "set, and setting it again changes nothing. So the handler runs, and reports.",
  proposedBy: "this project, for the loss of docs/reference/second-loss.md",
  hazards: [
    "needs an accessor of PMOVSSET, which mainline does not have",
    "the report is made in the kernel that reads, a moment late",
    "the exchange of prev_count can still succeed after the counter was programmed anew",
  ],
  assumes: ["writing PMOVSSET raises the line as an overflow does, in a virtual machine too"],
  claims: [],
  ...partsOf([readRelatch]),
};
