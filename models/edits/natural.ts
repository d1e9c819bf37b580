/**
 * Sets of edits that somebody would think of, in the order of the mail thread. `pmucheck synthesize` says of each what
 * refutes it.
 */
export interface NaturalSet {
  readonly idea: string;
  readonly edits: readonly string[];
}

const WHOLE = ["whole-on-period", "whole-on-rate", "whole-in-kvm"] as const;

export const natural: readonly NaturalSet[] = [
  { idea: "do not clear the flag", edits: ["keep-flag"] },
  { idea: "nor disable the counter in armpmu_add", edits: ["keep-flag", "no-disable-in-add"] },
  { idea: "save the flag, and set it again", edits: ["save-flag", "marked-setflag"] },
  {
    idea: "save the flag, keep the period unconsumed (Mark Rutland's split)",
    edits: ["save-flag", "marked-relatch", "forget-on-period", ...WHOLE],
  },
  {
    idea: "the same, by the counter's value",
    edits: ["stop-mark", "marked-relatch", "forget-on-period", ...WHOLE],
  },
  { idea: "report in armpmu_stop", edits: ["stop-call"] },
  { idea: "report in armpmu_del", edits: ["del-call"] },
  { idea: "irq_work at the stop", edits: ["stop-irqwork"] },
  { idea: "irq_work at the del", edits: ["del-irqwork"] },
  { idea: "report in armpmu_start", edits: ["start-call"] },
  { idea: "the same, with new periods whole", edits: ["start-call", ...WHOLE] },
  { idea: "irq_work at the start, with new periods whole", edits: ["start-irqwork", ...WHOLE] },
  { idea: "start one count short of the overflow", edits: ["start-short", ...WHOLE] },
  { idea: "set the flag at the start", edits: ["start-relatch", ...WHOLE] },
  { idea: "report when somebody reads", edits: ["start-mark", "read-report"] },
  {
    idea: "task work at the stop",
    edits: ["stop-taskwork", "tw-requeue", "tw-hold-ctx", "tw-irqs-off"],
  },
  {
    idea: "the same with every guard (best before this search)",
    edits: [
      "stop-taskwork",
      "tw-requeue",
      "tw-hold-ctx",
      "tw-irqs-off",
      "forget-on-period",
      ...WHOLE,
      "handler-keeps-E",
      "handler-keeps-count",
      "isb-after-stop",
      "veto-power-down",
      "no-swap",
      "read-masked",
    ],
  },
  { idea: "wait for the NMI before the PMU is disabled", edits: ["drain-before-disable"] },
  { idea: "update before the counter is disabled", edits: ["swap-update-disable"] },
  { idea: "clear the flag before its interrupt is disabled", edits: ["swap-clear-inten"] },
  { idea: "stop the PMU before the handler reads the flags", edits: ["swap-stop-flags"] },
];
