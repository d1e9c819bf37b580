/**
 * profiler: an event that only samples, with a ring buffer that may be full.
 */
import { withDefault } from "../../src/spec/parameter.js";
import { preemption } from "../linux/world/wakeups.js";
import { ringBuffer } from "../parameters.js";
import { adapt, scenario, switching, switchingParameters } from "./common.js";

export const profiler = scenario({
  name: "profiler",
  summary: "a profiler's event: samples, no signals, and sometimes a full ring buffer",
  shows:
    "For a profiler a lost overflow is a sample less. A sample that finds the buffer full is lost too, but perf was told: that " +
    "is not a lost overflow, and the two must not be confused.",
  parameters: adapt(switchingParameters, withDefault(ringBuffer, "full")),
  inventory: () => ({
    cpus: 1,
    tasks: [{ name: "T" }, { name: "B" }],
    events: [{ name: "A", of: "T", fasync: false }],
    environment: [preemption(0)],
  }),
  witnesses: (configuration) => [
    "dropped-sample",
    ...(switching(configuration) ? ["context-switch", "pending-at-sched-out"] : []),
  ],
  start: "T runs at EL0 on CPU0, its event A scheduled in by the driver; B waits.",
});
