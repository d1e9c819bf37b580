/**
 * The audit of one state: the system is asked what can happen in it, and everything that the search keeps of it and of what it
 * leads to is compared with that.
 */
import type { TransitionSystem } from "../../spec/transition-system.js";
import type { Knowledge } from "../oracle/oracle.js";
import type { Watchers } from "../oracle/watch-bits.js";
import type { Tree } from "../states/search-tree.js";
import type { StateStore } from "../states/state-store.js";
import { ExpectedSteps, type ExpectedStep } from "./expected-steps.js";
import type { KeptStates } from "./kept-states.js";
import { AuditMismatch, showState } from "./mismatch.js";
import { Unpackable } from "./packed-states.js";

/** What is audited. */
export interface AuditParts {
  readonly system: TransitionSystem;
  readonly knowledge: Knowledge;
  readonly store: StateStore;
  readonly tree: Tree;
  readonly watchers: Watchers;
  readonly findings: {
    readonly breaks: readonly unknown[];
    readonly isWitnessed: (witness: number) => boolean;
    readonly hasMoved: (process: number) => boolean;
  };
}

/** A state that is audited. */
export interface StateAtHand {
  /** Its number. */
  readonly row: number;
  readonly ids: readonly number[];
  readonly values: readonly unknown[];
}

/** Says what is wrong with the state at hand. */
export type Refuse = (why: string) => never;

/** A state that is kept as it should be, and where it leads. */
export interface AuditedState {
  readonly word: bigint;
  readonly steps: readonly ExpectedStep[];
  /** By step: the word of the state that it leads to. */
  readonly words: readonly bigint[];
  readonly refuse: Refuse;
}

export class StateAudit {
  readonly #parts: AuditParts;
  readonly #kept: KeptStates;
  readonly #expected: ExpectedSteps;

  constructor(parts: AuditParts, kept: KeptStates) {
    this.#parts = parts;
    this.#kept = kept;
    this.#expected = new ExpectedSteps(parts.system, parts.knowledge);
  }

  /**
   * Throws an AuditMismatch, or PMC207 if it is the model that is at fault.
   * @param most steps that the search has made from it, if not all
   */
  expand({ row, ids, values }: StateAtHand, most = Infinity): AuditedState {
    const { store, system } = this.#parts;
    const all = this.#expected.of(values, ids);
    const steps = all.slice(0, most);
    const refuse: Refuse = (why) => {
      this.#expected.mustBeAsBefore(ids, all, store.answers.log);
      const shown = showState(system, values, system.initial, "the initial state");
      throw new AuditMismatch(`audit of state ${row}: ${why}\nstate ${row}:\n${shown}`);
    };
    const word = this.#find(ids, "it", refuse);
    const words = steps.map((step) => {
      const leadsTo = `outcome ${step.outcome} of ${system.processes[step.process]} leads to a state that`;
      const whereTo: Refuse = (why) =>
        refuse(`${why}:\n${showState(system, step.state, values, `state ${row}`)}`);
      return this.#find(step.ids, leadsTo, whereTo);
    });
    this.#auditFindings(values, steps, refuse);
    return { word, steps, words, refuse };
  }

  #find(ids: ExpectedStep["ids"], whose: string, refuse: Refuse): bigint {
    const word = this.#kept.find(ids);
    return word instanceof Unpackable ? refuse(`${whose} ${word.why}`) : word;
  }

  /** What a state shows, the search has seen. */
  #auditFindings(values: readonly unknown[], steps: readonly ExpectedStep[], refuse: Refuse): void {
    const { watchers, findings } = this.#parts;
    const read = (component: number) => values[component];
    const observations = steps.flatMap((step) => step.observations);
    for (const { goal, isBroken } of watchers.states) {
      if (findings.breaks[goal] === undefined && isBroken(read)) refuse(`it breaks goal ${goal}, unnoticed`);
    }
    for (const { goal, isBroken } of watchers.transitions) {
      if (findings.breaks[goal] !== undefined || !observations.some(isBroken)) continue;
      refuse(`a transition from it breaks goal ${goal}, unnoticed`);
    }
    for (const [witness, isReached] of watchers.witnesses.entries()) {
      if (findings.isWitnessed(witness) || !observations.some(isReached)) continue;
      refuse(`a transition from it reaches witness ${witness}, unnoticed`);
    }
    for (const { process } of steps) {
      if (!findings.hasMoved(process)) refuse(`process ${process} moves in it, unnoticed`);
    }
  }
}
