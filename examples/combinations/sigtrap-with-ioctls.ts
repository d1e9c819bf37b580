/**
 * SIGTRAP with ioctls: the event is disabled and enabled from another CPU while its signal is on its way.
 */
import { callsOf, linuxScenario } from "pmucheck/scenarios";

export const scenario = linuxScenario({
  inventory: () => ({
    cpus: 2,
    tasks: [{ name: "T" }, { name: "P", cpu: 1, program: callsOf("A", "DISABLE,ENABLE") }],
    events: [{ name: "A", of: "T", sigtrap: true, fasync: false }],
    environment: [],
  }),
  needs: ["sigtrap"],
});
