/**
 * ping-pong: the mail's reproducer: two CPUs, one task with a sampling event, moved from one to the other.
 *
 * Source: the reproducer attached to the mail of 20 Nov 2023, run under `taskset` that moves it to and fro.
 *
 * Result: exactly-once is violated by linux-6.5, with irq and with nmi; it holds with switches=0.
 */
import type { Scenario } from "../../src/spec/scenario.js";
import { linuxMachine } from "../linux/machine.js";
import { taskset } from "../linux/wakeups.js";
import { commonParameters, mustFit, switching } from "./common.js";
import { interruptedAfter } from "./reproducer.js";

const CPUS = 2;

export const pingPong: Scenario = {
  name: "ping-pong",
  summary: "the mail's reproducer: a task with a sampling event is moved between two CPUs",
  parameters: commonParameters,
  build: (driver, configuration) => {
    mustFit(configuration);
    return linuxMachine(driver, configuration, {
      cpus: CPUS,
      tasks: { T: ["A"] },
      environment: [taskset("T", CPUS)],
    });
  },
  witnesses: (configuration) => [
    "overflow",
    "report",
    ...(switching(configuration) ? ["context-switch", "migration", "pending-at-sched-out"] : []),
  ],
  start:
    "T runs at EL0 on CPU0, its event A scheduled in by the driver, the counter a whole period from overflow; CPU1 idles.",
  notModelled: ["the timer tick", "other tasks"],
  epilogue: interruptedAfter,
};
