/**
 * The assumptions a verdict rests on, as parameters.
 *
 * None of these is a fact about one machine; each bounds what the environment may do, and several decide
 * verdicts. All are printed with every verdict.
 */
import { bound, choice, integer } from "../src/spec/parameter.js";

/** How Linux takes the PMU's interrupt: as an ordinary IRQ, or as a pseudo-NMI (irqchip.gicv3_pseudo_nmi=1). */
export const irq = choice({
  name: "irq",
  default: "irq",
  choices: ["irq", "nmi"],
  meaning: "the PMU interrupt is an ordinary IRQ (irq) or a pseudo-NMI (nmi)",
});

export const period = integer({
  name: "period",
  default: 4,
  minimum: 2,
  maximum: 64,
  meaning: "sample period of the event, in counted events",
});

/**
 * The interrupt line needs time to rise, to reach the PE and to be taken. As long as the skid is shorter than
 * the period, one crossing can be reported before the next; a longer one merges crossings on any driver.
 */
export const skid = integer({
  name: "skid",
  default: 1,
  minimum: 0,
  maximum: 63,
  meaning: "events still counted at EL0 between PMUIRQ rising and the interrupt being taken, at most",
});

/** An event that only counts completes no periods: it is there to be refused where the kernel refuses it. */
export const sampling = integer({
  name: "sampling",
  default: 1,
  minimum: 0,
  maximum: 1,
  meaning: "1: the event samples; 0: it only counts, and the kernel refuses IOC_REFRESH",
});

/** With less than a period between two context switches, any driver that reports late can be starved. */
export const slice = integer({
  name: "slice",
  default: 4,
  minimum: 1,
  maximum: 64,
  meaning: "events counted between being switched in and being switched out, at least",
});

export const kernelCounts = integer({
  name: "kernelCounts",
  default: 1,
  minimum: 0,
  maximum: 16,
  meaning: "events counted per kernel entry when the event does not exclude the kernel, at most",
});

export const excludeKernel = integer({
  name: "excludeKernel",
  default: 1,
  minimum: 0,
  maximum: 1,
  meaning: "attr.exclude_kernel of the event, 1 as rr sets it",
});

export const excludeHost = integer({
  name: "excludeHost",
  default: 0,
  minimum: 0,
  maximum: 1,
  meaning: "attr.exclude_host of the event: on a VHE host it excludes the host's EL0 too",
});

export const switches = integer({
  name: "switches",
  default: 1,
  minimum: 0,
  maximum: 1,
  meaning: "whether the task may be switched out (and moved) at all",
});

export const counters = integer({
  name: "counters",
  default: 1,
  minimum: 1,
  maximum: 6,
  meaning: "event counters of each PMU (PMCR_EL0.N), beside the cycle counter",
});

export const pmuv3p5 = integer({
  name: "pmuv3p5",
  default: 0,
  minimum: 0,
  maximum: 1,
  meaning: "FEAT_PMUv3p5: event counters are 64 bits wide, not 32",
});

export const long = integer({
  name: "long",
  default: 0,
  minimum: 0,
  maximum: 1,
  meaning: "attr.config1:0 of the event: a 64-bit event, chained where counters are 32 bits wide",
});

export const event = choice({
  name: "event",
  default: "branches",
  choices: ["branches", "cycles"],
  meaning: "what is counted: branches (an event counter) or cycles (the cycle counter)",
});

/**
 * How long PMUIRQ may take to reach the GIC, in steps of the CPU's kernel. Real hardware needs a few cycles; `any`
 * covers every implementation, and a virtual machine.
 */
export const lag = bound({
  name: "lag",
  default: "any",
  minimum: 0,
  maximum: 500,
  meaning: "kernel steps within which the GIC sees PMUIRQ rise, at most",
});

export const counterBits = integer({
  name: "counterBits",
  default: 32,
  minimum: 3,
  maximum: 32,
  meaning: "width of a counter without FEAT_PMUv3p5 (real ones have 32 bits; fewer make a wrap reachable)",
});

export const sync = integer({
  name: "sync",
  default: 0,
  minimum: 0,
  maximum: 1,
  meaning: "1: writes to PMU enable registers act any time up to the next context synchronisation",
});

export const compound = choice({
  name: "compound",
  default: "whole",
  choices: ["whole", "parts"],
  meaning: "`field |= x` and `count++` on plain data are one step (whole), or a load and a store (parts)",
});

export const vpmu = integer({
  name: "vpmu",
  default: 0,
  minimum: 0,
  maximum: 1,
  meaning: "1: a virtual PMU, whose overflow flag is set late and is lost if the counter is disabled before",
});

export const freeRunning = integer({
  name: "freeRunning",
  default: 0,
  minimum: 0,
  maximum: 1,
  meaning: "1: counters that were started cannot be stopped, only their interrupts can",
});

export const tickRate = integer({
  name: "tick",
  default: 2,
  minimum: 1,
  maximum: 64,
  meaning: "events counted between two timer ticks, at least",
});

export const maxSamples = integer({
  name: "maxSamples",
  default: 0,
  minimum: 0,
  maximum: 8,
  meaning: "max_samples_per_tick: overflows of an event within a tick that throttle it; 0 is never",
});

export const ringBuffer = choice({
  name: "ringBuffer",
  default: "roomy",
  choices: ["roomy", "full"],
  meaning: "whether the ring buffer may be full when a sample is written",
});

/**
 * An overflow that is latched when the user disables the event: the mail calls a temporary disable a victim too, so
 * it is kept by default, to be reported after the next ENABLE.
 */
export const disabling = choice({
  name: "disabling",
  default: "kept",
  choices: ["kept", "dropped", "reported"],
  meaning:
    "an unreported crossing at DISABLE is kept for after the next ENABLE, may be dropped, or must be reported before",
});

/** Explicit teardown excuses a loss: the line that the mail draws. */
export const closing = choice({
  name: "closing",
  default: "dropped",
  choices: ["dropped", "reported"],
  meaning: "an unreported crossing at close or exit may be dropped, or must be reported before",
});
