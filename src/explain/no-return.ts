/**
 * The point of no return: the first step of a trace after which no continuation avoids the violation.
 *
 * To avoid it can mean two things, and what breaks the rule decides which.
 *
 * "next": an observation of some kind broke it (a crossing that overtakes another), and others of its kind about the
 * same event break nothing. The violation is avoided by a continuation with one that breaks nothing, and no violation
 * before. So after the point of no return the next crossing breaks the rule, whatever happens until then. A continuation
 * in which the event never crosses again is left aside: it neither keeps nor breaks anything.
 *
 * "ever": a state broke it, or every observation of its kind does. Then it is avoided by a continuation that goes on for
 * ever, weakly fair to the CPUs and the hardware, or comes to an end, without a violation.
 *
 * Either way what avoids it after a step avoids it before, so the point is found by bisection. Each question is an
 * exploration; one that hits its bound answers nothing, and the point is then only known to lie between two steps.
 */
import type { Machine } from "../runtime/machine.js";
import type { Observation } from "../spec/observation.js";
import type { Property } from "../spec/property.js";
import { breakOf, isLike, type Break } from "../trace/record.js";
import { after, exploreFrom, gone, type IsLeftOut, type WalkedStep } from "../check/continuation.js";

export interface NoReturn {
  readonly avoidedBy: "next" | "ever";
  /** The last step after which a continuation is known to avoid the violation; 0 is the initial state. */
  readonly after: number;
  /** The first step after which none is known to: the point of no return, if it is the next one. */
  readonly by: number;
  /** Is it the next one? Otherwise the effort was not enough to tell. */
  readonly conclusive: boolean;
  /** How a continuation after the step before avoids the violation: the steps up to where it has. */
  readonly passing: readonly WalkedStep[];
}

interface Question {
  readonly machine: Machine;
  readonly property: Property;
  readonly broken: Break;
  readonly maxStates: number;
}

type Answer =
  { readonly avoids: true; readonly passing: readonly WalkedStep[] } | { readonly avoids: false } | undefined;

const NO: Answer = { avoids: false };

/**
 * Undefined if even from the initial state nothing was found that avoids the violation, within the effort.
 * `states`: the values before each step of the trace; the last step breaks the rule.
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

/** The first of low..high for which a condition that stays true becomes true; high, if none before it. */
function firstWhere(low: number, high: number, isTrue: (at: number) => boolean): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (isTrue(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** Can there be an observation like the one that broke the rule, and it breaks nothing? */
function next(question: Question, state: readonly unknown[]): Answer {
  const { machine, broken, maxStates } = question;
  const { by } = broken;
  // What breaks a rule is left out before observations are looked at.
  const isKept = (observation: Observation) => by !== undefined && isLike(observation, by);
  const watch = { goals: [{ transitions: [isKept], states: [] }] };
  const { exploration, walk } = exploreFrom(machine, state, violates(question), watch, maxStates);
  const [found] = exploration.breaks;
  if (found !== undefined) return { avoids: true, passing: walk(found.path) };
  return exploration.end.kind === "complete" ? { avoids: false } : undefined;
}

/** Can it go on for ever, or come to an end? */
function ever(question: Question, state: readonly unknown[]): Answer {
  const { machine, maxStates } = question;
  const left = gone(machine);
  const watch = { cycles: [{ waits: (read: (component: number) => unknown) => read(left) === false }] };
  const { exploration, walk } = exploreFrom(machine, state, violates(question), watch, maxStates);
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
