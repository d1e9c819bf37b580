/**
 * veto-power-down: a CPU whose counter has overflowed is not powered down before that was handled.
 */
import { partsOf } from "../../src/spec/edit.js";
import type { Fix } from "../../src/spec/fix.js";
import { vetoPowerDown as edit } from "../edits/machine.js";

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
  ...partsOf([edit]),
};
