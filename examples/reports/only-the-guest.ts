/**
 * "No overflows were lost" because there were none: attr.exclude_host on a VHE host excludes the host's EL0 too.
 *
 * Report: the mails of 30 Nov 2023, in which a test is retracted that had passed for this reason.
 */
import { linuxScenario, preemption } from "pmucheck/scenarios";

export const scenario = linuxScenario({
  defaults: { excludeHost: 1 },
  inventory: () => ({
    cpus: 1,
    tasks: [{ name: "T" }, { name: "B" }],
    events: [{ name: "A", of: "T" }],
    environment: [preemption(0)],
  }),
});
