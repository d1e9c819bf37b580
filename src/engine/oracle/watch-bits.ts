/**
 * Watchers: the rules, witnesses and cycle goals of a watch as bits of 32-bit words, which is how tables hold them.
 */
import { PmucheckError } from "../../spec/errors.js";
import type { Observation } from "../../spec/observation.js";
import type { Outcome } from "../../spec/transition-system.js";
import type { Move } from "./answer.js";
import type { OnObservation, OnState, Watch } from "../api/watch.js";

const BITS = 32;
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
    const most = Math.max(...[this.transitions, this.states, witnesses, this.#cycles].map((of) => of.length));
    const bits = cost === undefined ? BITS : BITS - 1;
    if (most > bits) {
      throw new PmucheckError(
        "PMC142",
        `${most} rules, witnesses or cycles of one search, which has room for ${bits} of each (a rule on states counts for ` +
          "every event, a liveness property twice for each of its subjects): check fewer properties at a time",
      );
    }
  }

  /** What they say of a transition. */
  bitsOf({ observations }: Outcome): Omit<Move, "writes"> {
    const cost = observations.reduce((sum, observation) => sum + this.#cost(observation), 0);
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

function bitsOf(watchers: readonly OnObservation[], observations: readonly Observation[]): number {
  return watchers.reduce((bits, isWatched, i) => (observations.some(isWatched) ? bits | (1 << i) : bits), 0);
}
