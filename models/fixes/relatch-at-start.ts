/**
 * relatch-at-start: split-period that believes the counter's value instead of the overflow flag.
 *
 * Came out (linux-6.5): as split-period, and closes virtual-pmu too. Needs not-after-period like it.
 */
import { partsOf } from "../../src/spec/edit.js";
import type { Fix } from "../../src/spec/fix.js";
import { EXACTLY_ONCE } from "../edits/common.js";
import { markedRelatch, stopMark } from "../edits/flag.js";

export const relatchAtStart: Fix = {
  name: "relatch-at-start",
  summary: "notice a completed period at stop by period_left, and set the overflow flag (PMOVSSET) at start",
  idea:
    "When an event was stopped and updated, period_left <= 0 says that a period was completed, whatever became of the flag. The " +
    "next start does not consume the period, and sets the flag, so that the ordinary handler reports.",
  proposedBy:
    "Mark Rutland, 29 Nov 2023: overflow can be detected from the counter's value alone; put together with his split of 5 Dec",
  hazards: [
    "a false report after IOC_PERIOD: the completed period is one of the old length (guard not-after-period)",
    "the handler runs at the first moment interrupts are unmasked, which is in the kernel: a sample with kernel registers",
    "needs an accessor of PMOVSSET, which mainline does not have",
  ],
  assumes: ["writing PMOVSSET raises the line as an overflow does, in a virtual machine too"],
  claims: EXACTLY_ONCE,
  ...partsOf([stopMark, markedRelatch]),
};
