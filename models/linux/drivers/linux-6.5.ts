/**
 * linux-6.5: the kernel as it was when the mail was written (November 2023), and the base of the other versions.
 */
import { functionsOf } from "../../../src/spec/kernel-function.js";
import type { Driver } from "../../../src/spec/scenario.js";
import { shippedDeviations } from "../../deviations.js";
import * as armPmu from "../arm_pmu.js";
import * as armPmuv3 from "../arm_pmuv3.js";
import * as daifflags from "../asm-daifflags.js";
import * as entryCommon from "../entry-common.js";
import * as entry from "../entry.js";
import * as call from "../events-core-call.js";
import * as exit from "../events-core-exit.js";
import * as ioctl from "../events-core-ioctl.js";
import * as overflow from "../events-core-overflow.js";
import * as sched from "../events-core-sched.js";
import * as state from "../events-core-state.js";
import * as tick from "../events-core-tick.js";
import * as irqChip from "../irq-chip.js";
import * as gicV3 from "../irq-gic-v3.js";
import * as irqWork from "../irq_work.js";
import * as schedCore from "../sched-core.js";
import * as signal from "../signal.js";
import * as smp from "../smp.js";
import * as syscall from "../syscall.js";
import * as timer from "../timer.js";

export const linux_6_5: Driver = {
  name: "linux-6.5",
  summary: "arm_pmu.c and arm_pmuv3.c as of November 2023, when the mail was written",
  functions: functionsOf(
    armPmu,
    armPmuv3,
    daifflags,
    entryCommon,
    entry,
    call,
    exit,
    ioctl,
    overflow,
    sched,
    state,
    tick,
    irqChip,
    gicV3,
    irqWork,
    schedCore,
    signal,
    smp,
    syscall,
    timer,
  ),
  base: null,
  differences: [],
  lacks: {},
  deviations: shippedDeviations,
};
