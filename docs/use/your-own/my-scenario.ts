/**
 * A scenario to start from: see write-your-own-scenario.md. Copy it anywhere and run it with `pmucheck check ./my-scenario.ts`.
 */
import { linuxScenario, preemption, switching, switchingParameters } from "pmucheck/scenarios";

export const scenario = linuxScenario({
  name: "my-scenario",
  summary: "a supervisor on the other CPU re-arms the event of a running task",
  shows: "What rr's sequence of ioctls comes to when the task is not stopped before it.",
  parameters: switchingParameters,
  inventory: () => ({
    cpus: 2,
    tasks: [
      { name: "T" },
      { name: "B" },
      {
        name: "P",
        cpu: 1,
        program: {
          turns: [
            { call: { call: "ioctl", event: "A", request: "DISABLE", argument: 0n } },
            { call: { call: "ioctl", event: "A", request: "RESET", argument: 0n } },
            { call: { call: "ioctl", event: "A", request: "PERIOD", argument: 4n } },
            { call: { call: "ioctl", event: "A", request: "ENABLE", argument: 0n } },
          ],
          once: false,
        },
      },
    ],
    events: [{ name: "A", of: "T" }],
    environment: [preemption(0)],
  }),
  witnesses: (configuration) => [
    ...(switching(configuration) ? ["context-switch"] : []),
    "new-period",
    "enabled",
    "disabled",
  ],
  start: "T runs at EL0 on CPU0 with its event A; B waits for CPU0; P runs on CPU1.",
});
