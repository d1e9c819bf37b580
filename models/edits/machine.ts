/**
 * Edits of the handler, of the PMU's enable bit, of power management and of context switches.
 */
import type { Edit } from "../../src/spec/edit.js";
import { changing } from "../../src/spec/fix.js";
import { operation, type Kernel, type Request } from "../../src/spec/kernel-function.js";
import { calls, performs, replacing, rewriting } from "../../src/spec/rewrite.js";
import { pmu } from "../arm/pmuv3.js";
import { ARMV8_PMU_PMCR_E, isb, read_pmcr } from "../linux/arch/arm64/include/asm/arm_pmuv3.js";
import { local_irq_disable, local_irq_enable } from "../linux/arch/arm64/include/asm/daifflags.js";
import { smp_processor_id, system_uses_irq_prio_masking } from "../linux/config.js";
import { armpmu_disable, cpu_suspend } from "../linux/drivers/perf/arm_pmu.js";
import { armv8pmu_handle_irq, armv8pmu_start, armv8pmu_stop } from "../linux/drivers/perf/arm_pmuv3.js";
import { perf_event_context_sched_out } from "../linux/kernel/events/core/sched.js";
import { load } from "../linux/memory.js";
import { per_cpu } from "../linux/structs.js";
import { costs, overflow_pending } from "./common.js";

export const handlerKeepsE: Edit = {
  name: "handler-keeps-E",
  summary: "the handler sets PMCR.E only if it was set when the handler began",
  inC: "armv8pmu_handle_irq reads PMCR first, and calls armv8pmu_start at its end only if E was set.",
  changes: [
    changing(armv8pmu_handle_irq, function* (base) {
      const enabled = ((yield* read_pmcr()) & ARMV8_PMU_PMCR_E) !== 0;
      return yield* replacing(base(), calls(armv8pmu_start), function* () {
        if (enabled) yield* armv8pmu_start();
      });
    }),
  ],
  cost: costs(3, 1),
};

export const handlerKeepsCount: Edit = {
  name: "handler-keeps-count",
  summary: "the handler sets PMCR.E only if perf has not disabled the PMU",
  inC: "armv8pmu_handle_irq calls armv8pmu_start at its end only if this CPU's pmu_disable_count is 0. Perf counts before it calls the driver.",
  changes: [
    changing(armv8pmu_handle_irq, function* (base) {
      return yield* replacing(base(), calls(armv8pmu_start), function* () {
        const { pmu_disable_count } = per_cpu(yield* smp_processor_id());
        if ((yield* load(pmu_disable_count)) === 0) yield* armv8pmu_start();
      });
    }),
  ],
  cost: costs(2, 1),
};

export const isbAfterStop: Edit = {
  name: "isb-after-stop",
  summary: "the PMU has stopped when armv8pmu_stop returns",
  inC: "armv8pmu_stop ends with an isb.",
  changes: [
    changing(armv8pmu_stop, function* (base) {
      yield* base();
      yield* isb();
    }),
  ],
  cost: costs(1, 1),
};

export const vetoPowerDown: Edit = {
  name: "veto-power-down",
  summary: "a CPU whose counter has overflowed is not powered down",
  inC: "cpu_pm_pmu_notify, at CPU_PM_ENTER, returns NOTIFY_BAD if PMOVSCLR & PMINTENSET is not 0: idle goes on without the power-down, and the interrupt comes as soon as it is unmasked.",
  changes: [
    changing(cpu_suspend, function* (base) {
      yield* local_irq_disable();
      if (yield* overflow_pending()) yield* local_irq_enable();
      else yield* base();
    }),
  ],
  cost: costs(4),
};

function* equivalentAndQuiet(request: Request): Kernel<boolean> {
  const equivalent = yield request;
  return equivalent === true && !(yield* overflow_pending());
}

export const noSwap: Edit = {
  name: "no-swap",
  summary: "contexts of clones are not swapped while an overflow of the outgoing task is latched",
  inC: "perf_event_context_sched_out swaps equivalent contexts only if PMOVSCLR & PMINTENSET is 0.",
  changes: [
    changing(perf_event_context_sched_out, function* (base, task, next) {
      yield* rewriting(base(task, next), (request) =>
        performs("context_equiv")(request) ? equivalentAndQuiet(request) : undefined,
      );
    }),
  ],
  cost: costs(4),
};

/** Spins while E and PMOVS & PMINTEN hold the line high: the handler clears the flag. */
const wait_for_handler = operation<[], void>({
  name: "wait_for_handler",
  enabled: (view, cpu) => {
    const { PMCR, PMOVS, PMINTEN } = view.read(pmu(cpu));
    return !PMCR.E || (PMOVS & PMINTEN) === 0;
  },
  perform: () => undefined,
  show: () => "PMOVS & PMINTEN is 0",
});

export const drainBeforeDisable: Edit = {
  name: "drain-before-disable",
  summary: "armpmu_disable waits until a pending overflow has been handled, where the interrupt is an NMI",
  inC: "armpmu_disable, with pseudo-NMIs, spins until PMOVSCLR & PMINTENSET is 0, and only then clears PMCR.E.",
  changes: [
    changing(armpmu_disable, function* (base) {
      if (yield* system_uses_irq_prio_masking()) yield* wait_for_handler();
      yield* base();
    }),
  ],
  cost: costs(4, 2),
};
