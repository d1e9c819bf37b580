/**
 * Properties and witnesses: what must hold, and what must be reachable for "holds" to mean anything.
 *
 * Only the functions below call the functions of properties and witnesses. So whatever a property throws becomes PMC208.
 */
import { blaming } from "./blame.js";
import type { Component, ReadView, View } from "./component.js";
import type { Observation } from "./observation.js";
import type { Listener, System } from "./system.js";

/** A rule of a safety property: no transition and no state may break it. */
export interface Rule {
  /** The name in a verdict, if the property has several rules. */
  readonly name: string;
  /** True for an observation that breaks the rule. */
  readonly brokenBy?: (observation: Observation) => boolean;
  /** True for a state that breaks the rule for an event. */
  readonly brokenIn?: (view: ReadView, event: string) => boolean;
}

/**
 * What a property remembers of an execution: a value for each event, which any observation may change. It becomes a part of
 * the state, so it must have few values: count up to a bound.
 */
export interface Memory<M extends object = object> {
  /** Where it is kept: `perName<M>("mine")`. */
  readonly component: (event: string) => Component<M>;
  readonly initial: M;
  /** The value after an observation. A method, so that a memory of any M is a memory. */
  after(now: M, observation: Observation, event: string): M;
}

interface Sentence {
  readonly name: string;
  /** The compiled source of a property that comes from a file of the user's. The source identifies the property. */
  readonly text?: string;
  /** The property in one English sentence, which is printed with every verdict. */
  readonly sentence: string;
  /** The source of the requirement. */
  readonly reference: string;
  /** What the property is about, if that is something that need not happen: where it never does, nothing is said. */
  readonly occasion?: Occasion;
  /** What the rules, or `waiting`, can read of what happened before. */
  readonly remembers?: Memory;
  /** Why nothing is said of a system that begins like this; undefined if something is. */
  readonly saysNothing?: (view: ReadView) => string | undefined;
}

/** Something that happens in some systems only. */
export interface Occasion {
  /** In one phrase: `a task was moved to another CPU`. */
  readonly sentence: string;
  readonly reachedBy: (observation: Observation) => boolean;
}

/** A safety property: all its rules hold in every execution. */
export interface SafetyProperty extends Sentence {
  readonly kind: "always";
  readonly rules: readonly Rule[];
}

/**
 * A liveness property: whenever `waiting` becomes true, it becomes false again.
 *
 * An execution breaks it that ends in a cycle (a lasso) with all of these: `waiting` is true in all states of the cycle;
 * the cycle takes no transition with an observation of `without`; it takes one with an observation of `through`, if that
 * is given; and it is weakly fair: every fair process that is enabled in all states of the cycle takes a step in it.
 */
export interface LivenessProperty extends Sentence {
  readonly kind: "eventually";
  readonly waiting: (view: ReadView, subject: string) => boolean;
  /** The subjects of the property: the names of events, or of CPUs (`"0"`, `"1"` ...). */
  readonly subjects: "events" | "cpus";
  readonly without?: (observation: Observation, subject: string) => boolean;
  readonly through?: (observation: Observation, subject: string) => boolean;
}

export type Property = SafetyProperty | LivenessProperty;

/** An observation that some execution must make; else the verdict is "vacuous" instead of "holds". */
export interface Witness {
  readonly name: string;
  readonly sentence: string;
  readonly reachedBy: (observation: Observation) => boolean;
}

/** An answer, and no promise of one, which would count as "yes": JavaScript is not type-checked. */
function answered(answer: unknown): boolean {
  if (answer instanceof Promise) throw new TypeError("it returned a promise, and must answer at once");
  return Boolean(answer);
}

/** Does the observation break the rule? Throws PMC208 if the property throws. */
export function breaksBy({ name }: Property, rule: Rule, observation: Observation): boolean {
  const { brokenBy } = rule;
  return (
    brokenBy !== undefined &&
    blaming(
      "PMC208",
      () => `property ${name} (${rule.name}): brokenBy() of '${observation.kind}'`,
      () => answered(brokenBy(observation)),
    )
  );
}

/** Does the state break the rule for the event? Throws PMC208 if the property throws. */
export function breaksIn({ name }: Property, rule: Rule, view: ReadView, event: string): boolean {
  const { brokenIn } = rule;
  return (
    brokenIn !== undefined &&
    blaming(
      "PMC208",
      () => `property ${name} (${rule.name}): brokenIn() of ${event}`,
      () => answered(brokenIn(view, event)),
    )
  );
}

/** Does the subject wait in the state? Throws PMC208 if the property throws. */
export function waits({ name, waiting }: LivenessProperty, view: ReadView, subject: string): boolean {
  return blaming(
    "PMC208",
    () => `property ${name}: waiting() of ${subject}`,
    () => answered(waiting(view, subject)),
  );
}

/**
 * Is the observation one of `without`, or of `through`? False if the property does not have that function. Throws PMC208
 * if the property throws.
 */
export function isOf(
  which: "without" | "through",
  property: LivenessProperty,
  observation: Observation,
  subject: string,
): boolean {
  const asked = property[which];
  return (
    asked !== undefined &&
    blaming(
      "PMC208",
      () => `property ${property.name}: ${which}() of '${observation.kind}' for ${subject}`,
      () => answered(asked(observation, subject)),
    )
  );
}

/** Is the observation an occasion of the property? */
export function isOccasion({ name }: Property, occasion: Occasion, observation: Observation): boolean {
  return blaming(
    "PMC208",
    () => `property ${name}: occasion of '${observation.kind}'`,
    () => answered(occasion.reachedBy(observation)),
  );
}

/** Why the property says nothing of a system that begins like this; undefined if it says something. */
export function whyNothing(property: Property, initial: ReadView): string | undefined {
  return blaming(
    "PMC208",
    () => `property ${property.name}: saysNothing()`,
    () => property.saysNothing?.(initial),
  );
}

/** The memory of every event after the observation. Throws PMC208 if the property throws. */
export function remember({ name, remembers }: Property, view: View, observation: Observation): void {
  if (remembers === undefined) return;
  for (const event of view.events) {
    const component = remembers.component(event);
    const now = view.read(component);
    const next = blaming(
      "PMC208",
      () => `property ${name}: after() of '${observation.kind}' for ${event}`,
      () => remembers.after(now, observation, event),
    );
    if (next !== now) view.update(component, (draft) => void Object.assign(draft, next));
  }
}

/** The system with what the properties remember of it as a part of its states. */
export function withMemories(system: System, properties: readonly Property[]): System {
  const remembering = properties.filter(({ remembers }) => remembers !== undefined);
  if (remembering.length === 0) return system;
  const memories = remembering.flatMap(({ remembers }) =>
    remembers === undefined
      ? []
      : system.events.map((event): [string, unknown] => [remembers.component(event).name, remembers.initial]),
  );
  return {
    ...system,
    reset: { ...system.reset, ...Object.fromEntries(memories) },
    listeners: [
      ...(system.listeners ?? []),
      ...remembering.map(
        (property): Listener =>
          (view, of) =>
            remember(property, view, of),
      ),
    ],
  };
}

/** Does the observation reach the witness? Throws PMC208 if the witness throws. */
export function reaches({ name, reachedBy }: Witness, observation: Observation): boolean {
  return blaming(
    "PMC208",
    () => `witness ${name}: reachedBy() of '${observation.kind}'`,
    () => answered(reachedBy(observation)),
  );
}
