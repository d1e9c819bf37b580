/**
 * Properties of users' own in a line: `never(sentence, when)`, `eventually(sentence, waiting)`.
 */
import { perName, type Component, type ReadView } from "./component.js";
import type { Observation } from "./observation.js";
import type { LivenessProperty, Memory, Rule, SafetyProperty } from "./property.js";

/** The reference of a sentence that names none. */
const OWN = "a sentence of one's own";

/** A memory, and how to read it: `view.read(since.of(event))`. */
export interface Remembering<M extends object> extends Memory<M> {
  readonly of: (event: string) => Component<M>;
}

/**
 * Something to remember of an execution, for each event.
 * @param name the name of the component in which it is kept
 * @param initial its value after boot: an object
 * @param after the value after an observation; it must take few values, for every one is another state
 */
export function remembering<M extends object>(
  name: string,
  initial: M,
  after: (now: M, observation: Observation, event: string) => M,
): Remembering<M> {
  const component = perName<M>(name);
  return { component, of: component, initial, after };
}

/** When a sentence is broken: by an observation, or in a state, asked for every event; with what it remembers. */
export interface When extends Omit<Rule, "name"> {
  readonly remembers?: Memory;
}

/** A property that is broken by an observation, or in a state. */
export function never(sentence: string, when: NonNullable<Rule["brokenBy"]> | When): SafetyProperty {
  const { remembers, ...rule } = typeof when === "object" ? when : { brokenBy: when };
  return {
    name: "never",
    kind: "always",
    sentence,
    reference: OWN,
    ...(remembers === undefined ? {} : { remembers }),
    rules: [{ name: "never", ...rule }],
  };
}

/** A property that is broken by an execution in which an event waits for ever, though every fair process goes ahead. */
export function eventually(
  sentence: string,
  waiting: (view: ReadView, event: string) => boolean,
  more: Partial<Pick<LivenessProperty, "without" | "through" | "remembers">> = {},
): LivenessProperty {
  return {
    name: "eventually",
    kind: "eventually",
    sentence,
    reference: OWN,
    subjects: "events",
    waiting,
    ...more,
  };
}
