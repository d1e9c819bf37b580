/**
 * The package's second entry, `pmucheck/linux`: the modelled kernel, for whoever writes a fix or a driver of it.
 *
 * Functions under their C names, the operations they are made of, structures and their fields, and what the shipped
 * fixes share.
 */
export * from "../models/fixes/common.js";
export * from "../models/linux/arm_pmu.js";
export * from "../models/linux/arm_pmuv3.js";
export * from "../models/linux/asm-arm_pmuv3.js";
export * from "../models/linux/asm-daifflags.js";
export * from "../models/linux/config.js";
export * from "../models/linux/events-core-call.js";
export * from "../models/linux/events-core-exit.js";
export * from "../models/linux/events-core-ioctl.js";
export * from "../models/linux/events-core-overflow.js";
export * from "../models/linux/events-core-sched.js";
export * from "../models/linux/events-core-state.js";
export * from "../models/linux/events-core-tick.js";
export * from "../models/linux/hardirq.js";
export * from "../models/linux/irq-chip.js";
export * from "../models/linux/irq_work.js";
export * from "../models/linux/memory.js";
export * from "../models/linux/sched-core.js";
export * from "../models/linux/signal.js";
export * from "../models/linux/smp.js";
export * from "../models/linux/structs.js";
export * from "../models/linux/timer.js";
