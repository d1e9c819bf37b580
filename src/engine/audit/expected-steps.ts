/**
 * What a state's steps should be: the system is asked again, without the tables of answers, and compared with what is kept.
 */
import type { Observation } from "../../spec/observation.js";
import { PmucheckError } from "../../spec/errors.js";
import type { TransitionSystem } from "../../spec/transition-system.js";
import { LOGGED, LOGGED_MOVE, type AnswerLog } from "../oracle/answer-log.js";
import type { Knowledge } from "../oracle/oracle.js";
import type { Ids } from "./kept-states.js";

/** A step, and the state it leads to. */
export interface ExpectedStep {
  readonly process: number;
  readonly outcome: number;
  readonly observations: readonly Observation[];
  readonly state: readonly unknown[];
  readonly ids: Ids;
}

export class ExpectedSteps {
  readonly #system: TransitionSystem;
  readonly #knowledge: Knowledge;

  constructor(system: TransitionSystem, knowledge: Knowledge) {
    this.#system = system;
    this.#knowledge = knowledge;
  }

  /** All steps of a state, by process and outcome. */
  of(state: readonly unknown[], ids: readonly number[]): ExpectedStep[] {
    return this.#system.processes.flatMap((_, process) =>
      this.#system
        .run(process, (component) => state[component])
        .map(({ writes, observations }, outcome) => {
          const next = [...state];
          const nextIds: (number | undefined)[] = [...ids];
          for (const [component, value] of writes) {
            next[component] = value;
            nextIds[component] = this.#knowledge.knownId(component, value);
          }
          return { process, outcome, observations, state: next, ids: nextIds };
        }),
    );
  }

  /**
   * Throws PMC207 if the system did not answer so when the search asked: then the model is at fault.
   * @param ids of a state that was expanded
   * @param steps as the system answers now
   */
  mustBeAsBefore(ids: readonly number[], steps: readonly ExpectedStep[], log: AnswerLog): void {
    for (const [process, name] of this.#system.processes.entries()) {
      const before = writesInLog(log, process, ids);
      if (before === undefined) continue;
      const now = steps.filter((step) => step.process === process).map((step) => step.ids);
      if (before.length === now.length && before.every((writes, i) => isSame(writes, ids, now[i] ?? [])))
        continue;
      throw new PmucheckError(
        "PMC207",
        `${name} does something else when it is asked again in the same state: a process must depend on nothing but what it reads`,
      );
    }
  }
}

type Writes = readonly (readonly [component: number, id: number])[];

/** Is what differs what a move writes? */
function isSame(writes: Writes, before: readonly number[], after: Ids): boolean {
  const expected: (number | undefined)[] = [...before];
  for (const [component, id] of writes) expected[component] = id;
  return expected.every((id, component) => id === after[component]);
}

/** By outcome what a process writes in a state, as it was answered; undefined if it was not asked. */
function writesInLog(
  { words, length }: AnswerLog,
  table: number,
  ids: readonly number[],
): Writes[] | undefined {
  const word = (at: number) => words[at] as number;
  for (let at = 0; at < length; at += word(at + LOGGED.words)) {
    if (word(at + LOGGED.table) !== table) continue;
    const moves = at + LOGGED.footprint + 2 * word(at + LOGGED.reads);
    if (pairs(words, at + LOGGED.footprint, moves).some(([component, id]) => ids[component] !== id)) continue;
    const found: Writes[] = [];
    for (let move = moves + 1; found.length < word(moves);) {
      const end = move + LOGGED_MOVE.written + 2 * word(move + LOGGED_MOVE.writes);
      found.push(pairs(words, move + LOGGED_MOVE.written, end));
      move = end;
    }
    return found;
  }
  return undefined;
}

function pairs(words: Int32Array, from: number, end: number): (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  for (let at = from; at < end; at += 2) found.push([words[at] as number, words[at + 1] as number]);
  return found;
}
