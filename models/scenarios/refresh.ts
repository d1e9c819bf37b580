/**
 * refresh: an event that may overflow once, and is allowed once more after each.
 */
import { perfEvent, PERF_EVENT_STATE_OFF } from "../linux/structs.js";
import { sampling } from "../parameters.js";
import { adapt, commonParameters, SAMPLING, scenario } from "./common.js";

export const refresh = scenario({
  name: "refresh",
  summary: "IOC_REFRESH(1) allows one overflow at a time",
  shows:
    "The event disables itself after its last allowed overflow, by way of irq_work, and says POLL_HUP. Until that work has run " +
    "the event must not overflow again. Domain scenario S-7.",
  parameters: adapt(commonParameters, sampling),
  inventory: () => ({
    cpus: 2,
    tasks: [
      { name: "T" },
      {
        name: "P",
        cpu: 1,
        program: {
          turns: [
            {
              call: { call: "ioctl", event: "A", request: "REFRESH", argument: 1n },
              // P waits for POLL_HUP (which up to 6.0 comes after the event was disabled).
              when: (view) => {
                const { state, pending_kill } = view.read(perfEvent("A"));
                return state === PERF_EVENT_STATE_OFF && pending_kill === 0;
              },
            },
          ],
          once: false,
        },
      },
    ],
    events: [{ name: "A", of: "T", limit: 1 }],
    environment: [],
  }),
  witnesses: () => ["hangup"],
  properties: [...SAMPLING, "event-limit-exact", "signal-follows"],
  start:
    "T runs at EL0 on CPU0, its event A scheduled in by the driver and allowed one overflow; P runs on CPU1.",
});
