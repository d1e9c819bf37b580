/**
 * rr-read: a debugger like rr reads the event of its tracee whenever the tracee has stopped.
 *
 * Source: rr's PerfCounters::read_ticks, which reads the counter of a tracee that is in a ptrace-stop.
 */
import { hasStopped } from "../linux/world/programs.js";
import { interruption, preemption } from "../linux/world/wakeups.js";
import { SAMPLING, scenario, switching, switchingParameters } from "./common.js";

export const rrRead = scenario({
  name: "rr-read",
  summary: "a debugger reads the event of its stopped task, and lets the task continue",
  shows:
    "The event of a stopped task is inactive: read(2) takes its lock, and touches no counter. So rr's reads lose nothing, by " +
    "pseudo-NMI neither (switches=0 shows it); what is lost with them is what every switch loses. Reported in " +
    "docs/reference/second-loss.md.",
  parameters: switchingParameters,
  inventory: () => ({
    cpus: 2,
    tasks: [
      { name: "T", traced: true },
      { name: "B" },
      {
        name: "P",
        cpu: 1,
        program: {
          turns: [
            { call: { call: "read", event: "A", group: false }, when: hasStopped("T") },
            { call: { call: "continue", task: "T" } },
          ],
          once: false,
        },
      },
    ],
    events: [{ name: "A", of: "T" }],
    environment: [preemption(0), interruption("T", 0)],
  }),
  witnesses: (configuration) => [
    "context-switch",
    "stopped",
    ...(switching(configuration) ? ["pending-at-sched-out"] : []),
  ],
  properties: SAMPLING,
  start:
    "T runs at EL0 on CPU0, its event A scheduled in by the driver; B waits; the debugger P runs on CPU1.",
});
