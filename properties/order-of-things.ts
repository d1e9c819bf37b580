/**
 * What a machine and a driver in order keep to although no user could notice: the books of the driver and the registers
 * agree, writes have acted where the code goes on as if they had, interrupts are signalled as their line says.
 *
 * `pmucheck mutate` asks these besides the properties of its scenarios. They look at CPU0, where the events of those are.
 */
import { gic } from "../models/arm/gicv3.js";
import { pe } from "../models/arm/pe.js";
import { bit, invisible, pmu, type Enables, type PMUv3 } from "../models/arm/pmuv3.js";
import { BY_ITSELF } from "../models/linux/world/hardware.js";
import { PMU_PPI } from "../models/linux/config.js";
import { ARMPMU_EVT_64BIT, perCpuData, perfEvent, PERF_EVENT_STATE_ACTIVE } from "../models/linux/structs.js";
import { perName, type ReadView } from "../src/spec/component.js";
import type { SafetyProperty } from "../src/spec/property.js";
import { noKernelWarning } from "./kernel-order.js";

const CPU = 0;

const countersAllotted: SafetyProperty = {
  name: "counters-allotted",
  kind: "always",
  sentence:
    "At EL0 an event that is scheduled in has its counters marked as used, its slot, and the period it was started with; " +
    "any other event has none of them.",
  reference: "drivers/perf/arm_pmu.c: armpmu_add, armpmu_del; hw_events.used_mask, hw_events.events",
  rules: [
    {
      name: "counters-allotted",
      brokenIn: (view, event) => isAtEL0(view) && !isAllotted(view, event),
    },
  ],
};

function isAllotted(view: ReadView, event: string): boolean {
  const { state, hw } = view.read(perfEvent(event));
  const { events, used_mask } = view.read(perCpuData(CPU)).hw_events;
  if (state !== PERF_EVENT_STATE_ACTIVE) return hw.idx === -1 && !events.includes(event);
  const isWide = (hw.flags & ARMPMU_EVT_64BIT) !== 0 && view.read(pmu(CPU)).width === 32 && hw.idx > 0;
  const own = isWide ? (bit(hw.idx) | bit(hw.idx - 1)) >>> 0 : bit(hw.idx);
  return events[hw.idx] === event && (used_mask & own) >>> 0 === own && hw.last_period === hw.sample_period;
}

const nothingLeftOn: SafetyProperty = {
  name: "nothing-left-on",
  kind: "always",
  sentence:
    "At EL0 no counter but those of events that are scheduled in counts, interrupts or shows an overflow.",
  reference:
    "drivers/perf/arm_pmuv3.c: armv8pmu_disable_event, whose parts each undo one of armv8pmu_enable_event",
  rules: [{ name: "nothing-left-on", brokenIn: (view) => isAtEL0(view) && hasLeftovers(view) }],
};

function hasLeftovers(view: ReadView): boolean {
  const { PMCNTEN, PMINTEN, PMOVS } = view.read(pmu(CPU));
  const { used_mask } = view.read(perCpuData(CPU)).hw_events;
  const active = view.events.filter((event) => view.read(perfEvent(event)).oncpu === CPU);
  const leftOn = bitsIn(PMCNTEN) > bitsIn(used_mask) || bitsIn(PMINTEN) > active.length;
  return leftOn || (PMOVS & ~PMINTEN) !== 0;
}

function bitsIn(mask: number): number {
  return (mask >>> 0).toString(2).replaceAll("0", "").length;
}

const stoppedInSection: SafetyProperty = {
  name: "stopped-in-section",
  kind: "always",
  sentence: "PMCR.E is 0 from the return of perf_pmu_disable to perf_pmu_enable.",
  reference: "kernel/events/core.c: perf_pmu_disable",
  rules: [
    {
      name: "stopped-in-section",
      brokenIn: (view) =>
        view.read(perCpuData(CPU)).pmu_disable_count > 0 &&
        view.read(pmu(CPU)).PMCR.E &&
        !runs(view, "perf_pmu_disable"),
    },
  ],
};

/** What may still be on its way where the property is about one of the PMU's enables. */
function hasActed(
  register: keyof Enables,
  within: string,
  isEnabledLast: (of: PMUv3) => boolean,
): SafetyProperty {
  return {
    name: `${register}-has-acted`,
    kind: "always",
    sentence:
      `A write to ${register} has acted where an interrupt is taken and at EL0, when ${within} returns, and before what ` +
      "relies on it is enabled.",
    reference: "Arm ARM (DDI 0487), context synchronisation events; the isb() of drivers/perf/arm_pmuv3.c",
    occasion: {
      sentence: `a write to ${register} acted by itself`,
      reachedBy: (of) => of.kind === "own" && of.what === BY_ITSELF && of.subject === register,
    },
    rules: [
      {
        name: `${register}-has-acted`,
        brokenIn: (view) => {
          const unit = view.read(pmu(CPU));
          if (!invisible(unit).includes(register)) return false;
          return isAtEL0(view) || isAtVector(view) || !isEnabledLast(unit) || isLate(view, register, within);
        },
      },
    ],
  };
}

function isAtVector(view: ReadView): boolean {
  const vector = view.read(pe(CPU)).stack.at(-1);
  return vector?.function === "el1h_64_irq" && vector.count === 0;
}

/** Does a bit that was cleared act still, outside of the function that clears it? */
function isLate(view: ReadView, register: keyof Enables, within: string): boolean {
  return isStillOn(view.read(pmu(CPU)), register) && !runs(view, within);
}

function isStillOn({ effective, PMCR, ...written }: PMUv3, register: keyof Enables): boolean {
  if (effective === null) return false;
  if (register === "E") return effective.E && !PMCR.E;
  return (effective[register] & ~written[register]) !== 0;
}

function startsCounters({ effective, PMCNTEN }: PMUv3): boolean {
  return effective !== null && (PMCNTEN & ~effective.PMCNTEN) !== 0;
}

function startsPMU({ effective, PMCR }: PMUv3): boolean {
  return effective?.E === false && PMCR.E;
}

const writesHaveActed: readonly SafetyProperty[] = [
  hasActed("E", "armv8pmu_stop", () => true),
  hasActed("PMCNTEN", "armv8pmu_disable_counter", (of) => !startsPMU(of)),
  hasActed("PMINTEN", "armv8pmu_disable_intens", (of) => !startsPMU(of) && !startsCounters(of)),
];

interface Told {
  /** Since the last interrupt the handler has said what it found. */
  readonly said: boolean;
  /** Since then an overflow was reported. */
  readonly reported: boolean;
  /** The handler spoke twice, or said that it found nothing after it had reported. */
  readonly wrong: boolean;
}

const told = perName<Told>("told");

const handlerTells: SafetyProperty = {
  name: "handler-tells",
  kind: "always",
  sentence:
    "The PMU's handler runs once at most for an interrupt, and does not say IRQ_NONE when it has reported an overflow.",
  reference: "kernel/irq/chip.c: handle_percpu_devid_irq calls the handler once",
  remembers: {
    component: told,
    initial: { said: false, reported: false, wrong: false },
    after: (now, of, event) => {
      const { said, reported } = now as Told;
      if (of.kind === "interrupt") return { said: false, reported: false, wrong: false };
      if (of.kind === "report" && of.event === event) return { said, reported: true, wrong: false };
      if (of.kind !== "handler") return now;
      return { said: true, reported, wrong: said || (reported && !of.handled) };
    },
  },
  rules: [{ name: "handler-tells", brokenIn: (view, event) => view.read(told(event)).wrong }],
};

const levelSensitive: SafetyProperty = {
  name: "level-sensitive",
  kind: "always",
  sentence:
    "The PMU's interrupt is pending only while the GIC sees its line high, and active while its handler runs.",
  reference: "IHI 0069, states of a level-sensitive interrupt",
  rules: [
    {
      name: "level-sensitive",
      brokenIn: (view) => {
        const interrupt = view.read(gic(CPU)).interrupts[PMU_PPI];
        if (interrupt === undefined) return false;
        const { pending, line, active } = interrupt;
        return (pending && !line) || (!active && runs(view, "armpmu_dispatch_irq"));
      },
    },
  ],
};

const overflowWidths: SafetyProperty = {
  name: "overflow-widths",
  kind: "always",
  sentence: "At EL0 PMCR.LC is 1, and PMCR.LP is 1 exactly if event counters have 64 bits.",
  reference: "drivers/perf/arm_pmuv3.c: armv8pmu_reset",
  rules: [
    {
      name: "overflow-widths",
      brokenIn: (view) => {
        const { PMCR, width } = view.read(pmu(CPU));
        return isAtEL0(view) && (!PMCR.LC || PMCR.LP !== (width === 64));
      },
    },
  ],
};

function isAtEL0(view: ReadView): boolean {
  return view.read(pe(CPU)).stack.length === 0;
}

function runs(view: ReadView, name: string): boolean {
  return view.read(pe(CPU)).stack.some((frame) => frame.function === name);
}

export const orderOfThings: readonly SafetyProperty[] = [
  noKernelWarning,
  countersAllotted,
  nothingLeftOn,
  stoppedInSection,
  ...writesHaveActed,
  handlerTells,
  levelSensitive,
  overflowWidths,
];
