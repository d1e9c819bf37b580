/**
 * Neighbours swapped: what the driver does already, in another order.
 */
import type { Edit } from "../../src/spec/edit.js";
import { changing } from "../../src/spec/fix.js";
import { calls, performs, rewriting } from "../../src/spec/rewrite.js";
import { write_pmintenclr, write_pmovsclr } from "../linux/arch/arm64/include/asm/arm_pmuv3.js";
import {
  armpmu_event_set_period,
  armpmu_event_update,
  armpmu_start,
  armpmu_stop,
} from "../linux/drivers/perf/arm_pmu.js";
import {
  armv8pmu_disable_event,
  armv8pmu_disable_intens,
  armv8pmu_enable_event,
  armv8pmu_getreset_flags,
  armv8pmu_handle_irq,
  armv8pmu_start,
  armv8pmu_stop,
} from "../linux/drivers/perf/arm_pmuv3.js";
import { ignoring, type Kernel, type Request } from "../../src/spec/kernel-function.js";
import { IRQ_NONE } from "../linux/structs.js";
import { costs } from "./common.js";

// oxlint-disable-next-line require-yield -- an empty body of a kernel function
function* nothing(): Kernel {}

function* after(first: Kernel, request: Request): Kernel<unknown> {
  yield* first;
  return yield request;
}

export const updateBeforeDisable: Edit = {
  name: "swap-update-disable",
  summary: "armpmu_stop updates before it disables the counter",
  inC: "armpmu_stop calls armpmu_event_update before armpmu->disable.",
  changes: [
    changing(armpmu_stop, function* (base, event, flags) {
      yield* rewriting(base(event, flags), (request) => {
        if (calls(armv8pmu_disable_event)(request)) return armpmu_event_update(event);
        if (calls(armpmu_event_update)(request)) return armv8pmu_disable_event(event);
        return undefined;
      });
    }),
  ],
  cost: costs(2),
};

export const enableBeforePeriod: Edit = {
  name: "swap-enable-period",
  summary: "armpmu_start enables the counter before it programs the period",
  inC: "armpmu_start calls armpmu->enable before armpmu_event_set_period.",
  changes: [
    changing(armpmu_start, function* (base, event, flags) {
      yield* rewriting(base(event, flags), (request) => {
        if (calls(armpmu_event_set_period)(request)) return armv8pmu_enable_event(event);
        if (calls(armv8pmu_enable_event)(request)) return ignoring(armpmu_event_set_period, event);
        return undefined;
      });
    }),
  ],
  // They change what stands in place of the two calls.
  excludes: [
    "start-taskwork",
    "start-call",
    "start-irqwork",
    "start-short",
    "start-relatch",
    "start-mark",
    "marked-relatch",
  ],
  cost: costs(2),
};

export const stopBeforeFlags: Edit = {
  name: "swap-stop-flags",
  summary: "the handler stops the PMU before it reads and clears the flags",
  inC: "armv8pmu_handle_irq calls armv8pmu_stop before armv8pmu_getreset_flags, and armv8pmu_start before it returns IRQ_NONE.",
  changes: [
    changing(armv8pmu_handle_irq, function* (base) {
      const ret = yield* rewriting(base(), (request) => {
        if (calls(armv8pmu_getreset_flags)(request)) {
          return after(armv8pmu_stop(), request);
        }
        return calls(armv8pmu_stop)(request) ? nothing() : undefined;
      });
      if (ret === IRQ_NONE) yield* armv8pmu_start();
      return ret;
    }),
  ],
  cost: costs(3),
};

export const clearBeforeInten: Edit = {
  name: "swap-clear-inten",
  summary: "armv8pmu_disable_intens clears the flag before it disables the interrupt",
  inC: "armv8pmu_disable_intens writes PMOVSCLR first and PMINTENCLR second, each with its isb.",
  changes: [
    changing(armv8pmu_disable_intens, function* (base, mask) {
      yield* rewriting(base(mask), (request) => {
        if (performs("write_pmintenclr")(request)) return write_pmovsclr(mask);
        if (performs("write_pmovsclr")(request)) return write_pmintenclr(mask);
        return undefined;
      });
    }),
  ],
  cost: costs(2),
};
