/**
 * one-cpu: one CPU, two tasks, a sampling event on one of them.
 *
 * Shows that no migration is needed to lose an overflow: being switched out and in again on the same CPU is
 * enough. Task B has no event; it only makes T leave the CPU.
 *
 * Result: exactly-once is violated by linux-6.5, with irq and with nmi; it holds with switches=0.
 */
import type { Scenario } from "../../src/spec/scenario.js";
import { linuxMachine } from "../linux/machine.js";
import { preemption } from "../linux/wakeups.js";
import { commonParameters, mustFit, switching } from "./common.js";
import { interruptedAfter } from "./reproducer.js";

export const oneCpu: Scenario = {
  name: "one-cpu",
  summary: "a task with a sampling event is switched out and in again on the same CPU",
  parameters: commonParameters,
  build: (driver, configuration) => {
    mustFit(configuration);
    return linuxMachine(driver, configuration, {
      cpus: 1,
      tasks: { T: ["A"], B: [] },
      environment: [preemption(0)],
    });
  },
  witnesses: (configuration) => [
    "overflow",
    "report",
    ...(switching(configuration) ? ["context-switch", "pending-at-sched-out"] : []),
  ],
  start:
    "T runs at EL0 on CPU0, its event A scheduled in by the driver, the counter a whole period from overflow; B waits.",
  notModelled: ["the timer tick"],
  epilogue: interruptedAfter,
};
