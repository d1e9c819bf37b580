/**
 * virtual-pmu: a guest, whose hypervisor shows overflows late.
 */
import { withDefault } from "../../src/spec/parameter.js";
import { preemption } from "../linux/world/wakeups.js";
import { vpmu } from "../parameters.js";
import { adapt, scenario, switching, switchingParameters } from "./common.js";

export const virtualPmu = scenario({
  name: "virtual-pmu",
  summary: "a guest's PMU, whose overflow flags are set late and may be lost with the counter's disabling",
  shows:
    "The host's own overflow interrupt sets the guest's flag; if the guest disables the counter before, the host's event is " +
    "disabled and its overflow discarded: the guest's counter has wrapped, and no flag will ever say so. Domain scenario S-11.",
  parameters: adapt(switchingParameters, withDefault(vpmu, 1)),
  inventory: () => ({
    cpus: 1,
    tasks: [{ name: "T" }, { name: "B" }],
    events: [{ name: "A", of: "T" }],
    environment: [preemption(0)],
  }),
  witnesses: (configuration) => (switching(configuration) ? ["context-switch", "pending-at-sched-out"] : []),
  start: "T runs at EL0 on CPU0 of a guest, its event A scheduled in by the driver; B waits.",
});
