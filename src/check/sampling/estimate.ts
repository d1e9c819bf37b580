/**
 * Estimating a state space before it is explored: how many states, how long, how much memory, and how sure that is.
 *
 * The number of states is found by sampling (src/simulate/recapture.ts), time and memory by exploring the beginning
 * with the engine that would do it all.
 */
import { explore } from "../../engine/explore.js";
import { Machine } from "../../runtime/machine.js";
import { capture } from "../../simulate/recapture.js";
import type { EstimateDocument, EstimatedRange } from "../../trace/document.js";
import { fixOf, systemOf, type Target } from "../target.js";

export type EstimateTarget = Pick<Target, "scenario" | "driver" | "configuration">;

/** How much is sampled: `near` states breadth first, and a walk of `steps`. */
export interface Effort {
  readonly near: number;
  readonly steps: number;
}

/** About two seconds. */
export const CAREFUL: Effort = { near: 200_000, steps: 1_000_000 };
/** For comparing worlds with each other. */
export const QUICK: Effort = { near: 60_000, steps: 300_000 };

const SEED = 1;
/**
 * What contained the truth for all scenarios and parameters that were tried (docs/use/random-and-estimates.md). Walks rather
 * see too much of the same, so that an estimate is more often too low than too high.
 */
const TOO_HIGH = 4;
const TOO_LOW = 6;
/** With fewer states in both captures their number is chance. */
const LEAST = 100;

export interface Size {
  readonly method: EstimateDocument["method"];
  /** So many distinct states were seen. */
  readonly atLeast: number;
  readonly states: EstimatedRange | null;
}

/** Deterministic. Throws PMC2xx if the model is faulty, and what `mustGoOn` throws, which is called all the time. */
export function sizeOf(target: EstimateTarget, effort: Effort, mustGoOn?: () => void): Size {
  const machine = new Machine(systemOf(target));
  const { complete, near, walked, both } = capture(machine, { ...effort, seed: SEED, mustGoOn });
  const atLeast = near + walked - both;
  if (complete) return { method: "counted", atLeast, states: { low: near, middle: near, high: near } };
  if (both < LEAST) return { method: "lower-bound", atLeast, states: null };
  const middle = Math.max(atLeast, Math.round((near * walked) / both));
  const low = Math.max(atLeast, Math.round(middle / TOO_HIGH));
  return { method: "recapture", atLeast, states: { low, middle, high: middle * TOO_LOW } };
}

/** Deterministic but for its seconds. Throws what {@link sizeOf} throws. */
export function estimate(target: EstimateTarget, effort: Effort, mustGoOn?: () => void): EstimateDocument {
  const { scenario, driver, configuration } = target;
  const size = sizeOf(target, effort, mustGoOn);
  const begun = beginning(target, effort.near, mustGoOn);
  const statesPerSecond = Math.round(begun.states / begun.seconds);
  const bytesPerState = begun.bytes / begun.states;
  return {
    scenario: scenario.name,
    driver: driver.name,
    ...fixOf(driver),
    config: configuration,
    ...size,
    seconds: times(size.states, 1 / statesPerSecond),
    bytes: times(size.states, bytesPerState),
    statesPerSecond,
    bytesPerState,
  };
}

function beginning(target: EstimateTarget, maxStates: number, mustGoOn: (() => void) | undefined) {
  const machine = new Machine(systemOf(target));
  // Nothing is looked for: a broken rule would end the search.
  const nothing = { goals: [{ transitions: [() => false], states: [] }], cycles: [], witnesses: [] };
  const started = process.hrtime.bigint();
  const stop = () => {
    mustGoOn?.();
    return undefined;
  };
  const { states, bytes } = explore(machine, nothing, { maxStates, stop });
  return { states, bytes, seconds: Number(process.hrtime.bigint() - started) / 1e9 };
}

function times(range: EstimatedRange | null, factor: number): EstimatedRange | null {
  if (range === null) return null;
  return { low: range.low * factor, middle: range.middle * factor, high: range.high * factor };
}
