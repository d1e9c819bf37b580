/**
 * Properties and witnesses: what must hold, and what must have happened for that to mean anything.
 *
 * Their functions are called by the functions below and by nobody else, so that one that throws is a property's fault
 * (PMC208) wherever it is asked.
 */
import { blaming } from "./blame.js";
import type { ReadView } from "./component.js";
import type { Observation } from "./observation.js";

/** Something that must never happen, watched in every transition or in every state. */
export interface Rule {
  /** Names the rule in a verdict when a property has several. */
  readonly name: string;
  /** A transition with an observation for which this is true breaks the rule. */
  readonly brokenBy?: (observation: Observation) => boolean;
  /** A state in which this is true of an event breaks the rule. */
  readonly brokenIn?: (view: ReadView, event: string) => boolean;
}

interface Sentence {
  readonly name: string;
  /** The property in one English sentence; it is printed with every verdict. */
  readonly sentence: string;
  /** Where the requirement comes from. */
  readonly reference: string;
}

/** A safety property: all its rules hold in every execution. */
export interface SafetyProperty extends Sentence {
  readonly kind: "always";
  readonly rules: readonly Rule[];
}

/**
 * A liveness property: whenever `waiting` becomes true, it becomes false again.
 *
 * It is broken by an execution that ends in a cycle in which `waiting` stays true, that takes no transition of `without`,
 * takes one of `through` again and again if that is given, and is weakly fair: a process that is fair and can always go
 * ahead does.
 */
export interface LivenessProperty extends Sentence {
  readonly kind: "eventually";
  readonly waiting: (view: ReadView, subject: string) => boolean;
  /** What `waiting` is about: each event, or each CPU (`"0"`, `"1"` ...). */
  readonly subjects: "events" | "cpus";
  readonly without?: (observation: Observation, subject: string) => boolean;
  readonly through?: (observation: Observation, subject: string) => boolean;
}

export type Property = SafetyProperty | LivenessProperty;

/** Something that must happen in some execution, or a verdict of "holds" says nothing. */
export interface Witness {
  readonly name: string;
  readonly sentence: string;
  readonly reachedBy: (observation: Observation) => boolean;
}

/** Does the observation break the rule of the property? */
export function breaksBy({ name }: Property, rule: Rule, observation: Observation): boolean {
  const { brokenBy } = rule;
  return (
    brokenBy !== undefined &&
    blaming(
      "PMC208",
      () => `property ${name} (${rule.name}): brokenBy() of '${observation.kind}'`,
      () => brokenBy(observation),
    )
  );
}

/** Is the rule of the property broken in the state, of the event? */
export function breaksIn({ name }: Property, rule: Rule, view: ReadView, event: string): boolean {
  const { brokenIn } = rule;
  return (
    brokenIn !== undefined &&
    blaming(
      "PMC208",
      () => `property ${name} (${rule.name}): brokenIn() of ${event}`,
      () => brokenIn(view, event),
    )
  );
}

/** Is something waited for in the state? */
export function waits({ name, waiting }: LivenessProperty, view: ReadView, subject: string): boolean {
  return blaming(
    "PMC208",
    () => `property ${name}: waiting() of ${subject}`,
    () => waiting(view, subject),
  );
}

/** Is the observation one of those that the property leaves out, or asks for? No, if it does not speak of any. */
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
      () => asked(observation, subject),
    )
  );
}

/** Is the witness reached by the observation? */
export function reaches({ name, reachedBy }: Witness, observation: Observation): boolean {
  return blaming(
    "PMC208",
    () => `witness ${name}: reachedBy() of '${observation.kind}'`,
    () => reachedBy(observation),
  );
}
