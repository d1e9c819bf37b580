/**
 * Why mutants survive: a reason, written by hand, for each group of survivors. docs/reference/mutants.md prints them.
 *
 * A survivor without a reason is unexplained; the exit status of `pmucheck mutate` then says so.
 */

/** What a surviving mutant says about the properties. */
export type ReasonKind =
  /** The mistake makes a difference on real machines, in something that the models leave out. */
  | "not-modelled"
  /** The mistake makes a difference in the model, and no property is about it. */
  | "hole"
  /** Other scenarios than those that were run would notice the mistake. */
  | "out-of-reach";

export interface Reason {
  /** The names of mutants. */
  readonly mutants: readonly string[];
  readonly kind: ReasonKind;
  readonly why: string;
}

export const reasons: readonly Reason[] = [
  {
    kind: "hole",
    why:
      "The second write to PMCR begins with an isb, so that PMCR.E acts earlier than it has to. Nothing asks how late a " +
      "start of the PMU may act.",
    mutants: [
      "repeat armpmu_enable: armv8pmu_start()",
      "repeat armv8pmu_handle_irq: armv8pmu_start()",
      "repeat armv8pmu_start: armv8pmu_pmcr_write()",
    ],
  },
  {
    kind: "hole",
    why:
      "PMCR.P and PMCR.C set the counters to 0 at the reset. A counter is written before it counts, so only counters that " +
      "no event uses keep an UNKNOWN value, and nothing reads these.",
    mutants: ["drop write_pmcr, pmu.PMCCNTR", "drop write_pmcr, pmu.PMEVCNTR.*"],
  },
  {
    kind: "hole",
    why:
      "The second test finds the bit that the first one has set, so that an event of cycles gets an ordinary counter. No " +
      "property asks which counter an event has.",
    mutants: ["repeat armv8pmu_get_event_idx: test_and_set_bit"],
  },
  {
    kind: "hole",
    why:
      "These differ where writes act late, the repeated write to PMCR also where the kernel is counted: there is one more " +
      "moment at which a write can act, or a counter counts on or stands still a little longer. In late-writes the " +
      "driver loses overflows at such moments without the mistake too, and no property asks how long such a moment is.",
    mutants: [
      "repeat armv8pmu_pmcr_write: write_pmcr",
      "repeat armpmu_start: armv8pmu_enable_event()",
      "swap armv8pmu_disable_event: armv8pmu_disable_event_counter()",
    ],
  },
];

/** The reason why a mutant survives; undefined if reasons.ts has none. */
export function reasonFor(name: string, among: readonly Reason[]): Reason | undefined {
  return among.find(({ mutants }) => mutants.includes(name));
}
