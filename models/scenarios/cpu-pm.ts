/**
 * cpu-pm: an event of the whole CPU, which is powered down when it idles.
 */
import { powerDown, sleeping } from "../linux/world/wakeups.js";
import { SAMPLING, scenario, switchingParameters } from "./common.js";

export const cpuPm = scenario({
  name: "cpu-pm",
  summary: "a CPU-wide event is stopped and started around a power-down of the idle CPU",
  shows:
    "Before an idle CPU loses its power the driver stops its events, and starts them again after: an overflow latched when the " +
    "last task went to sleep is lost although its event never left the CPU.",
  parameters: switchingParameters,
  inventory: () => ({
    cpus: 1,
    tasks: [{ name: "T", program: { turns: [{ call: { call: "sleep" } }], once: false } }],
    events: [{ name: "A", of: 0 }],
    environment: [sleeping("T", 0), powerDown(0)],
  }),
  witnesses: () => ["context-switch", "power-down"],
  properties: [...SAMPLING, "no-unknown-register"],
  start: "T, without events of its own, runs at EL0 on CPU0; event A counts whatever runs there.",
});
