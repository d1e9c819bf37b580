/**
 * ping-pong: the mail's reproducer: two CPUs, one task with a sampling event, moved from one to the other.
 *
 * Source: the reproducer attached to the mail of 20 Nov 2023, run under `taskset` that moves it to and fro.
 */
import { taskset } from "../linux/world/wakeups.js";
import { adapt, counterParameters, SAMPLING, scenario, switching, switchingParameters } from "./common.js";

const CPUS = 2;

export const pingPong = scenario({
  name: "ping-pong",
  summary: "the mail's reproducer: a task with a sampling event is moved between two CPUs",
  shows:
    "The loss as it was reported: the stopper thread takes the task off its CPU with an overflow latched, and on the " +
    "other CPU the event starts as if nothing had been due. Domain scenario S-2.",
  parameters: adapt(switchingParameters, ...counterParameters),
  inventory: () => ({
    cpus: CPUS,
    tasks: [{ name: "T" }],
    events: [{ name: "A", of: "T" }],
    environment: [taskset("T", CPUS)],
  }),
  witnesses: (configuration) =>
    switching(configuration) ? ["context-switch", "migration", "pending-at-sched-out"] : [],
  properties: [...SAMPLING, "no-loss-across-migration"],
  start:
    "T runs at EL0 on CPU0, its event A scheduled in by the driver, the counter a whole period from overflow; CPU1 idles.",
});
