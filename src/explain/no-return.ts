/**
 * The point of no return: the first step of a trace after which no continuation avoids the violation.
 *
 * There are two meanings of "avoids", and the rule decides which one applies.
 *
 * "next": an observation broke the rule (a crossing that overtakes another one), and other observations of this kind and
 * event can break nothing. A continuation avoids the violation if it makes an observation of this kind and event that
 * breaks nothing, and has no violation before. So after the point of no return the next crossing breaks the rule,
 * whatever happens before it. A continuation in which the event never crosses again does not count.
 *
 * "ever": a state broke the rule, or every observation of this kind does. A continuation avoids the violation if it goes on
 * for ever, weakly fair to the CPUs and the hardware, or ends in a state without enabled steps, without a violation.
 *
 * If a continuation after some step avoids the violation, then one after every earlier step does. So bisection finds the
 * point. Each question is an exploration. An exploration that hits its bound answers nothing; then the point is known
 * only to lie between two steps.
 */
import type { Machine } from "../runtime/machine.js";
import type { Observation } from "../spec/observation.js";
import type { Property } from "../spec/property.js";
import { breakOf, isLike, type Break } from "../trace/record.js";
import { after, exploreFrom, gone, type IsLeftOut, type WalkedStep } from "../check/continuation.js";

export interface NoReturn {
  readonly avoidedBy: "next" | "ever";
  /** The last step after which some continuation is known to avoid the violation; 0 is the initial state. */
  readonly after: number;
  /** The first step after which no continuation avoids it. The point of no return, if it is the step after `after`. */
  readonly by: number;
  /** True if it is; else the explorations in between hit their bound. */
  readonly conclusive: boolean;
  /** The steps of a continuation after step `after` that avoids the violation, up to where it has done so. */
  readonly passing: readonly WalkedStep[];
}

interface Question {
  readonly machine: Machine;
  readonly property: Property;
  readonly broken: Break;
  readonly maxStates: number;
  /** Why to stop; undefined to go on. What is stopped is not known. */
  readonly stop?: (() => string | undefined) | undefined;
}

type Answer =
  { readonly avoids: true; readonly passing: readonly WalkedStep[] } | { readonly avoids: false } | undefined;

const NO: Answer = { avoids: false };

/**
 * The point of no return; undefined if no continuation of the initial state was found that avoids the violation.
 * `states`: by step, then by component, the values before the step. The last step breaks the rule.
 */
export function pointOfNoReturn(
  question: Question,
  states: readonly (readonly unknown[])[],
): NoReturn | undefined {
  const first = states[0];
  if (first === undefined) return undefined;
  const start = question.broken.by === undefined ? NO : next(question, first);
  if (start === undefined) return undefined;
  const avoidedBy = start.avoids ? "next" : "ever";
  const ask = avoidedBy === "next" ? next : ever;
  const known = new Map<number, Answer>();
  const at = (step: number): Answer => {
    if (step === states.length) return NO;
    const state = states[step];
    if (!known.has(step)) known.set(step, state === undefined ? undefined : ask(question, state));
    return known.get(step);
  };
  const by = firstWhere(0, states.length, (step) => at(step)?.avoids === false);
  const unsure = firstWhere(0, by, (step) => at(step)?.avoids !== true);
  const last = unsure === 0 ? undefined : at(unsure - 1);
  if (last?.avoids !== true) return undefined;
  return { avoidedBy, after: unsure - 1, by, conclusive: unsure === by, passing: last.passing };
}

/** The first number of low..high - 1 for which `isTrue`, or high if there is none. Once true, it stays true. */
function firstWhere(low: number, high: number, isTrue: (at: number) => boolean): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (isTrue(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** "next": can there be an observation of the same kind and event that breaks nothing? */
function next(question: Question, state: readonly unknown[]): Answer {
  const { machine, broken, maxStates, stop } = question;
  const { by } = broken;
  // Steps that break a rule are left out, so an observation that the goal finds breaks nothing.
  const isKept = (observation: Observation) => by !== undefined && isLike(observation, by);
  const watch = { goals: [{ transitions: [isKept], states: [] }] };
  const { exploration, walk } = exploreFrom(machine, state, violates(question), watch, maxStates, stop);
  const [found] = exploration.breaks;
  if (found !== undefined) return { avoids: true, passing: walk(found.path) };
  return exploration.end.kind === "complete" ? { avoids: false } : undefined;
}

/** "ever": can the execution go on for ever, or end, without a violation? */
function ever(question: Question, state: readonly unknown[]): Answer {
  const { machine, maxStates, stop } = question;
  const left = gone(machine);
  const watch = { cycles: [{ waits: (read: (component: number) => unknown) => read(left) === false }] };
  const { exploration, walk } = exploreFrom(machine, state, violates(question), watch, maxStates, stop);
  if (exploration.end.kind === "stuck") {
    return { avoids: true, passing: walk(exploration.end.path) };
  }
  const [lasso] = exploration.lassos;
  if (lasso !== undefined) {
    return { avoids: true, passing: walk([...lasso.path, ...lasso.cycle]) };
  }
  return exploration.end.kind === "complete" ? { avoids: false } : undefined;
}

function violates({ machine, property }: Question): IsLeftOut {
  return (_, outcome, read) =>
    breakOf(machine, property, outcome.observations, machine.view(after(outcome, read))) !== undefined;
}
