/**
 * Random walks with a digest of every state: two runtimes that give the same digests went through the same states.
 *
 * Activations have an identity that differs between two runs of a program, so a digest is taken of what they consist of.
 */
import type { EnabledStep, Machine } from "../../runtime/machine.js";
import { Activation } from "../../spec/activation.js";
import type { State } from "../../spec/system.js";
import { keyOf } from "../../spec/value.js";

/** A step of a walk: its position among the enabled ones, and the states before and after it. */
export interface WalkStep {
  readonly index: number;
  readonly before: State;
  readonly taken: EnabledStep;
}

/** As many steps at random as there can be. The same for the same seed. */
export function* randomWalk(machine: Machine, seed: number, steps: number): Iterable<WalkStep> {
  const pick = random(seed);
  let before = machine.initialState;
  for (let at = 0; at < steps; at++) {
    const enabled = machine.enabledSteps(before);
    if (enabled.length === 0) return;
    const index = pick(enabled.length);
    const taken = enabled[index];
    if (taken === undefined) throw new Error("a random step that is not enabled");
    yield { index, before, taken };
    before = taken.next;
  }
}

/** The digest of each state of a walk: after 1 step, after 2 ... It ends early where nothing can happen any more. */
export function walkDigests(machine: Machine, seed: number, steps: number): number[] {
  return Array.from(randomWalk(machine, seed, steps), ({ taken }) => digestOf(taken.next));
}

/** 32 bits of a state (FNV-1a). */
export function digestOf(state: State): number {
  let hash = 0x811c9dc5;
  const text = keyOf(withoutIdentities(state));
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

function withoutIdentities(value: unknown): unknown {
  if (value instanceof Activation) return [value.function, value.arguments, value.observed];
  if (Array.isArray(value)) return value.map(withoutIdentities);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, withoutIdentities(field)]));
}

/** Numbers below a bound (mulberry32). */
function random(seed: number): (bound: number) => number {
  let state = Math.imul(seed, 0x9e3779b1);
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}
