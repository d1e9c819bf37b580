/**
 * Properties of users' own in a line: `never(sentence, when)`, `atMost(sentence, limit)`, `eventually(sentence, waiting)`.
 */
import { perName, type Component, type ReadView } from "./component.js";
import { PmucheckError } from "./errors.js";
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
  return always("never", sentence, typeof when === "object" ? when : { brokenBy: when });
}

function always(name: string, sentence: string, { remembers, ...rule }: When): SafetyProperty {
  return {
    name,
    kind: "always",
    sentence,
    reference: OWN,
    ...(remembers === undefined ? {} : { remembers }),
    rules: [{ name, ...rule }],
  };
}

/** How many observations of one kind there may be between two of another kind. */
export interface Limit {
  /** A whole number from 0 on. */
  readonly most: number;
  readonly of: (observation: Observation) => boolean;
  readonly between: (observation: Observation) => boolean;
}

/**
 * A property that is broken by one observation too many between two others, each event for itself: `atMost("Never are two
 * periods counted between two signals.", { most: 1, of: isCrossing, between: isSignal })`. The start of the execution is
 * like one of `between`. An observation of no event, as an interrupt, belongs to all.
 * Throws PMC138 if `most` is no whole number from 0 on.
 */
export function atMost(sentence: string, { most, of, between }: Limit): SafetyProperty {
  if (!Number.isInteger(most) || most < 0) {
    throw new PmucheckError("PMC138", `'${sentence}': most is ${most}, and takes a whole number from 0 on`);
  }
  // By the sentence, so that two of them do not share a memory.
  const counted = remembering(sentence, { times: 0 }, (now, observation, event) => {
    if (!concerns(observation, event)) return now;
    if (between(observation)) return { times: 0 };
    return of(observation) ? { times: Math.min(most + 1, now.times + 1) } : now;
  });
  return always("at-most", sentence, {
    remembers: counted,
    brokenIn: (view, event) => view.read(counted.of(event)).times > most,
  });
}

function concerns(observation: Observation, event: string): boolean {
  if ("event" in observation) return observation.event === event;
  return observation.kind === "own" ? observation.subject === event : true;
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
