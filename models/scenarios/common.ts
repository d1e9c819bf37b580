/**
 * What the scenarios share: how one is defined, parameters and which of them go together, witnesses and properties.
 */
import { PmucheckError } from "../../src/spec/errors.js";
import {
  configure,
  valueOf,
  withDefault,
  type Configuration,
  type Parameter,
} from "../../src/spec/parameter.js";
import type { Feature, Scenario } from "../../src/spec/scenario.js";
import type { Inventory } from "../linux/world/inventory.js";
import { linuxMachine } from "../linux/world/machine.js";
import { mustBeSound } from "../linux/world/soundness.js";
import * as parameters from "../parameters.js";
import { interruptedAfter } from "./reproducer.js";
import { countersFor, startOf, withDefaults, witnessesOf } from "./unsaid.js";

/** The parameters of every scenario. */
export const commonParameters: readonly Parameter[] = [
  parameters.irq,
  parameters.period,
  parameters.skid,
  parameters.lag,
  parameters.excludeKernel,
  parameters.kernelCounts,
  parameters.compound,
];

/** Those of scenarios in which a task is switched out for reasons of its own. */
export const switchingParameters: readonly Parameter[] = [
  ...commonParameters,
  parameters.slice,
  parameters.switches,
  parameters.excludeHost,
];

/** Those that say which counter the event takes. */
export const counterParameters: readonly Parameter[] = [
  parameters.event,
  parameters.long,
  parameters.counters,
  parameters.pmuv3p5,
];

/** The same parameters, some with other defaults or besides others. */
export function adapt(base: readonly Parameter[], ...changes: readonly Parameter[]): readonly Parameter[] {
  const kept = base.filter(({ name }) => changes.every((change) => change.name !== name));
  return [...kept, ...changes];
}

/** No task is switched out, except by what another parameter brings. */
export const staying = withDefault(parameters.switches, 0);

/** The properties that say something wherever an event samples. */
export const SAMPLING = [
  "exactly-once",
  "no-loss",
  "no-duplicate",
  "count-conservation",
  "phase",
  "right-task",
  "right-event",
  "no-kernel-sample",
  "no-spurious-interrupt",
  "pmu-stays-disabled",
  "bounded-skid",
  "eventually-delivered",
  "line-eventually-low",
  "no-interrupt-storm",
] as const;

export interface Plan {
  readonly name: string;
  readonly summary: string;
  readonly shows: string;
  readonly parameters: readonly Parameter[];
  readonly inventory: (configuration: Configuration) => Inventory;
  /** Besides an overflow and a report, what must be reached; by configuration. */
  readonly witnesses?: (configuration: Configuration) => readonly string[];
  readonly properties?: readonly string[];
  readonly start: string;
  /** What a driver must have, besides pseudo-NMIs if irq is nmi. */
  readonly needs?: readonly Feature[];
}

/** A plan of a user's own: only the inventory has to be said. */
export type OwnPlan = Partial<Plan> &
  Pick<Plan, "inventory"> & {
    /** Other defaults of parameters, by name: `{ excludeKernel: 0 }`. */
    readonly defaults?: Readonly<Record<string, number | string>>;
  };

/**
 * A scenario of a Linux machine, of a user's own. Words, parameters and witnesses that are not said follow from the inventory:
 * parameters are those of switching, of counters and of ticks, witnesses what the programs and the environment do.
 * Throws PMC105 and PMC106 for defaults of what is no parameter, or outside of its range.
 */
export function linuxScenario({ defaults = {}, ...plan }: OwnPlan): Scenario {
  const { inventory } = plan;
  const started = inventory(configure(plan.parameters ?? switchingParameters, {}));
  const parametersOfPlan =
    plan.parameters ?? countersFor(adapt(switchingParameters, ...counterParameters), started);
  return scenario({
    name: "scenario",
    summary: "a scenario of one's own",
    shows: "",
    start: startOf(started),
    witnesses: (configuration) => witnessesOf(inventory(configuration), configuration),
    ...plan,
    parameters: withDefaults(parametersOfPlan, defaults),
  });
}

/** A scenario of a Linux machine. */
export function scenario(plan: Plan): Scenario {
  const { inventory, witnesses, properties, needs, ...rest } = plan;
  return {
    ...rest,
    build: (driver, configuration) => {
      mustFit(configuration);
      const machine = inventory(configuration);
      mustBeSound(machine);
      return linuxMachine(driver, configuration, machine);
    },
    witnesses: (configuration) =>
      ["overflow", "report", ...(witnesses?.(configuration) ?? [])].filter((name) =>
        isPossible(name, configuration),
      ),
    properties: properties ?? SAMPLING,
    refuses: ({ lacks }, configuration) =>
      (needs ?? []).map((feature) => lacks[feature]).find((reason) => reason !== undefined) ??
      (valueOf(configuration, parameters.irq) === "nmi" ? lacks.nmi : undefined),
    epilogue: (summary) => interruptedAfter(summary, inventory(summary.configuration).events),
  };
}

/** Can the witness be reached at all? One that a parameter rules out says nothing by being missed. */
function isPossible(witness: string, configuration: Configuration): boolean {
  switch (witness) {
    case "context-switch":
    case "pending-at-sched-out":
    case "migration":
      return switching(configuration);
    case "throttled":
      return valueOf(configuration, parameters.maxSamples) > 0;
    case "dropped-sample":
      return valueOf(configuration, parameters.ringBuffer) === "full";
    default:
      return true;
  }
}

export function switching(configuration: Configuration): boolean {
  return valueOf(configuration, parameters.switches) === 1;
}

/** Throws PMC107 if the event does not fit on the counters, or cannot do what the scenario does with it. */
export function mustFit(configuration: Configuration): void {
  if (valueOf(configuration, parameters.sampling) === 0) {
    throw new PmucheckError(
      "PMC107",
      "IOC_REFRESH is for sampling events, the kernel refuses it (EINVAL) for one that only counts: leave sampling at 1",
    );
  }
  const chained =
    valueOf(configuration, parameters.long) === 1 &&
    valueOf(configuration, parameters.pmuv3p5) === 0 &&
    valueOf(configuration, parameters.event) !== "cycles";
  if (chained && valueOf(configuration, parameters.counters) < 2) {
    throw new PmucheckError(
      "PMC107",
      "long=1 needs two 32-bit counters to chain: set counters=2 or more, or pmuv3p5=1 for 64-bit counters",
    );
  }
  if (
    valueOf(configuration, parameters.pmuv3p5) === 1 &&
    valueOf(configuration, parameters.counterBits) < 32
  ) {
    throw new PmucheckError(
      "PMC107",
      "counterBits is the width of counters without FEAT_PMUv3p5: leave pmuv3p5 at 0",
    );
  }
}
