/**
 * Properties and witnesses: what must hold, and what must have happened for that to mean anything.
 */
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
