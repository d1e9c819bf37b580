/**
 * Results that take long to come by, made by hand: small, and with every part that their texts have.
 */
import type { ConformDocument } from "../../../src/conform/conform.js";
import type { Score } from "../../../src/mutate/score.js";
import type { Reason } from "../../../src/mutate/reasons.js";
import type { ListedTree } from "../../../src/cli/commands/listing/text.js";
import type { RankedFix } from "../../../src/report/verify/ranking.js";
import type { Change } from "../../../src/trace/comparison.js";
import type { SynthesisDocument } from "../../../src/trace/synthesis.js";

export const score: Score = {
  driver: "linux-6.5",
  cells: [
    { name: "one-cpu irq switches=0", states: 1204 },
    { name: "late-writes nmi switches=0 + isb-after-stop", states: 20_133 },
  ],
  incomplete: [{ name: "hotplug irq", bound: "more than 60000 states" }],
  functions: ["armpmu_start", "armv8pmu_disable_intens", "armv8pmu_reset"],
  unreached: ["armv8pmu_reset"],
  hardware: false,
  maxStates: 60_000,
  stopped: { reason: "interrupted by SIGINT", left: 12 },
  mutants: [
    {
      name: "drop armpmu_start: armpmu_event_set_period()",
      kind: "drop",
      of: "driver",
      text: "armpmu_start does not call armpmu_event_set_period(A)",
      cells: ["one-cpu irq switches=0"],
      fate: { kind: "killed", cell: "one-cpu irq switches=0", by: ["no-loss", "phase"] },
    },
    {
      name: "swap armv8pmu_disable_intens: write_pmintenclr, isb",
      kind: "swap",
      of: "driver",
      text: "armv8pmu_disable_intens does isb before PMINTENCLR = 0x1",
      cells: ["one-cpu irq switches=0", "late-writes nmi switches=0 + isb-after-stop"],
      fate: { kind: "survived", cell: "late-writes nmi switches=0 + isb-after-stop" },
    },
    {
      name: "drop armv8pmu_disable_intens: isb (2 of 2)",
      kind: "drop",
      of: "driver",
      text: "armv8pmu_disable_intens leaves out its last isb",
      cells: ["late-writes nmi switches=0 + isb-after-stop"],
      fate: { kind: "survived", cell: "late-writes nmi switches=0 + isb-after-stop" },
    },
    {
      name: "repeat armpmu_start: armv8pmu_enable_event()",
      kind: "repeat",
      of: "driver",
      text: "armpmu_start calls armv8pmu_enable_event(A) twice",
      cells: ["one-cpu irq switches=0"],
      fate: { kind: "equivalent" },
    },
    {
      name: "drop armpmu_start: hw.state",
      kind: "drop",
      of: "driver",
      text: "armpmu_start leaves out A->hw.state = 0",
      cells: ["one-cpu irq switches=0"],
      fate: { kind: "undecided", cells: ["one-cpu irq switches=0"], bound: "more than 60000 states" },
    },
  ],
};

export const reasons: readonly Reason[] = [
  {
    kind: "not-modelled",
    mutants: ["swap armv8pmu_disable_intens: write_pmintenclr, isb"],
    why: "the model's writes act when the next isb comes at the latest, and another one follows before anybody could tell",
  },
];

export const refused: ConformDocument = {
  format: "pmucheck-conform/1",
  verdict: "refused",
  entries: 3121,
  matched: 46,
  leftOut: 1838,
  switches: 2,
  completed: 1,
  unreported: 1,
  functions: ["armpmu_add", "armpmu_del", "armpmu_start", "armpmu_stop", "armv8pmu_disable_event"],
  returns: ["armpmu_event_set_period"],
  states: 4301,
  refusal: {
    line: 101,
    entry: "init-84      [000] d....    19.187213: armpmu_start <-armpmu_add",
    before: [
      "99: init-84      [000] d....    19.187202: armpmu_add <-event_sched_in",
      "100: init-84      [000] d....    19.187207: armv8pmu_get_event_idx <-armpmu_add",
    ],
    offers: ["CPU0 > armv8pmu_disable_event"],
    path: [],
    within: ["merge_sched_in", "group_sched_in", "event_sched_in", "armpmu_add"],
  },
};

export const synthesis: SynthesisDocument = {
  driver: "linux-6.5",
  edits: 42,
  required: ["exactly-once", "no-loss", "no-duplicate"],
  kept: ["exactly-once", "no-loss", "no-kernel-sample", "right-task"],
  excused: [{ cell: "merge/irq", property: "no-loss", reason: "the skid is a whole period" }],
  cells: { searched: 46, verifiedOnly: ["hotplug/nmi"] },
  decidedUpTo: 8,
  fates: {
    candidates: 12_840,
    replay: 410,
    check: 31,
    open: [{ edits: ["start-late"], reason: "more states" }],
  },
  minimal: [
    {
      edits: ["stop-taskwork", "clear-late", "not-on-close"],
      cost: { lines: 25, accesses: 1, fields: 2 },
      fix: "stop-taskwork+clear-late+not-on-close",
      verified: {
        cells: 694,
        fixed: 96,
        stillBroken: 98,
        newlyBroken: [],
        open: ["late-writes/nmi no-loss"],
        left: { "signal-in-task": ["one-cpu/irq", "one-cpu/nmi"] },
      },
    },
  ],
  without: [
    { edit: "stop-taskwork", refuted: { cell: "one-cpu/irq", property: "exactly-once", steps: 138 } },
    { edit: "not-on-close", refuted: { cell: "close/irq", property: "no-duplicate", steps: 121 } },
  ],
  natural: [
    {
      idea: "save the flag, keep the period unconsumed (Mark Rutland's split)",
      edits: ["save-flag", "split-period"],
      cost: { lines: 30, accesses: 0, fields: 2 },
      refuted: { cell: "one-cpu/irq", property: "no-kernel-sample", steps: 150 },
    },
    {
      idea: "task work at the stop",
      edits: ["stop-taskwork"],
      cost: { lines: 25, accesses: 1, fields: 2 },
      refuted: null,
    },
  ],
};

export const listed: ListedTree = {
  tree: "/home/me/linux",
  model: "linux-6.1.y",
  listed: [
    { name: "armpmu_start", runs: 35 },
    { name: "cpu_pm_pmu_setup", runs: 0 },
    {
      name: "armv8pmu_disable_intens",
      runs: 12,
      drift: {
        arguments: ["0x1"],
        equal: 1,
        model: "PMOVSCLR = 0x1",
        c: "isb",
        at: { file: "arch/arm64/kernel/perf_event.c", line: 718 },
      },
    },
  ],
  onlyInC: ["armv8pmu_has_long_event", "read_pmevcntrn", "write_pmevcntrn"],
  onlyInModel: [],
  placeOf: (name) => (name === "armpmu_start" ? "models/linux/drivers/perf/arm_pmu.ts:143" : undefined),
};

/** A fix with so many cells of each change. */
function rankedFix(
  fix: string,
  outcome: "passes" | "fails",
  counts: Partial<Record<Change, number>>,
): RankedFix {
  const cells = Object.entries(counts).flatMap(([change, many]) =>
    Array.from({ length: many }, (_, at) => ({
      scenario: `scenario-${at}`,
      irq: "irq",
      property: "no-loss",
      before: "violated" as const,
      after: "violated" as const,
      change: change as Change,
    })),
  );
  const judged = { outcome, unkept: [], excused: [] };
  return { fix, driver: "linux-6.5", claims: ["exactly-once"], cells, judged, notCovered: [] };
}

export const rankedFixes: readonly RankedFix[] = [
  rankedFix("no-clear", "fails", { "still broken": 3, "newly broken": 1, inconclusive: 1 }),
  rankedFix("no-lost-overflow", "passes", { fixed: 4 }),
  rankedFix("irq-work-at-sched-out+not-on-close+not-after-period+isb-after-stop", "fails", {
    fixed: 2,
    "newly broken": 2,
  }),
];
