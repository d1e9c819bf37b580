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

/** A safety property: all its rules hold in every execution. */
export interface Property {
  readonly name: string;
  readonly kind: "always";
  /** The property in one English sentence; it is printed with every verdict. */
  readonly sentence: string;
  /** Where the requirement comes from. */
  readonly reference: string;
  readonly rules: readonly Rule[];
}

/** Something that must happen in some execution, or a verdict of "holds" says nothing. */
export interface Witness {
  readonly name: string;
  readonly sentence: string;
  readonly reachedBy: (observation: Observation) => boolean;
}
