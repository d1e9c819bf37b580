/**
 * kvm-overflow: the event of a virtual machine's counter, whose overflow handler stops and starts the event.
 */
import { commonParameters, SAMPLING, scenario } from "./common.js";

export const kvmOverflow = scenario({
  name: "kvm-overflow",
  summary: "an overflow handler that stops and starts its own event, as KVM's does",
  shows:
    "KVM's handler calls pmu->stop and pmu->start from within perf_event_overflow. A driver that reports from its stop " +
    "function would recurse. KVM sets a new period at every overflow, so that `phase` means nothing here. Domain scenario S-18.",
  parameters: commonParameters,
  inventory: () => ({
    cpus: 1,
    tasks: [{ name: "T" }],
    events: [{ name: "A", of: "T", kvm: true, fasync: false }],
    environment: [],
  }),
  properties: [...SAMPLING.filter((name) => name !== "phase"), "no-overflow-recursion"],
  start: "T, a virtual CPU, runs at EL0 on CPU0, its counter's event A scheduled in by the driver.",
});
