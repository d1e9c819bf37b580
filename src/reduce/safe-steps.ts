/**
 * Safe steps: steps that may be taken at once, whatever the other processes could do first.
 *
 * Process p has exactly one step t in state s. It is safe if nothing that the others can do from s, while p waits,
 * has to do with it. The others are split in two:
 *
 *   near: looked at one by one. X is every state that they can reach from s, by real steps. In each x of X: t is
 *     still p's only step, with the same observations; every near process has as many moves after t as before it;
 *     and each of them and t lead to the same state in either order, with the same observations of both.
 *   far: never seen, in any state, to write what p or a near process touches in X, nor to read what t writes there.
 *
 * Whoever would not be far is taken among the near, until all are one or the other, or too many states are needed,
 * or somebody with many states of his own (another CPU): then t is not safe. A rule on states is a process without
 * effect that has a move where it is broken, so that safe steps hide no broken state: visibility comes from the
 * properties in use.
 *
 * Why that keeps verdicts. Let w be a path of the whole system from s without a step of p. Far steps do not change
 * what near processes see, so w's near steps stay within X, and each step of w commutes with t: the near by their
 * diamonds, the far because neither touches what the other reads or writes. So t w leads where w t does, with the
 * same observations. If p does move in w, its first move is t, and can be made first likewise. Claim: for every
 * stored state s and path w from s, a path of the reduced system makes the moves of w, with their observations, in
 * an order that commuting gives, perhaps with safe steps besides; and whoever has a move or none after w has the
 * same there. By induction on w's length, then on the steps to the end of the chain that s is in: a step of the
 * chain is moved to the front of w, or is added to it; at its end all moves are made (chains.ts: chains end). Hence
 * the same observations, the same broken rules, the same processes that move, and the same states from which
 * nothing can happen.
 *
 * Why what was *seen* of the far suffices, though a reduced search does not see every state. Take a shortest w u
 * from s with u's process q far and u meddling with t. As w is shorter, it commutes with t, and by the claim the
 * reduced system makes t w, so that q is run after it (or, where a safe step besides has q near, was run in that
 * decision). There q reads what it reads after w, up to the first component that t writes: it reads such a
 * component, or it does what u does. Either is noted, and contradicts the decision; accesses.ts then has the search
 * begin again.
 *
 * Nothing here reaches states that the system does not: X is made of real steps.
 */
import type { Accesses } from "./accesses.js";
import { type LocalAnswer, type LocalMove, LocalState } from "./local-state.js";
import type { LocalTables } from "./local-tables.js";
import { Memo } from "./memo.js";

/** States that are looked at for one decision, at most: beyond, a step is not worth the trouble. */
const MAX_SURROUNDINGS = 12;
/** Values of the component somebody far from a step looks at first, at most, for looking at him to be worth it. */
const MAX_CONTROLS = 64;

/** Is the only step of a process in a state safe? Which step that is; undefined if not. */
export interface SafeSteps {
  readonly safeMove: (process: number, state: LocalState) => LocalMove | undefined;
}

export class SafeByDiamonds implements SafeSteps {
  readonly #tables: LocalTables;
  readonly #accesses: Accesses;
  readonly #valuesAtStart: readonly number[];
  readonly #decisions: readonly Memo<boolean>[];

  constructor(tables: LocalTables, accesses: Accesses) {
    this.#tables = tables;
    this.#accesses = accesses;
    this.#valuesAtStart = tables.distinctValues;
    this.#decisions = tables.system.processes.map(() => new Memo<boolean>());
  }

  safeMove(process: number, state: LocalState): LocalMove | undefined {
    const [move, other] = this.#tables.answer(process, state).moves;
    if (move === undefined || other !== undefined) return undefined;
    const decisions = this.#decisions[process] as Memo<boolean>;
    const components = this.#tables.system.components.length;
    const isSafe = decisions.at(state.id, (idOf) => this.#isSafe(process, new LocalState(components, idOf)));
    return isSafe ? move : undefined;
  }

  #isSafe(process: number, state: LocalState): boolean {
    const near = new Set([process]);
    for (;;) {
      const looked = this.#lookAround(process, state, near);
      if (looked === undefined) return false;
      const reliance = { near, unwritten: looked.touched, unread: looked.written };
      const meddlers = this.#accesses.meddlers(reliance);
      if (meddlers.length === 0) {
        this.#accesses.rely(reliance);
        return true;
      }
      if (!meddlers.every((who) => this.#isWorthIt(who, looked.touched))) return false;
      for (const who of meddlers) near.add(who);
    }
  }

  /** May he be looked at? He looks first at what is at stake anyhow, or at something with few values. */
  #isWorthIt(who: number, touched: bigint): boolean {
    const control = this.#tables.controls[who] as number;
    return (
      control < 0 ||
      (touched & (1n << BigInt(control))) !== 0n ||
      (this.#valuesAtStart[control] as number) <= MAX_CONTROLS
    );
  }

  /**
   * Does the step commute with everything that those near can do before it? What it, and they, touch meanwhile;
   * undefined if it does not.
   */
  #lookAround(
    process: number,
    state: LocalState,
    near: ReadonlySet<number>,
  ): { readonly touched: bigint; readonly written: bigint } | undefined {
    const surroundings = [state];
    let [touched, written] = [0n, 0n];
    const seen = this.#tables.answer(process, state).moves[0]?.seen;
    for (const before of surroundings) {
      const own = this.#tables.answer(process, before);
      const [step, other] = own.moves;
      if (step === undefined || other !== undefined || step.seen !== seen) return undefined;
      const after = before.after(step);
      touched |= own.touched;
      written |= step.written;
      for (const who of near) {
        if (who === process) continue;
        const first = this.#tables.answer(who, before);
        const second = this.#tables.answer(who, after);
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

  /** Where the moves lead that somebody can make before the step, if each can be made after it too, to the same effect. */
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
