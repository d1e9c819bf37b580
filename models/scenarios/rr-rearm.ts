/**
 * rr-rearm: a debugger like rr re-arms the event while its task is stopped.
 *
 * Source: rr's PerfCounters (issue rr-debugger/rr#3607): DISABLE, RESET, PERIOD, ENABLE, then continue.
 */
import { hasStopped } from "../linux/world/programs.js";
import { interruption, preemption } from "../linux/world/wakeups.js";
import { SAMPLING, scenario, switchingParameters } from "./common.js";
import { period } from "../parameters.js";
import { valueOf } from "../../src/spec/parameter.js";

export const rrRearm = scenario({
  name: "rr-rearm",
  summary: "a debugger stops the task, re-arms its event, and lets it continue; other tasks preempt it too",
  shows:
    "rr starts a new period whenever it has stopped its tracee, so an overflow of the old one is no longer wanted: reported " +
    "under the new period it would be a false one. Lost are overflows at preemptions that rr does not see. Domain scenario S-4.",
  parameters: switchingParameters,
  inventory: (configuration) => ({
    cpus: 2,
    tasks: [
      { name: "T", traced: true },
      { name: "B" },
      {
        name: "P",
        cpu: 1,
        program: {
          turns: [
            { call: { call: "ioctl", event: "A", request: "DISABLE", argument: 0n }, when: hasStopped("T") },
            { call: { call: "ioctl", event: "A", request: "RESET", argument: 0n } },
            {
              call: {
                call: "ioctl",
                event: "A",
                request: "PERIOD",
                argument: BigInt(valueOf(configuration, period)),
              },
            },
            { call: { call: "ioctl", event: "A", request: "ENABLE", argument: 0n } },
            { call: { call: "continue", task: "T" } },
          ],
          once: false,
        },
      },
    ],
    events: [{ name: "A", of: "T" }],
    environment: [preemption(0), interruption("T", 0)],
  }),
  witnesses: () => ["context-switch", "pending-at-sched-out", "stopped", "new-period"],
  properties: [...SAMPLING, "no-stale-report", "no-report-after-teardown", "signal-follows"],
  start:
    "T runs at EL0 on CPU0, its event A scheduled in by the driver; B waits; the debugger P runs on CPU1.",
});
