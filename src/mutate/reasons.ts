/* oxlint-disable max-lines -- a catalogue */
/**
 * Why mutants survive: a reason, written by hand, for each group of survivors. docs/reference/mutants.md prints them.
 *
 * A survivor without a reason is unexplained; the exit status of `pmucheck mutate` then says so.
 */

/** What a surviving mutant says about the properties. */
export type ReasonKind =
  /** No execution of the modelled machine differs in a way that a property could see: argued, where no check has shown it. */
  | "equivalent"
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
    kind: "equivalent",
    why:
      "The counters run for one access longer, a load of a slot, after the flags were read. An overflow can come " +
      "between the flags and the stop without the mistake as well; its flag stays set, and is another interrupt.",
    mutants: ["swap armv8pmu_handle_irq: armv8pmu_stop()"],
  },
  {
    kind: "hole",
    why:
      "The second call finds no flag and answers IRQ_NONE. Only no-spurious-interrupt could tell, and " +
      "the unchanged driver breaks it in every one of these scenarios already.",
    mutants: ["repeat armpmu_dispatch_irq: armv8pmu_handle_irq()"],
  },
  {
    kind: "out-of-reach",
    why:
      "The second write also clears an overflow that came after the first. The flags are read before " +
      "the first write, so such an overflow would have to complete a whole period between the two, and " +
      "kernelCounts=1 allows one event.",
    mutants: ["repeat armv8pmu_getreset_flags: write_pmovsclr"],
  },
  {
    kind: "equivalent",
    why:
      "The event finds the cycle counter taken, by itself, and takes an event counter, which is " +
      "programmed to count cycles too.",
    mutants: ["repeat armv8pmu_get_event_idx: test_and_set_bit"],
  },
  {
    kind: "not-modelled",
    why: "PMUSERENR only decides what EL0 may read, and EL0 never reads the PMU in these models.",
    mutants: [
      "drop armv8pmu_disable_user_access: write_pmuserenr",
      "repeat armv8pmu_disable_user_access: write_pmuserenr",
      "drop armv8pmu_start: armv8pmu_disable_user_access()",
      "repeat armv8pmu_start: armv8pmu_disable_user_access()",
      "swap armv8pmu_start: armv8pmu_disable_user_access()",
    ],
  },
  {
    kind: "equivalent",
    why:
      "The reset runs once, before PMCR.E is set: until then nothing counts and nothing interrupts, so that the registers " +
      "are the same after it, whatever the order and however often. That a part is left out is killed.",
    mutants: [
      "repeat armv8pmu_reset: armv8pmu_disable_counter()",
      "repeat armv8pmu_reset: armv8pmu_disable_intens()",
      "repeat armv8pmu_reset: armv8pmu_pmcr_write()",
      "swap armv8pmu_reset: armv8pmu_disable_counter()",
      "swap armv8pmu_reset: armv8pmu_disable_intens()",
    ],
  },
  {
    kind: "not-modelled",
    why:
      "The filter of Exception levels goes unasked: with excludeKernel=1 the models let nothing happen " +
      "in the kernel that a counter without the filter could count by mistake.",
    mutants: ["drop armv8pmu_write_event_type: write_pmccfiltr", "drop write_pmccfiltr"],
  },
  {
    kind: "hole",
    why:
      "When a write becomes visible matters in late-writes only, and there the unchanged driver breaks " +
      "exactly-once, count-conservation and bounded-skid already. No scenario has late writes and keeps " +
      "these properties, so nothing can say which isb, or which other context synchronisation, is " +
      "needed.",
    mutants: [
      "drop armv8pmu_disable_intens: isb",
      "repeat armv8pmu_disable_intens: isb",
      "swap armv8pmu_disable_intens: isb",
      "drop armv8pmu_disable_intens: isb #2",
      "repeat armv8pmu_disable_intens: isb #2",
      "drop armv8pmu_disable_counter: isb",
      "repeat armv8pmu_disable_counter: isb",
      "drop armv8pmu_enable_counter: isb",
      "repeat armv8pmu_enable_counter: isb",
      "swap armv8pmu_enable_counter: isb",
      "drop armv8pmu_pmcr_write: isb",
      "repeat armv8pmu_pmcr_write: isb",
      "drop irq: <interrupt taken at EL1>, pmu.effective.E",
      "drop sync: E becomes visible",
      "drop sync: E becomes visible, pmu.effective.E",
      "drop isb",
      "drop isb, pmu.effective.E",
      "drop isb, pmu.effective.PMCNTEN",
      "drop isb, pmu.effective.PMINTEN",
      "drop eret, pmu.effective.E",
    ],
  },
  {
    kind: "hole",
    why:
      "The flag of an overflow that nobody handled stays set. When the counter's interrupt is enabled " +
      "again the line rises, the handler runs, finds that the period is not over, and reports nothing: " +
      "the overflow is lost all the same. That an interrupt is handled without a report is no property, " +
      "and no-loss is broken already where tasks are switched.",
    mutants: [
      "drop armv8pmu_disable_intens: write_pmovsclr",
      "drop armv8pmu_disable_event: armv8pmu_disable_event_irq()",
      "drop armv8pmu_disable_event_irq: armv8pmu_disable_intens()",
    ],
  },
  {
    kind: "out-of-reach",
    why:
      "A stopped counter cannot set its flag, so its interrupt may stay enabled; and whoever takes the " +
      "counter next enables it anyway, except an event that takes it for the low half of a chained " +
      "pair. That is chained-reuse, which is too large for the default set and was not run.",
    mutants: ["drop armv8pmu_disable_intens: write_pmintenclr", "drop write_pmintenclr"],
  },
  {
    kind: "hole",
    why:
      "The event is stopped and does not say so. count-conservation and phase look only at events that " +
      "say they are stopped, and no witness asks that one ever does; the warning of armpmu_start is a " +
      "property of sigtrap alone (no-kernel-warning).",
    mutants: ["drop armpmu_stop: storeOr hw.state"],
  },
  {
    kind: "hole",
    why:
      "The PMU goes on running where perf_pmu_disable says it stops. pmu-stays-disabled sees PMCR.E " +
      "rise in such a section, and not that it never fell. Every counter that matters is stopped by " +
      "itself (armpmu_stop), so no count differs.",
    mutants: ["drop armpmu_disable: armv8pmu_stop()"],
  },
  {
    kind: "out-of-reach",
    why:
      "The scenarios with chained events that are run have one event, so nobody else could take a " +
      "counter that is not marked as taken.",
    mutants: [
      "drop armv8pmu_get_chain_idx: test_and_set_bit",
      "drop armv8pmu_get_chain_idx: test_and_set_bit #2",
    ],
  },
  {
    kind: "out-of-reach",
    why:
      "group-throttle alone has a second event, and it has two counters: nobody asks for the one that was not " +
      "marked as taken.",
    mutants: ["drop armv8pmu_get_single_idx: test_and_set_bit #2"],
  },
  {
    kind: "out-of-reach",
    why:
      "The second event of one interrupt is reached in group-throttle alone, where the handler programs its counter " +
      "a moment later, with the PMU stopped. The same mistake with the first event is killed.",
    mutants: ["swap armv8pmu_handle_irq: armpmu_event_set_period() #2"],
  },
  {
    kind: "out-of-reach",
    why:
      "The throttled event's counter runs for a few more steps of the handler. With excludeKernel=1, as " +
      "the throttle scenario has it, nothing is counted there.",
    mutants: [
      "swap armv8pmu_handle_irq: armv8pmu_disable_event()",
      "swap armv8pmu_handle_irq: armv8pmu_disable_event() #2",
    ],
  },
  {
    kind: "equivalent",
    why: "Nothing reads hw.last_period: it is for the sample's data, which is not modelled.",
    mutants: [
      "drop armpmu_event_set_period: store hw.last_period",
      "swap armpmu_event_set_period: store hw.last_period",
      "repeat armpmu_event_set_period: store hw.last_period",
    ],
  },
  {
    kind: "equivalent",
    why:
      "The state is STOPPED and UPTODATE already: from the event's creation, or from the armpmu_stop in " +
      "armpmu_del.",
    mutants: ["drop armpmu_add: store hw.state", "repeat armpmu_add: store hw.state"],
  },
  {
    kind: "equivalent",
    why:
      "The counter is stopped already: armpmu_del stopped whatever used it before. Linux 7.3 does " +
      "without this call.",
    mutants: [
      "drop armpmu_add: armv8pmu_disable_event()",
      "swap armpmu_add: armv8pmu_disable_event()",
      "repeat armpmu_add: armv8pmu_disable_event()",
    ],
  },
  {
    kind: "equivalent",
    why: "An event that is enabled was stopped before, its counter with it.",
    mutants: [
      "drop armv8pmu_enable_event: armv8pmu_disable_event_counter()",
      "swap armv8pmu_enable_event: armv8pmu_disable_event_counter()",
      "repeat armv8pmu_enable_event: armv8pmu_disable_event_counter()",
    ],
  },
  {
    kind: "equivalent",
    why: "Nobody reads hw.idx of an event that is not scheduled in; armpmu_add sets it anew.",
    mutants: ["drop armpmu_del: store hw.idx", "repeat armpmu_del: store hw.idx"],
  },
  {
    kind: "out-of-reach",
    why:
      "The slot is looked at when the flag of its counter is set, and the counter is stopped and its " +
      "flag cleared; armpmu_add fills the slot anew. Only a power-down walks over all slots " +
      "(cpu_pm_pmu_setup), and no scenario has one after an event was scheduled out.",
    mutants: ["drop armpmu_del: store hw_events.events.*"],
  },
  {
    kind: "equivalent",
    why:
      "The order of these accesses shows only to an interrupt of the same event between them. PMCR.E is " +
      "clear here (perf_pmu_disable, or the handler itself), so nothing is counted and the PMU's " +
      "interrupt cannot come.",
    mutants: [
      "swap armpmu_add: store hw.idx",
      "swap armpmu_add: store hw_events.events.*",
      "swap armpmu_event_update: addToCount",
      "swap armpmu_stop: armv8pmu_disable_event()",
      "swap armv8pmu_disable_event: armv8pmu_disable_event_counter()",
      "swap armv8pmu_disable_intens: write_pmintenclr",
      "swap armv8pmu_disable_intens: write_pmovsclr",
      "swap armv8pmu_enable_event: armv8pmu_write_event_type()",
      "swap armv8pmu_enable_event: armv8pmu_enable_event_irq()",
      "swap armv8pmu_write_event_type: armv8pmu_write_evtype()",
      "swap armpmu_del: armpmu_stop()",
      "swap armpmu_del: store hw_events.events.*",
      "swap armv8pmu_clear_event_idx: clear_bit",
      "swap armpmu_event_set_period: store hw.prev_count",
      "swap armpmu_event_set_period: store hw.period_left",
      "swap armpmu_start: store hw.state",
      "swap armpmu_start: armpmu_event_set_period()",
      "swap armv8pmu_disable_counter: write_pmcntenclr",
      "swap armv8pmu_get_chain_idx: test_and_set_bit",
      "swap armv8pmu_write_hw_counter: armv8pmu_write_evcntr()",
    ],
  },
  {
    kind: "equivalent",
    why:
      "The same again changes nothing: the same value is stored, the same bits are written, or the " +
      "second call finds the work done. PMCR.E is clear (perf_pmu_disable, or the handler itself) or " +
      "the counter stopped, so nothing is counted and no interrupt of the event comes in between.",
    mutants: [
      "repeat armpmu_add: store hw.idx",
      "repeat armpmu_add: store hw_events.events.*",
      "repeat armpmu_add: armpmu_start()",
      "repeat armpmu_stop: armv8pmu_disable_event()",
      "repeat armpmu_stop: armpmu_event_update()",
      "repeat armpmu_stop: storeOr hw.state",
      "repeat armv8pmu_disable_event: armv8pmu_disable_event_counter()",
      "repeat armv8pmu_disable_event: armv8pmu_disable_event_irq()",
      "repeat armv8pmu_disable_intens: write_pmintenclr",
      "repeat armv8pmu_disable_intens: write_pmovsclr",
      "repeat armv8pmu_enable_event: armv8pmu_write_event_type()",
      "repeat armv8pmu_enable_event: armv8pmu_enable_event_irq()",
      "repeat armv8pmu_enable_event: armv8pmu_enable_event_counter()",
      "repeat armv8pmu_enable_intens: write_pmintenset",
      "repeat armv8pmu_handle_irq: armpmu_event_update()",
      "repeat armv8pmu_handle_irq: armpmu_event_update() #2",
      "repeat armv8pmu_handle_irq: armv8pmu_start()",
      "repeat armv8pmu_handle_irq: armv8pmu_disable_event()",
      "repeat armv8pmu_handle_irq: armv8pmu_disable_event() #2",
      "repeat armv8pmu_write_event_type: armv8pmu_write_evtype()",
      "repeat armv8pmu_write_event_type: write_pmccfiltr",
      "repeat armv8pmu_write_event_type: armv8pmu_write_evtype() #2",
      "repeat armpmu_del: armpmu_stop()",
      "repeat armpmu_del: store hw_events.events.*",
      "repeat armpmu_del: armv8pmu_clear_event_idx()",
      "repeat armpmu_enable: armv8pmu_start()",
      "repeat armv8pmu_clear_event_idx: clear_bit",
      "repeat armv8pmu_disable_event_counter: armv8pmu_disable_counter()",
      "repeat armv8pmu_enable_event_counter: armv8pmu_enable_counter()",
      "repeat armv8pmu_start: armv8pmu_pmcr_write()",
      "repeat armv8pmu_write_counter: armv8pmu_write_hw_counter()",
      "repeat armv8pmu_write_counter: write_pmccntr",
      "repeat armv8pmu_write_evtype: write_pmevtypern",
      "repeat armpmu_disable: armv8pmu_stop()",
      "repeat armpmu_event_set_period: store hw.prev_count",
      "repeat armpmu_event_set_period: armv8pmu_write_counter()",
      "repeat armpmu_event_set_period: store hw.period_left",
      "repeat armpmu_start: store hw.state",
      "repeat armpmu_start: armpmu_event_set_period()",
      "repeat armpmu_start: armv8pmu_enable_event()",
      "repeat armv8pmu_disable_counter: write_pmcntenclr",
      "repeat armv8pmu_disable_event_irq: armv8pmu_disable_intens()",
      "repeat armv8pmu_enable_counter: write_pmcntenset",
      "repeat armv8pmu_enable_event_irq: armv8pmu_enable_intens()",
      "repeat armv8pmu_pmcr_write: write_pmcr",
      "repeat armv8pmu_write_evcntr: write_pmevcntrn",
      "repeat armv8pmu_write_hw_counter: armv8pmu_write_evcntr()",
      "repeat armv8pmu_write_hw_counter: armv8pmu_write_evcntr() #2",
    ],
  },
  {
    kind: "not-modelled",
    why:
      "At 64 or at 32 bits makes no difference for an event of 32 bits, whose counter is biased so that " +
      "both overflow together; events of 64 bits are run on chained counters only.",
    mutants: ["drop write_pmcr, pmu.PMCR.LC", "drop write_pmcr, pmu.PMCR.LP"],
  },
  {
    kind: "hole",
    why:
      "The interrupt stays pending when its line has fallen, and the handler runs without a flag. Only " +
      "no-spurious-interrupt could tell, and the unchanged driver breaks it in every one of these " +
      "scenarios already.",
    mutants: ["drop line: PPI 23 falls, gic.interrupts.*.pending"],
  },
  {
    kind: "equivalent",
    why:
      "Active state and running priority each keep an acknowledged interrupt from being signalled " +
      "again, and PSTATE.I masks it until its handler is over. One of the three can be missed.",
    mutants: ["drop gic_read_iar, gic.interrupts.*.active", "drop gic_read_iar, gic.running"],
  },
  {
    kind: "equivalent",
    why:
      "The second entry finds nothing to acknowledge (INTID 1023) and returns, as it does after any " +
      "interrupt that was withdrawn.",
    mutants: ["repeat irq: <interrupt taken at EL0>", "repeat irq: <interrupt taken at EL1>"],
  },
  {
    kind: "equivalent",
    why: "The line, or the write, is seen already.",
    mutants: ["repeat line: PPI 23 rises", "repeat line: PPI 23 falls", "repeat sync: E becomes visible"],
  },
];

/** The reason why a mutant survives; undefined if reasons.ts has none. */
export function reasonFor(name: string, among: readonly Reason[]): Reason | undefined {
  return among.find(({ mutants }) => mutants.includes(name));
}
