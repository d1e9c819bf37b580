/**
 * drain-before-disable: the PMU is not disabled before an overflow that is on its way has been handled.
 *
 * Came out (linux-6.5): by nmi closes everything but virtual-pmu, and events that count the kernel; by irq it
 * changes nothing.
 */
import { partsOf } from "../../src/spec/edit.js";
import type { Fix } from "../../src/spec/fix.js";
import { EXACTLY_ONCE } from "../edits/common.js";
import { drainBeforeDisable as edit } from "../edits/machine.js";

export const drainBeforeDisable: Fix = {
  name: "drain-before-disable",
  summary: "armpmu_disable waits until a pending overflow has been handled, where the interrupt is an NMI",
  idea:
    "As AMD's driver waits for a counter's late NMI: with a flag set and its interrupt enabled, the NMI is certain to come, so the " +
    "driver spins until the handler has cleared the flag, and only then clears PMCR.E.",
  proposedBy: "after arch/x86/events/amd/core.c and powerpc's handling of pending overflows",
  hazards: [
    "an ordinary interrupt is masked there, and waiting for it would be for ever: without pseudo-NMI nothing changes",
    "an overflow between the wait and the write of PMCR.E is lost (an event that counts the kernel)",
    "a virtual PMU shows its flag too late to be waited for",
  ],
  assumes: ["the NMI comes, however long it takes"],
  claims: EXACTLY_ONCE,
  ...partsOf([edit]),
};
