/**
 * Event limits with migration: the task is moved while the work that disables its event is on its way. P allows one overflow more
 * whenever the event has disabled itself.
 */
import { PERF_EVENT_STATE_OFF } from "pmucheck/linux";
import { linuxScenario, perfEvent, taskset, type ReadView } from "pmucheck/scenarios";

function hasHungUp(view: ReadView): boolean {
  const { state, pending_kill } = view.read(perfEvent("A"));
  return state === PERF_EVENT_STATE_OFF && pending_kill === 0;
}

export const scenario = linuxScenario({
  defaults: { lag: 0, skid: 0 },
  inventory: () => ({
    cpus: 3,
    tasks: [
      { name: "T" },
      {
        name: "P",
        cpu: 2,
        program: {
          turns: [{ call: { call: "ioctl", event: "A", request: "REFRESH", argument: 1n }, when: hasHungUp }],
          once: false,
        },
      },
    ],
    events: [{ name: "A", of: "T", limit: 1 }],
    environment: [taskset("T", 2)],
  }),
  witnesses: () => ["migration", "hangup"],
});
