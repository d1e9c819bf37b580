/**
 * The deviation register: every place where these models knowingly do less or more than the manual or the kernel.
 *
 * A reviewer who finds another one adds it here; the header of each model file says the same in fewer words.
 */
import type { Deviation } from "../src/spec/deviation.js";
import { valueOf, type Configuration, type Parameter } from "../src/spec/parameter.js";
import { kernelDeviations } from "./kernel-deviations.js";
import * as parameters from "./parameters.js";

/** Has the parameter this value? A scenario without it has its default. */
function set(parameter: Parameter, value: number | string): (configuration: Configuration) => boolean {
  return (configuration) => valueOf(configuration, parameter) === value;
}

export const hardwareDeviations: readonly Deviation[] = [
  {
    name: "program-order",
    where: "models/linux/memory.ts",
    what: "accesses are atomic and happen in program order, on every CPU in one order",
    does: "less",
    because:
      "the memory model between CPUs and the compiler's merging and reordering are left out: a fix that relies on a barrier is not tested by this",
  },
  {
    name: "compound-accesses",
    where: "models/linux/compound.ts",
    what: "`field |= x`, `field &= ~x` and `count++` on plain data are one step (compound=whole)",
    does: "less",
    because:
      "each is a load and a store in C; the data is written by its own CPU only, and an interrupt handler leaves it as it found it: compound=parts tests that",
    touches: set(parameters.compound, "whole"),
  },
  {
    name: "late-writes-off",
    where: "models/arm/pmuv3.ts",
    what: "a write to a PMU register acts at once (sync=0)",
    does: "less",
    because:
      "real writes act any time up to the next context synchronisation; the scenario late-writes and sync=1 check that",
    touches: set(parameters.sync, 0),
  },
  {
    name: "late-enables-only",
    where: "models/arm/pmuv3.ts",
    what: "with sync=1 writes to PMCR.E, PMCNTEN and PMINTEN act late; those to counters, event types, flags, LC and LP at once",
    does: "less",
    because:
      "a counter that is enabled before its type or value has taken effect is not found: that is what the isb of armv8pmu_enable_counter is for",
    touches: set(parameters.sync, 1),
  },
  {
    name: "count-anywhere",
    where: "models/linux/world/hardware.ts",
    what: "an event may be counted between any two accesses of the kernel, whatever the pipeline would do",
    does: "more",
    because: "no implementation counts in a place where this model does not",
  },
  {
    name: "events-together",
    where: "models/linux/world/hardware.ts",
    what: "all events of a task occur together: one step counts for every counter that is enabled",
    does: "less",
    because:
      "counters of one task overflow in the same step or by their own periods, never one just before the other; overflows in between are left out",
  },
  {
    name: "skid-bound",
    where: "models/linux/world/hardware.ts",
    what: "at most `skid` events are counted at EL0 while an interrupt is on its way, at most `kernelCounts` per stay in the kernel",
    does: "less",
    because:
      "larger numbers are parameters; a skid of a whole period merges overflows on any driver (scenario merge)",
  },
  {
    name: "line-delay",
    where: "models/arm/gicv3.ts",
    what: "PMUIRQ may take any time to be seen to rise and to fall by the GIC (lag=any)",
    does: "more",
    because:
      "real hardware needs a few cycles, a virtual machine much longer; lag=N bounds the rise. That a handler finds no flag (no-spurious-interrupt) rests on the late fall",
    touches: set(parameters.lag, "any"),
  },
  {
    name: "taken-at-once",
    where: "models/arm/pe.ts",
    what: "an interrupt that is signalled and not masked is taken before the next instruction",
    does: "same",
    because: "whatever delay there is lies before the interrupt becomes pending, in line-delay",
  },
  {
    name: "small-gic",
    where: "models/arm/gicv3.ts",
    what: "no SPIs, LPIs, groups, Security states or affinity routing; two priorities",
    does: "less",
    because: "the PMU's interrupt is a PPI, and the kernel gives it one of these two priorities",
  },
  {
    name: "no-el2",
    where: "models/arm/pe.ts, models/arm/pmuv3.ts",
    what: "EL2 and EL3, HPMN, SError, debug and other exceptions are left out",
    does: "less",
    because:
      "none of them is on the path from an overflow to its report; a hypervisor is the scenario virtual-pmu",
  },
  {
    name: "no-pmicntr",
    where: "models/arm/pmuv3.ts, models/linux/versions/linux-6.12.ts",
    what: "the instruction counter (PMICNTR, index 32 since 6.12) and thresholds are left out",
    does: "less",
    because:
      "an event takes it only if it counts INST_RETIRED; it is one more fixed counter, handled as the cycle counter is, which is modelled",
  },
  {
    name: "narrow-counters",
    where: "models/arm/pmuv3.ts",
    what: "event counters have fewer than 32 bits (counterBits)",
    does: "more",
    because: "so that a wrap that is not a sample overflow can be reached; the driver is told the same width",
    touches: (configuration) => valueOf(configuration, parameters.counterBits) < 32,
  },
  {
    name: "unknown-one-value",
    where: "models/arm/pmuv3-reset.ts",
    what: "a register that is UNKNOWN after reset has one value, the one that does most harm; PMSELR's is not followed",
    does: "same",
    because:
      "no-unknown-register says of every such bit whether anybody depends on it, whatever its value; PMSELR is written before each use",
  },
  {
    name: "virtual-pmu",
    where: "models/arm/pmuv3.ts, models/linux/world/hardware.ts",
    what: "a hypervisor's PMU is a late flag that is lost if the counter is disabled first (vpmu=1); KVM's code is not modelled",
    does: "more",
    because: "it covers what users saw on virtual machines, not one hypervisor",
    touches: set(parameters.vpmu, 1),
  },
];

export const shippedDeviations: readonly Deviation[] = [...hardwareDeviations, ...kernelDeviations];

/** Of single versions. */
export const assemblyEntry: Deviation = {
  name: "assembly-entry",
  where: "models/linux/versions/linux-5.10.ts",
  what: "entry code in assembly (until 5.11) is modelled by the later C functions",
  does: "same",
  because: "they mask and unmask in the same places",
};

export const pmuLockWord: Deviation = {
  name: "pmu-lock-word",
  where: "models/linux/versions/linux-5.4.ts, models/linux/arch/arm64/include/asm/pmselr.ts",
  what: "pmu_lock masks interrupts but is no word in memory",
  does: "same",
  because: "it is per CPU and taken with interrupts masked, so nobody ever waits for it",
};

export const nmiTaskWork: Deviation = {
  name: "nmi-task-work",
  where: "models/linux/versions/linux-6.12.ts",
  what: "task work queued from an NMI (TWA_NMI_CURRENT) is seen as soon as it is queued",
  does: "more",
  because: "the kernel sees it one self-IPI later, or earlier: on the way out of the same interrupt",
};

export const noBrbe: Deviation = {
  name: "no-brbe",
  where: "models/linux/versions/linux-7.3.ts",
  what: "BRBE, PMUACR, KVM's resynchronisation in armv8pmu_start and PMCCNTR's avoidance on SMT are left out",
  does: "less",
  because: "none of them touches the overflow flag or period_left",
};

/** Of the long-term trees. */
export const byAnnouncement: Deviation = {
  name: "by-announcement",
  where: "models/linux/versions/long-term.ts",
  what: "the sources of 5.10.y, 5.15.y and 6.6.y were not read: each is the release and two commits announced for it",
  does: "less",
  because:
    "other commits of these trees to perf's core are left out; 6.1.192 and 6.12.117 were read, and show what kind they are",
};

export const exitState: Deviation = {
  name: "exit-state",
  where: "models/linux/versions/long-term.ts",
  what: "an event of a task that exits gets the state EXIT a step after it is removed, not in the same step (DETACH_EXIT)",
  does: "more",
  because: "the task's context is gone before, so that nobody can schedule the event in between",
};

export const kvmResync: Deviation = {
  name: "kvm-resync",
  where: "models/linux/versions/long-term.ts",
  what: "kvm_vcpu_pmu_resync_el0 in armv8pmu_start (since 6.12.31) is left out",
  does: "less",
  because: "it writes PMUSERENR for a guest, and touches neither an overflow flag nor period_left",
};
