/**
 * A model of one's own: CPUs, a PMU, interrupt lines and drivers put together as a scenario, with defaults for the rest.
 */
import type { Component, View } from "../../src/spec/component.js";
import type { Deviation } from "../../src/spec/deviation.js";
import { PmucheckError } from "../../src/spec/errors.js";
import { functionsOf, type KernelFunction } from "../../src/spec/kernel-function.js";
import { valueOf, type Configuration, type Parameter } from "../../src/spec/parameter.js";
import type { Property, Witness } from "../../src/spec/property.js";
import type { Driver, OwnHardware, Scenario } from "../../src/spec/scenario.js";
import type { Process, Processor, Signal, State, System } from "../../src/spec/system.js";
import { addedState } from "../added-state.js";
import { booting, context, levelOf } from "./context.js";
import { counting, type Counter } from "./counting.js";
import {
  interrupt_vector,
  interruptEntry,
  isPending,
  lineOf,
  propagation,
  resetLine,
  taken,
} from "./lines.js";
import type { Line } from "./lines.js";
import { partsParameters, period } from "./parameters.js";
import { resetTruthOf, truthOf } from "./truth.js";

/** A component and its value at first. */
export interface Held {
  readonly component: Component<object>;
  readonly initial: object;
}

/** `holds(pmu(0), { COUNTER: 0 })` */
export function holds<T extends object>(component: Component<T>, initial: NoInfer<T>): Held {
  return { component, initial };
}

export interface EventOfModel {
  readonly name: string;
  /** Where it happens; 0 if not said. */
  readonly cpu?: number;
  /** In counted occurrences; the parameter `period` if not said. */
  readonly period?: number;
}

/** A driver: its boot function, the handler, and what these call. */
export interface DriverOfModel {
  readonly name: string;
  /** In one line. */
  readonly summary?: string;
  /** Kernel functions under any key: a module, or `{ pmu_boot, pmu_handle_irq }`. */
  readonly functions: object;
  /** Known differences from the real driver. */
  readonly deviations?: readonly Deviation[];
}

export interface ModelPlan {
  readonly name: string;
  /** In one line. */
  readonly summary: string;
  /** What it shows, and why it is made this way. */
  readonly shows?: string;
  /** Where every trace starts, in a sentence. */
  readonly start?: string;
  /** Besides period, skid, lag and kernelCounts, or the same with other defaults. */
  readonly parameters?: readonly Parameter[];
  /** One if not said. */
  readonly cpus?: number;
  /** One event, A, of CPU 0, if not said. */
  readonly events?: readonly EventOfModel[];
  /** The registers and variables of a CPU. */
  readonly state: (cpu: number, configuration: Configuration) => readonly Held[];
  /** State that is of no CPU. */
  readonly shared?: (configuration: Configuration) => readonly Held[];
  readonly counter: Counter;
  /** The PMU's line. */
  readonly interrupt: Line;
  readonly otherInterrupts?: readonly Line[];
  /** What each CPU runs once, before anything else happens. */
  readonly boot: KernelFunction<[]>;
  /** What else happens to a CPU by itself. */
  readonly environment?: (cpu: number, configuration: Configuration) => readonly Process[];
  /** What happens to the hardware after each step of a CPU's kernel code. */
  readonly afterStep?: (view: View, cpu: number) => void;
  /** Values that traces follow, besides the lines and what is due. */
  readonly signals?: (cpu: number) => readonly Signal[];
  /** The first is the default. */
  readonly drivers: readonly DriverOfModel[];
  /** Names of properties of pmucheck/models, or properties; the first is the default. All that fit if not said. */
  readonly properties?: readonly (string | Property)[];
  /** What "holds" needs besides an overflow and a report, by configuration. */
  readonly witnesses?: (configuration: Configuration) => readonly (string | Witness)[];
}

/** What says something of every model, by name (properties/of-models.ts). */
const USUAL_PROPERTIES = [
  "exactly-once",
  "no-loss",
  "no-duplicate",
  "bounded-skid",
  "no-spurious-interrupt",
  "eventually-delivered",
  "no-interrupt-storm",
] as const;

/** The model as pmucheck takes it. Throws PMC209 for a driver without the functions that the model calls. */
export function model(plan: ModelPlan): Scenario {
  const { name, summary, shows = summary, start, parameters = [] } = plan;
  const own = plan.properties ?? USUAL_PROPERTIES;
  const drivers = plan.drivers.map((driver) => driverOf(plan, driver));
  const kept = partsParameters.filter((one) => parameters.every((other) => other.name !== one.name));
  const witnessesOf = (configuration: Configuration) => plan.witnesses?.(configuration) ?? [];
  return {
    name,
    summary,
    shows,
    start: start ?? "The driver has booted, and user code runs.",
    parameters: [...kept, ...parameters],
    build: (driver, configuration) => machineOf(plan, driver, configuration),
    witnesses: (configuration) => ["overflow", "report", ...witnessesOf(configuration).map(nameOf)],
    properties: own.map(nameOf),
    own: {
      drivers,
      properties: own.filter((one) => typeof one !== "string"),
      witnesses: (configuration) => witnessesOf(configuration).filter((one) => typeof one !== "string"),
      hardware: hardwareOf(plan),
    },
  };
}

/** The processes of machineOf() but the environment's, the lines, and the registers of the CPU that are in `context`. */
function hardwareOf(plan: ModelPlan): OwnHardware {
  const lines = linesOf(plan).map(({ name }) => `line.${name}`);
  return {
    processes: ["pmu", "irq", ...lines.map((name) => name.replace(/\d+$/, ""))],
    fields: [...lines.flatMap((name) => [`${name}.arriving`, `${name}.pending`]), "context.masked"],
    bookkeeping: ["truth.", "context.", "line."],
    entry: [interrupt_vector.functionName],
  };
}

function nameOf(of: string | { readonly name: string }): string {
  return typeof of === "string" ? of : of.name;
}

function driverOf(plan: ModelPlan, { name, summary, functions, deviations }: DriverOfModel): Driver {
  const table = new Map([...functionsOf(functions), [interrupt_vector.functionName, interrupt_vector]]);
  for (const called of [plan.boot, ...linesOf(plan).map(({ handler }) => handler)]) {
    if (table.has(called.functionName)) continue;
    throw new PmucheckError(
      "PMC209",
      `driver ${name} of ${plan.name} has no ${called.functionName}(): list it under functions`,
    );
  }
  return {
    name,
    summary: summary ?? name,
    functions: table,
    base: null,
    differences: [],
    lacks: {},
    deviations: deviations ?? [],
  };
}

function linesOf({ interrupt, otherInterrupts = [] }: ModelPlan): readonly Line[] {
  return [interrupt, ...otherInterrupts];
}

function machineOf(plan: ModelPlan, driver: Driver, configuration: Configuration): System {
  const cpus = Array.from({ length: plan.cpus ?? 1 }, (_, cpu) => cpu);
  const events = plan.events ?? [{ name: "A" }];
  const names = events.map(({ name }) => name);
  const lines = linesOf(plan);
  const held = [
    ...cpus.flatMap((cpu) => [
      holds(context(cpu), booting(plan.boot.functionName)),
      ...lines.map((line) => holds(lineOf(line)(cpu), resetLine)),
      ...plan.state(cpu, configuration),
    ]),
    ...(plan.shared?.(configuration) ?? []),
    ...events.map((event) =>
      holds(truthOf(event.name), resetTruthOf(event.period ?? valueOf(configuration, period))),
    ),
  ];
  return {
    configuration,
    reset: { ...resetOf(plan.name, held), ...addedState(driver, cpus, names) },
    functions: driver.functions,
    processors: cpus.map((cpu) => processorOf(plan, cpu)),
    processes: cpus.flatMap((cpu) => [
      interruptEntry(cpu, plan.interrupt, lines),
      ...lines.map((line) => propagation(cpu, line)),
      counting({
        cpu,
        events: events.filter((event) => (event.cpu ?? 0) === cpu).map((event) => event.name),
        counter: plan.counter,
        pmuLine: plan.interrupt,
        lines,
      }),
      ...(plan.environment?.(cpu, configuration) ?? []),
    ]),
    signals: [
      ...cpus.flatMap((cpu) => [
        ...lines.map((line) => lineSignal(cpu, line)),
        ...(plan.signals?.(cpu) ?? []),
      ]),
      ...events.map(({ name }) => truthSignal(name)),
    ],
    events: names,
  };
}

/** Throws PMC209 for a component that is there twice. */
function resetOf(name: string, held: readonly Held[]): State {
  const names = held.map(({ component }) => component.name);
  const twice = names.find((one, at) => names.indexOf(one) !== at);
  if (twice !== undefined)
    throw new PmucheckError("PMC209", `${name}: the component '${twice}' is there twice`);
  return Object.fromEntries(held.map(({ component, initial }) => [component.name, initial]));
}

function processorOf(plan: ModelPlan, cpu: number): Processor {
  const { afterStep } = plan;
  return {
    cpu,
    execution: context(cpu),
    body: () => undefined,
    mayExecute: (view) => taken(view, cpu, linesOf(plan)).length === 0,
    level: (view) => levelOf(view.read(context(cpu))),
    ...(afterStep === undefined ? {} : { afterStep: (view) => afterStep(view, cpu) }),
  };
}

function lineSignal(cpu: number, line: Line): Signal {
  return {
    name: line.name,
    cpu,
    headline: true,
    value: (view) => (isPending(view, cpu, line) ? "pending" : "idle"),
  };
}

function truthSignal(event: string): Signal {
  return {
    name: `${event} due`,
    headline: false,
    value: (view) => (view.read(truthOf(event)).due ? "1" : "0"),
  };
}
