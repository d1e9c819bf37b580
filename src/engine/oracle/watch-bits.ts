/**
 * Watchers: the rules, witnesses and cycle goals of a watch as bits of 32-bit words, which is how tables hold them.
 */
import type { Observation } from "../../spec/observation.js";
import { PmucheckError } from "../../spec/errors.js";
import type { Outcome } from "../../spec/transition-system.js";
import type { Move } from "./answer.js";
import type { OnObservation, OnState, Watch } from "../api/watch.js";

const BITS = 32;
/** Of a transition: what a word of a table holds. */
const MOST_COST = 2 ** 31 - 1;
const NEVER = (): boolean => false;
const FREE = (): number => 0;

/** The bit of a transition that costs something, among those of the rules on transitions; taken if there are costs. */
export const COSTLY = 1 << (BITS - 1);

/** A rule, the goal it belongs to, and which of the goal's rules it is. */
export interface WatchedRule<T> {
  readonly goal: number;
  readonly rule: number;
  readonly isBroken: T;
}

export class Watchers {
  /** All goals' rules on transitions, and on states: bit i of a word is rule i. */
  readonly transitions: readonly WatchedRule<OnObservation>[];
  readonly states: readonly WatchedRule<OnState>[];
  readonly witnesses: readonly OnObservation[];
  readonly #breaks: readonly OnObservation[];
  readonly #cycles: readonly OnObservation[];
  readonly #cost: (observation: Observation) => number;

  constructor({ goals, cycles, witnesses, cost }: Watch) {
    this.transitions = goals.flatMap((of, goal) =>
      of.transitions.map((isBroken, rule) => ({ goal, rule, isBroken })),
    );
    this.states = goals.flatMap((of, goal) =>
      of.states.map((isBroken, i) => ({ goal, rule: of.transitions.length + i, isBroken })),
    );
    this.#breaks = this.transitions.map(({ isBroken }) => isBroken);
    this.witnesses = witnesses;
    this.#cycles = cycles.flatMap(({ without = NEVER, through = NEVER }) => [without, through]);
    this.#cost = cost ?? FREE;
    // The bit of COSTLY is taken among those of the rules on transitions.
    expectAtMost(cost === undefined ? BITS : BITS - 1, this.transitions, "rules on observations");
    expectAtMost(BITS, this.states, "rules on states");
    expectAtMost(BITS, witnesses, "witnesses");
    expectAtMost(BITS / 2, cycles, "liveness goals");
  }

  /** What they say of a transition. Throws if its cost is not a number that tables have room for. */
  bitsOf({ observations }: Outcome): Omit<Move, "writes"> {
    const cost = observations.reduce((sum, observation) => sum + this.#cost(observation), 0);
    if (!Number.isInteger(cost) || cost < 0 || cost > MOST_COST)
      throw new RangeError(`a transition costs ${cost}`);
    return {
      broken: bitsOf(this.#breaks, observations) | (cost > 0 ? COSTLY : 0),
      witnessed: bitsOf(this.witnesses, observations),
      cyclic: bitsOf(this.#cycles, observations),
      cost,
    };
  }
}

/** The bits of the rules whose goal is not among those that are broken. */
export function wantedBits<T>(rules: readonly WatchedRule<T>[], isBroken: (goal: number) => boolean): number {
  return rules.reduce((bits, { goal }, i) => (isBroken(goal) ? bits : bits | (1 << i)), 0);
}

/** Throws PMC142: each takes a bit of a word. */
function expectAtMost(most: number, { length }: readonly unknown[], what: string): void {
  if (length <= most) return;
  throw new PmucheckError(
    "PMC142",
    `${length} ${what}, and a search can tell ${most} apart: check fewer at a time`,
  );
}

function bitsOf(watchers: readonly OnObservation[], observations: readonly Observation[]): number {
  return watchers.reduce((bits, isWatched, i) => (observations.some(isWatched) ? bits | (1 << i) : bits), 0);
}
