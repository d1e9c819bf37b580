/**
 * The package's second entry, `pmucheck/linux`: the modelled kernel, for authors of fixes and drivers.
 *
 * Functions under their C names, the operations they are made of, structures and their fields, and what the shipped
 * fixes share.
 */
export * from "../models/edits/common.js";
export * from "../models/edits/notice.js";
export * from "../models/linux/drivers/perf/arm_pmu.js";
export * from "../models/linux/drivers/perf/arm_pmuv3.js";
export * from "../models/linux/arch/arm64/include/asm/arm_pmuv3.js";
export * from "../models/linux/arch/arm64/include/asm/daifflags.js";
export * from "../models/linux/config.js";
export * from "../models/linux/kernel/events/core/call.js";
export * from "../models/linux/kernel/events/core/exit.js";
export * from "../models/linux/kernel/events/core/ioctl.js";
export * from "../models/linux/kernel/events/core/overflow.js";
export * from "../models/linux/kernel/events/core/sched.js";
export * from "../models/linux/kernel/events/core/state.js";
export * from "../models/linux/kernel/events/core/tick.js";
export * from "../models/linux/include/linux/hardirq.js";
export * from "../models/linux/kernel/irq/chip.js";
export * from "../models/linux/kernel/irq_work.js";
export * from "../models/linux/memory.js";
export * from "../models/linux/kernel/sched/core.js";
export * from "../models/linux/kernel/signal.js";
export * from "../models/linux/kernel/smp.js";
export * from "../models/linux/structs.js";
export * from "../models/linux/kernel/time/timer.js";
