/**
 * Findings: what a search has found of what it was asked: broken goals, witnesses, processes that move.
 */
import { LANE } from "../memory/control-block.js";
import type { Break, PathStep } from "../api/result.js";
import type { Progressed } from "../api/image.js";
import type { Lane } from "../memory/lane.js";
import { wantedBits, type Watchers } from "../oracle/watch-bits.js";

/** What can be kept of them. */
type Kept = Pick<Progressed, "witnessed" | "moved" | "breaks">;

export class Findings {
  /** By goal: how it was broken first. */
  readonly breaks: (Break | undefined)[];
  readonly #watchers: Watchers;
  /** By process: has it ever moved? */
  readonly #moved: boolean[];
  /** Bits of the witnesses reached. */
  #witnessed = 0;

  constructor(watchers: Watchers, goals: number, processes: number) {
    this.#watchers = watchers;
    this.breaks = Array.from({ length: goals }, () => undefined);
    this.#moved = Array.from({ length: processes }, () => false);
  }

  /** The rules on transitions that still matter, as bits. */
  get wantedTransitions(): number {
    return wantedBits(this.#watchers.transitions, (goal) => this.breaks[goal] !== undefined);
  }

  /** The rules on states that still matter, as bits. */
  get wantedStates(): number {
    return wantedBits(this.#watchers.states, (goal) => this.breaks[goal] !== undefined);
  }

  /** Is every goal broken, and are there any? */
  get areAllBroken(): boolean {
    return this.breaks.length > 0 && this.breaks.every((found) => found !== undefined);
  }

  hasMoved(process: number): boolean {
    return this.#moved[process] === true;
  }

  isWitnessed(witness: number): boolean {
    return ((this.#witnessed >>> witness) & 1) === 1;
  }

  /** Witnesses, as bits, were reached. */
  witness(bits: number): void {
    this.#witnessed |= bits;
  }

  /** A state breaks one of the rules on states. */
  breakState(index: number, path: readonly PathStep[]): void {
    const watched = this.#watchers.states[index];
    if (watched === undefined) throw new Error(`there is no rule ${index} on states`);
    this.breaks[watched.goal] = { rule: watched.rule, path };
  }

  /** A transition breaks the rules on transitions whose bits are set; the first one counts for its goal. */
  breakTransition(bits: number, pathTo: () => readonly PathStep[]): void {
    this.#watchers.transitions.forEach(({ goal, rule }, i) => {
      if (((bits >>> i) & 1) === 1) this.breaks[goal] ??= { rule, path: pathTo() };
    });
  }

  /** Takes over what the moves of a lane have shown. */
  take(lane: Lane): void {
    this.witness(lane.get(LANE.witnessed));
    this.#moved.forEach((moved, process) => {
      this.#moved[process] = moved || lane.hasMoved(process);
    });
    lane.forget();
  }

  /** What was found so far, as it can be kept. */
  get kept(): Kept {
    return {
      witnessed: this.#witnessed,
      moved: this.#moved.map((moved) => (moved ? 1 : 0)),
      breaks: this.breaks.map((found) => found ?? null),
    };
  }

  /** Goes on from what was found before. */
  restore({ witnessed, moved, breaks }: Kept): void {
    this.#witnessed = witnessed;
    moved.forEach((has, process) => {
      this.#moved[process] = has === 1;
    });
    breaks.forEach((found, goal) => {
      this.breaks[goal] = found ?? undefined;
    });
  }
}
