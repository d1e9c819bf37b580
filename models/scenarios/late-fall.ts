/**
 * late-fall: the interrupt line is slow to fall, and nothing else happens.
 */
import { adapt, commonParameters, scenario } from "./common.js";

export const lateFall = scenario({
  name: "late-fall",
  summary: "the GIC sees the line fall late, with nothing switched",
  shows:
    "The handler has cleared the flag, but the GIC still sees the line high: the interrupt is taken again, finds nothing and " +
    "says IRQ_NONE; or it is withdrawn after the exception and the acknowledge returns 1023. Neither is an overflow. Domain " +
    "scenario S-10.",
  parameters: adapt(commonParameters),
  inventory: () => ({
    cpus: 1,
    tasks: [{ name: "T" }],
    events: [{ name: "A", of: "T" }],
    environment: [],
  }),
  witnesses: () => ["spurious"],
  start: "T runs at EL0 on CPU0, its event A scheduled in by the driver.",
});
