/**
 * Excuses: known violations that no fix need remove (docs/use/policies.md). `pmucheck verify` uses them.
 *
 * An excuse applies to a cell only if the driver without the fix violates it too.
 */
import type { Excuse } from "../src/spec/excuse.js";

export const excuses: readonly Excuse[] = [
  {
    scenario: "merge",
    properties: ["exactly-once", "no-loss"],
    reason:
      "the skid is a whole period: PMOVS has one bit, so two crossings before any interrupt merge under every driver",
  },
  {
    scenario: "late-writes",
    properties: ["exactly-once", "no-loss", "no-duplicate"],
    reason:
      "the kernel's own counts complete a period of 4 before any interrupt, and the handler's own stop may act after the " +
      "counter was read (sync=1)",
  },
  {
    scenario: "late-writes",
    properties: ["count-conservation", "phase"],
    reason:
      "the handler's own stop may act after the counter was read (sync=1), as arm_pmuv3.c has no isb there; isb-after-stop closes it",
  },
];
