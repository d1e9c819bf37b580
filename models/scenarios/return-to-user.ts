/**
 * return-to-user: the line reaches the GIC in good time; is there a place to take the interrupt before the switch?
 */
import { withDefault } from "../../src/spec/parameter.js";
import { preemption } from "../linux/world/wakeups.js";
import { lag } from "../parameters.js";
import { adapt, scenario, switching, switchingParameters } from "./common.js";

export const returnToUser = scenario({
  name: "return-to-user",
  summary: "preemption at the return to user mode, with a prompt interrupt line",
  shows:
    "Up to 6.8 interrupts stay masked from the exception to the context switch, so that even a prompt interrupt comes too late; " +
    "since 6.9 they are enabled before schedule(), and only what is slower than that window is lost. Domain scenario S-17.",
  parameters: adapt(switchingParameters, withDefault(lag, 2)),
  inventory: () => ({
    cpus: 1,
    tasks: [{ name: "T" }, { name: "B" }],
    events: [{ name: "A", of: "T" }],
    environment: [preemption(0)],
  }),
  // With a prompt line, and where interrupts are let in before the switch, nothing is pending at it.
  witnesses: (configuration) => (switching(configuration) ? ["context-switch"] : []),
  start: "T runs at EL0 on CPU0, its event A scheduled in by the driver; B waits.",
});
