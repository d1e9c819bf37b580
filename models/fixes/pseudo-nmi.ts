/**
 * pseudo-nmi: no change of the driver: the machine is booted with pseudo-NMIs.
 *
 * Came out (linux-6.5): loses by nmi wherever the driver of the mail does: the line may be too late.
 */
import type { Fix } from "../../src/spec/fix.js";
import { EXACTLY_ONCE } from "../edits/common.js";

export const pseudoNmi: Fix = {
  name: "pseudo-nmi",
  summary: "boot with irqchip.gicv3_pseudo_nmi=1, so that the PMU's interrupt is an NMI",
  idea: "Where ordinary interrupts are masked an NMI is not, so that an overflow is handled before its event is stopped.",
  proposedBy: "William Ashley, 20 Nov 2023: the loss was not seen with it",
  hazards: [
    "narrows and does not close: the line is not there yet, or the exception's entry still masks everything (Mark Rutland, 29 Nov)",
    "an NMI between the disabling of the PMU and of its counters sets PMCR.E again",
  ],
  assumes: ["a GICv3 with more than one Security state's worth of priorities, and CONFIG_ARM64_PSEUDO_NMI"],
  claims: EXACTLY_ONCE,
  changes: [],
  settings: { irq: "nmi" },
  refuses: ({ lacks }) => lacks.nmi,
};
