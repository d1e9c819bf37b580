/**
 * Safe steps: steps that a search may take at once, before all others that are enabled. A safe step is an ample set of
 * one step (partial order reduction: Holzmann and Peled, FORTE 1994; Peled, CAV 1994).
 *
 * Process p has exactly one step t in state s. The step t is safe if every step that the other agents (local-tables.ts)
 * can take from s, while p waits, is independent of t. Every other agent is near or far:
 *
 *   near: examined step by step. X is the set of the states that near agents can reach from s. In each state x of X, t
 *     is still the only step of p and has the same observations; each near agent has as many moves after t as before t;
 *     and each of these moves and t lead to the same state in either order, with the same observations.
 *   far: known never to write, in any state, what p or a near agent touches in X, and never to read what t writes there.
 *
 * An agent that cannot be far becomes near, until each agent is one or the other. The step is not safe if X becomes too
 * large, or if an agent that would have to be near has many states of its own (another CPU). A rule on states is an
 * agent that has a move where the rule is broken, so a safe step hides no broken state: visibility comes from the
 * properties in use.
 *
 * Why verdicts stay. Let w be a path of the whole system from s without a step of p. Far steps do not change what near
 * agents read, so the near steps of w stay within X. Each step of w commutes with t: a near step as was examined, a far
 * step because neither step touches what the other one writes. So t w leads to the same state as w t, with the same
 * observations. If p does move in w, the first move of p is t, and t can be made first in the same way.
 * Claim: for every stored state s and every path w from s, the reduced system has a path that makes the moves of w,
 * with their observations, in an order that commuting gives, perhaps with more safe steps; and each agent has a move
 * after that path exactly if the agent has one after w. Proof by induction on the length of w, then on the steps to the
 * end of the chain that s is in. A step of the chain is moved to the front of w, or is added to w. At the end of the
 * chain all moves are made (chains.ts: chains end). So the reduced system has the same observations, broken rules and
 * processes that move, and reaches the same states in which nothing can happen.
 *
 * Why accesses that were *seen* suffice, though a reduced search does not see every state. Suppose that some far agent
 * q does conflict with t, and take a shortest path w u from s in which step u of q does so. The path w is shorter, so w
 * commutes with t, and by the claim the reduced system makes t w. So q is run after t w (or, where another safe step has
 * q near, q was run for that decision). There q reads what it reads after w, up to the first component that t writes:
 * q reads such a component, or q does what u does. accesses.ts notes either, finds that the decision is contradicted,
 * and has the search begin again.
 *
 * Every state of X is reached by real steps, so this file runs agents only in states that the system has.
 */
import { FootprintMemo } from "../footprint/footprint-memo.js";
import type { Accesses } from "./accesses.js";
import { includes } from "./component-bits.js";
import { type LocalAnswer, type LocalMove, LocalState } from "./local-state.js";
import type { LocalTables } from "./local-tables.js";

/** The most states of X for one decision: a step that needs more is not worth the time. */
const MAX_SURROUNDINGS = 12;
/** The most values of the component that an agent reads first, if the agent is to become near. */
const MAX_FIRST_VALUES = 64;

/** Finds safe steps. */
export interface SafeSteps {
  /** The only step of a process in a state, if that step is safe; else undefined. */
  readonly safeMove: (process: number, state: LocalState) => LocalMove | undefined;
}

/** Finds safe steps by comparing both orders of two steps, which make a diamond: s -> t -> x and s -> x -> t. */
export class SafeByDiamonds implements SafeSteps {
  readonly #tables: LocalTables;
  readonly #accesses: Accesses;
  readonly #valuesAtStart: readonly number[];
  /** By process: is its only step safe? */
  readonly #decisions: readonly FootprintMemo<boolean>[];

  constructor(tables: LocalTables, accesses: Accesses) {
    this.#tables = tables;
    this.#accesses = accesses;
    this.#valuesAtStart = tables.distinctValues;
    const { components, processes } = tables.system;
    this.#decisions = processes.map(
      (name, process) =>
        new FootprintMemo(`the decision for ${name}`, (idOf) =>
          this.#isSafe(process, new LocalState(components.length, idOf)),
        ),
    );
  }

  safeMove(process: number, state: LocalState): LocalMove | undefined {
    const [move, other] = this.#tables.answer(process, state).moves;
    if (move === undefined || other !== undefined) return undefined;
    const isSafe = (this.#decisions[process] as FootprintMemo<boolean>).at(state.id);
    return isSafe ? move : undefined;
  }

  #isSafe(process: number, state: LocalState): boolean {
    const near = new Set([process]);
    for (;;) {
      const examined = this.#examine(process, state, near);
      if (examined === undefined) return false;
      const reliance = { near, unwritten: examined.touched, unread: examined.written };
      const conflicting = this.#accesses.conflicting(reliance);
      if (conflicting.length === 0) {
        this.#accesses.rely(reliance);
        return true;
      }
      if (!conflicting.every((agent) => this.#mayBecomeNear(agent, examined.touched))) return false;
      for (const agent of conflicting) near.add(agent);
    }
  }

  /** Does the agent first read a component that was touched already, or one with few values? */
  #mayBecomeNear(agent: number, touched: bigint): boolean {
    const first = this.#tables.firstReads[agent] as number;
    return (
      first < 0 || includes(touched, first) || (this.#valuesAtStart[first] as number) <= MAX_FIRST_VALUES
    );
  }

  /**
   * Does the step of the process commute with all that the near agents can do before it? What the process and the near
   * agents touch meanwhile, and what the step writes, as bits; undefined if it does not.
   */
  #examine(
    process: number,
    state: LocalState,
    near: ReadonlySet<number>,
  ): { readonly touched: bigint; readonly written: bigint } | undefined {
    const surroundings = [state];
    let [touched, written] = [0n, 0n];
    const seen = this.#tables.answer(process, state).moves[0]?.seen;
    // The list grows while it is walked: it becomes X.
    for (const before of surroundings) {
      const own = this.#tables.answer(process, before);
      const [step, other] = own.moves;
      if (step === undefined || other !== undefined || step.seen !== seen) return undefined;
      const after = before.after(step);
      touched |= own.touched;
      written |= step.written;
      for (const agent of near) {
        if (agent === process) continue;
        const first = this.#tables.answer(agent, before);
        const second = this.#tables.answer(agent, after);
        touched |= first.touched | second.touched;
        const reached = this.#diamonds(process, before, first, after, second);
        if (reached === undefined) return undefined;
        for (const one of reached)
          if (!surroundings.some((known) => known.equals(one))) surroundings.push(one);
        if (surroundings.length > MAX_SURROUNDINGS) return undefined;
      }
    }
    return { touched, written };
  }

  /**
   * The states that an agent's moves lead to from the state before the step; undefined unless the agent has the same
   * moves after the step, and each move and the step lead to one state in either order with the same observations.
   */
  #diamonds(
    process: number,
    before: LocalState,
    first: LocalAnswer,
    after: LocalState,
    second: LocalAnswer,
  ): LocalState[] | undefined {
    if (first.moves.length !== second.moves.length) return undefined;
    const reached: LocalState[] = [];
    for (const [i, move] of first.moves.entries()) {
      const later = second.moves[i] as LocalMove;
      const between = before.after(move);
      const [step, other] = this.#tables.answer(process, between).moves;
      if (step === undefined || other !== undefined || later.seen !== move.seen) return undefined;
      if (!between.after(step).equals(after.after(later))) return undefined;
      reached.push(between);
    }
    return reached;
  }
}
