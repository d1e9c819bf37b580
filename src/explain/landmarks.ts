/**
 * Landmarks of a trace: the steps that decide how it ends.
 *
 * `origin` and `erased` are read off the trace. Where the violation became inevitable is a question to explorations; if
 * they hit their bound, that landmark is left out.
 */
import type { TraceDocument, TraceLandmarks } from "../trace/document.js";
import { machineOf } from "../check/machine.js";
import type { Target } from "../check/target.js";
import { NEVER_STUCK } from "../check/target.js";
import { erasedAfter } from "../trace/evidence.js";
import { isLike, type Break, type Recording } from "../trace/record.js";
import { pointOfNoReturn } from "./no-return.js";
import { walked } from "./walk.js";

/** Nothing for a trace that ends in a loop, or where nothing can happen any more. `stop`: why to look no further. */
export function landmarksOf(
  target: Target,
  trace: TraceDocument,
  maxStates: number,
  stop?: () => string | undefined,
): TraceLandmarks | undefined {
  if (trace.loop !== null || trace.rule === NEVER_STUCK) return undefined;
  const { property } = target;
  const machine = machineOf(target);
  const { recording, broken, values } = walked(machine, property, trace);
  const origin = originOf(recording, broken) ?? null;
  const noReturn = pointOfNoReturn({ machine, property, broken, maxStates, stop }, values);
  const isEarlier = noReturn !== undefined && noReturn.by < trace.steps.length;
  return {
    origin,
    erased: origin === null ? null : erasedAfter(trace, origin),
    noReturn:
      noReturn?.conclusive === true && isEarlier
        ? { step: noReturn.by, avoidedBy: noReturn.avoidedBy }
        : null,
  };
}

/** The last step before the violation with an observation like the one that broke the rule, 1 for the first. */
export function originOf({ steps }: Pick<Recording, "steps">, broken: Break): number | undefined {
  const { by } = broken;
  if (by === undefined) return undefined;
  const before = steps
    .slice(0, -1)
    .findLastIndex(({ observations }) => observations.some((observation) => isLike(observation, by)));
  return before < 0 ? undefined : before + 1;
}
