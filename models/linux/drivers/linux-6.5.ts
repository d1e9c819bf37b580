/**
 * linux-6.5: the kernel as it was when the mail was written (November 2023), and the base of the other versions.
 */
import { functionsOf } from "../../../src/spec/kernel-function.js";
import type { Driver } from "../../../src/spec/scenario.js";
import * as armPmu from "../arm_pmu.js";
import * as armPmuv3 from "../arm_pmuv3.js";
import * as daifflags from "../asm-daifflags.js";
import * as entryCommon from "../entry-common.js";
import * as entry from "../entry.js";
import * as eventsCore from "../events-core.js";
import * as irqChip from "../irq-chip.js";
import * as gicV3 from "../irq-gic-v3.js";
import * as irqWork from "../irq_work.js";
import * as schedCore from "../sched-core.js";
import * as signal from "../signal.js";
import * as smp from "../smp.js";

export const linux_6_5: Driver = {
  name: "linux-6.5",
  summary: "arm_pmu.c and arm_pmuv3.c as of November 2023, when the mail was written",
  functions: functionsOf(
    armPmu,
    armPmuv3,
    daifflags,
    entryCommon,
    entry,
    eventsCore,
    irqChip,
    gicV3,
    irqWork,
    schedCore,
    signal,
    smp,
  ),
  notModelled: [
    "throttling, event_limit and SIGTRAP in __perf_event_overflow",
    "ioctls, close and exit",
    "softirqs and preemption inside the kernel",
    "register writes that take effect only at the next context synchronisation",
    "the memory model between CPUs and the compiler's reordering",
  ],
};
