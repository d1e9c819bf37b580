/**
 * A pseudo-NMI inside armpmu_event_update, while another process reads the event: the overflow is lost.
 *
 * Found by this project's models, shown on a real kernel: docs/reference/second-loss.md. The fix stops the PMU around the update.
 */
import { changing, draftFix } from "pmucheck";
import { armpmu, armpmu_read } from "pmucheck/linux";
import { callsOf, linuxScenario } from "pmucheck/scenarios";

export const scenario = linuxScenario({
  defaults: { irq: "nmi", lag: 0, excludeKernel: 0 },
  inventory: () => ({
    cpus: 2,
    tasks: [{ name: "T" }, { name: "P", cpu: 1, program: callsOf("A", "READ", { once: true }) }],
    events: [{ name: "A", of: "T" }],
    environment: [],
  }),
  witnesses: () => ["read-while-active"],
});

export const fix = draftFix(
  "stop-around-read",
  "armpmu_read stops the PMU, so that no interrupt of its own comes in between",
  changing(armpmu_read, function* (base, event) {
    yield* armpmu.stop();
    yield* base(event);
    yield* armpmu.start();
  }),
);
