/**
 * linux-6.5: the kernel as it was when the mail was written (November 2023), and the base of the other versions.
 */
import { functionsOf } from "../../../src/spec/kernel-function.js";
import type { Driver } from "../../../src/spec/scenario.js";
import { shippedDeviations } from "../../deviations.js";
import * as armPmu from "../drivers/perf/arm_pmu.js";
import * as armPmuv3 from "../drivers/perf/arm_pmuv3.js";
import * as daifflags from "../arch/arm64/include/asm/daifflags.js";
import * as entryCommon from "../arch/arm64/kernel/entry-common.js";
import * as entry from "../arch/arm64/kernel/entry.js";
import * as call from "../kernel/events/core/call.js";
import * as exit from "../kernel/events/core/exit.js";
import * as ioctl from "../kernel/events/core/ioctl.js";
import * as overflow from "../kernel/events/core/overflow.js";
import * as sched from "../kernel/events/core/sched.js";
import * as state from "../kernel/events/core/state.js";
import * as tick from "../kernel/events/core/tick.js";
import * as irqChip from "../kernel/irq/chip.js";
import * as gicV3 from "../drivers/irqchip/irq-gic-v3.js";
import * as irqWork from "../kernel/irq_work.js";
import * as schedCore from "../kernel/sched/core.js";
import * as signal from "../kernel/signal.js";
import * as smp from "../kernel/smp.js";
import * as syscall from "../fs/syscall.js";
import * as timer from "../kernel/time/timer.js";
import { release } from "./version.js";

export const linux_6_5: Driver = {
  name: "linux-6.5",
  summary: "arm_pmu.c and arm_pmuv3.c as of November 2023, when the mail was written",
  kernels: release("6.5"),
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
