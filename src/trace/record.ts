/**
 * Recording: follows a path on the reference machine and writes down what happens.
 *
 * A path of the search is reported only after the machine has taken its steps and found the same rule broken.
 */
import { blaming } from "../spec/blame.js";
import type { ReadView } from "../spec/component.js";
import type { KernelFunction } from "../spec/kernel-function.js";
import type { Observation } from "../spec/observation.js";
import { breaksBy, breaksIn, type Property, type Rule } from "../spec/property.js";
import type { Signal, State } from "../spec/system.js";
import type { Notation } from "../spec/notation.js";
import { showValue, type Value } from "../spec/value.js";
import type { StepEvent } from "../runtime/execute.js";
import type { EnabledStep, Machine } from "../runtime/machine.js";
import type { SignalChange, SignalValue, TraceEvent, TraceStep } from "./document.js";

/** Chooses the next step of a path: the position among the enabled steps. `at` is 0 for the first step. */
export type Choose = (enabled: readonly EnabledStep[], at: number) => number;

export interface Recording {
  readonly steps: readonly TraceStep[];
  readonly observations: readonly Observation[];
  /** The state before the first step and after each step. */
  readonly states: readonly State[];
  /** The first rule that is broken, and the step that breaks it (1 is the first step); undefined if none is. */
  readonly broken: { readonly rule: string; readonly step: number } | undefined;
}

/**
 * Takes `length` steps, each chosen by `choose`, and reports the first broken rule of a safety property.
 * Throws a RangeError if a chosen step is not enabled.
 */
export function record(machine: Machine, property: Property, length: number, choose: Choose): Recording {
  const steps: TraceStep[] = [];
  let state = machine.initialState;
  const states = [state];
  const first = breakOf(machine, property, [], machine.viewOf(state));
  let brokenAt = first === undefined ? undefined : { rule: first.rule, step: 0 };
  for (let at = 0; at < length; at++) {
    const enabled = machine.enabledSteps(state);
    const index = choose(enabled, at);
    const taken = enabled[index];
    if (taken === undefined) throw new RangeError(`step ${at + 1} of the path is not enabled`);
    steps.push(traceStep(machine, state, taken, index));
    state = taken.next;
    states.push(state);
    const broken = breakOf(machine, property, taken.observations, machine.viewOf(state));
    if (broken !== undefined) brokenAt ??= { rule: broken.rule, step: at + 1 };
  }
  return {
    steps,
    observations: steps.flatMap(({ observations }) => observations),
    states,
    broken: brokenAt,
  };
}

/** The signals in the initial state. */
export function initialSignals(machine: Machine): SignalValue[] {
  const view = machine.viewOf(machine.initialState);
  return machine.system.signals.map((signal) => ({
    signal: signal.name,
    cpu: signal.cpu ?? null,
    headline: signal.headline,
    value: valueOf(signal, view),
  }));
}

/** A step that is enabled in a state, as a trace says it. */
export function traceStep(machine: Machine, before: State, taken: EnabledStep, index: number): TraceStep {
  const { process, choice, cpu, level } = taken.label;
  return {
    index,
    process,
    choice,
    cpu: cpu ?? null,
    level: level ?? null,
    events: traceEvents(machine, before, taken),
    observations: taken.observations,
    changes: machine.system.signals.flatMap((signal) => changeOf(machine, signal, before, taken.next)),
  };
}

/** What happens in a step that is enabled in a state. */
export function traceEvents(machine: Machine, before: State, taken: EnabledStep): TraceEvent[] {
  return [
    ...taken.label.events.map((event) => traceEvent(machine, event)),
    ...exceptionEntries(machine, before, taken),
  ];
}

/**
 * The exception vectors that a step of another process put on a CPU's stack: a device has interrupted the CPU, or a
 * program has called the kernel.
 */
function exceptionEntries(machine: Machine, before: State, { label, next }: EnabledStep): TraceEvent[] {
  const processor = machine.system.processors.find(({ cpu }) => cpu === label.cpu);
  if (processor === undefined || label.process === `cpu${processor.cpu}`) return [];
  const depth = machine.viewOf(before).read(processor.execution).stack.length;
  const pushed = machine.viewOf(next).read(processor.execution).stack.slice(depth);
  return pushed.map(({ function: name, arguments: args }) => ({
    kind: "enter",
    function: name,
    arguments: shownArguments(machine, name, args),
  }));
}

function traceEvent(machine: Machine, event: StepEvent): TraceEvent {
  switch (event.kind) {
    case "enter":
      return { ...event, arguments: shownArguments(machine, event.function, event.arguments) };
    case "leave": {
      const notation = notationsOf(machine, event.function)?.result;
      return { ...event, value: event.value === undefined ? null : shown(event.value, notation) };
    }
    default:
      return event;
  }
}

function shownArguments(machine: Machine, name: string, args: readonly Value[]): string[] {
  const notations = notationsOf(machine, name)?.arguments ?? [];
  return args.map((value, i) => shown(value, notations[i]));
}

function shown(value: Value, notation: Notation = showValue): string {
  return notation(value);
}

function notationsOf({ system }: Machine, name: string): KernelFunction["notations"] {
  return system.functions.get(name)?.notations;
}

function changeOf(machine: Machine, signal: Signal, before: State, after: State): SignalChange[] {
  const from = valueOf(signal, machine.viewOf(before));
  const to = valueOf(signal, machine.viewOf(after));
  const { name, headline } = signal;
  return from === to ? [] : [{ signal: name, cpu: signal.cpu ?? null, headline, from, to }];
}

/** Throws PMC207 if the signal throws. */
function valueOf({ name, cpu, value }: Signal, view: ReadView): string {
  return blaming(
    "PMC207",
    () => (cpu === undefined ? `signal ${name}` : `signal ${name} of cpu${cpu}`),
    () => value(view),
  );
}

/** A broken rule, and what broke it. */
export interface Break {
  readonly rule: string;
  /** The observation that broke it; undefined if a state did. */
  readonly by: Observation | undefined;
  /** The event in which a state broke it; undefined if an observation did. */
  readonly event: string | undefined;
}

/**
 * The way in which a rule is broken, as a text. Two breaks have the same text if they break the same rule for the same
 * event, both by the same kind of observation or both in a state.
 */
export function wayOf({ rule, by, event }: Break): string {
  return by === undefined
    ? `${rule} in a state of ${event}`
    : `${rule} by ${by.kind} of ${eventOf(by) ?? "none"}`;
}

/** Do both observations have the same kind and the same event? */
export function isLike(one: Observation, other: Observation): boolean {
  return one.kind === other.kind && eventOf(one) === eventOf(other);
}

export function eventOf(observation: Observation): string | undefined {
  return "event" in observation ? observation.event : undefined;
}

/** The first rule of a safety property that a step breaks by an observation, else by the state that it leads to. */
export function breakOf(
  machine: Machine,
  property: Property,
  observations: readonly Observation[],
  after: ReadView,
): Break | undefined {
  for (const rule of rulesOf(property)) {
    const by = observations.find((one) => breaksBy(property, rule, one));
    if (by !== undefined) return { rule: rule.name, by, event: undefined };
  }
  for (const rule of rulesOf(property)) {
    const event = machine.system.events.find((one) => breaksIn(property, rule, after, one));
    if (event !== undefined) return { rule: rule.name, by: undefined, event };
  }
  return undefined;
}

/** No single step breaks a liveness property; see loop.ts. */
function rulesOf(property: Property): readonly Rule[] {
  return property.kind === "always" ? property.rules : [];
}
