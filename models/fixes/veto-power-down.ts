/**
 * veto-power-down: a CPU whose counter has overflowed is not powered down before that was handled.
 */
import { changing, type Fix } from "../../src/spec/fix.js";
import { cpu_suspend } from "../linux/drivers/perf/arm_pmu.js";
import { local_irq_disable, local_irq_enable } from "../linux/arch/arm64/include/asm/daifflags.js";
import { overflow_pending } from "./common.js";

export const vetoPowerDown: Fix = {
  name: "veto-power-down",
  summary: "guard: the CPU_PM_ENTER notifier refuses while an overflow is latched",
  idea:
    "A CPU-wide event has no task that could report for it later. The idle CPU can wait instead: cpu_pm notifiers may refuse a " +
    "power-down, and the interrupt comes as soon as idle has unmasked it.",
  proposedBy: "this project's design notes; other cpu_pm notifiers refuse likewise",
  hazards: ["an idle CPU stays awake until the interrupt was handled"],
  assumes: ["the interrupt of a latched overflow comes while the CPU idles"],
  claims: [],
  changes: [
    changing(cpu_suspend, function* (base) {
      yield* local_irq_disable();
      if (yield* overflow_pending()) yield* local_irq_enable();
      else yield* base();
    }),
  ],
};
