/**
 * What `pmucheck mutate` runs when nothing is named: the functions that are mutated, the cells that mutants are run in,
 * and what of a system is hardware. The smallest scenarios that reach most of the driver, so that it takes minutes.
 */
import * as armPmu from "../../../../models/linux/drivers/perf/arm_pmu.js";
import * as armPmuv3 from "../../../../models/linux/drivers/perf/arm_pmuv3.js";
import type { HardwareHooks } from "../../../mutate/hardware-mutants.js";
import { functionsOf } from "../../../spec/kernel-function.js";

/** drivers/perf/arm_pmu.c and arm_pmuv3.c, in the order of the files. */
export const defaultFunctions: readonly string[] = [...functionsOf(armPmu, armPmuv3).keys()];

/**
 * Scenario, settings and a fix, each below 40,000 states. Chosen for: no context switch, so that nothing is lost and every
 * property can be broken, and two with them, for what only a switch reaches; every kind of counter; what stops and starts an
 * event; late writes, where barriers matter. There the driver miscounts for want of an isb. So it is run with that isb,
 * isb-after-stop, with which its other isb()s are enough.
 */
export const defaultCells: readonly (readonly [
  scenario: string,
  settings: Readonly<Record<string, string>>,
  fix?: string,
])[] = [
  ["one-cpu", { irq: "irq", switches: "0" }],
  ["one-cpu", { irq: "nmi", switches: "0" }],
  ["one-cpu", { irq: "irq", switches: "0", event: "cycles" }],
  ["one-cpu", { irq: "irq", switches: "0", long: "1", counters: "2" }],
  ["one-cpu", { irq: "irq", switches: "0", pmuv3p5: "1" }],
  ["one-cpu", { irq: "irq", switches: "0", excludeKernel: "0" }],
  ["half-range", { irq: "irq", switches: "0" }],
  ["late-writes", { irq: "irq", switches: "0" }, "isb-after-stop"],
  ["late-writes", { irq: "nmi", switches: "0" }, "isb-after-stop"],
  ["late-writes", { irq: "irq", excludeKernel: "1" }, "isb-after-stop"],
  ["kvm-overflow", { irq: "irq" }],
  ["close", { irq: "irq" }],
  ["never-back", { irq: "irq" }],
  ["frequency", { irq: "irq" }],
  ["throttle", { irq: "irq" }],
  ["period-change", { irq: "irq" }],
  ["exit", { irq: "irq" }],
  ["refresh", { irq: "irq" }],
  ["group-throttle", { irq: "irq" }],
  ["one-cpu", { irq: "nmi" }],
];

/** The processes of models/linux/world/hardware.ts and models/arm, and the registers and states of models/arm. */
export const hardwareHooks: HardwareHooks = {
  processes: ["pmu", "line", "irq", "sync", "host"],
  // Not the bookkeeping of assumptions (sinceRise, unseen, kernelBudget), nor what belongs to Linux (stack, current).
  fields: [
    "pmu.PM",
    "pmu.effective",
    "pmu.host",
    "pmu.started",
    "gic.interrupts",
    "gic.running",
    "pe.PSTATE",
    "pe.ICC_PMR",
  ],
};
