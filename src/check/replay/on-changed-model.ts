/**
 * Replaying a trace on a model that has changed since: another version of a function, of a register's rules, another
 * driver. It answers "does this fix stop this execution?", and says where the two part.
 *
 * A step is found by its label, the process and the choice it makes, because its position among the enabled ones means
 * nothing in another model. Two things are reported:
 *
 *   the first difference    a step that the model takes too, but that does something else in it
 *   the divergence          the first step that the model does not offer; the replay ends before it
 *
 * A CPU's label is only its number, so a CPU follows a trace for as long as it executes anything: what it does there is
 * told by the first difference. That a trace cannot be followed, or breaks nothing any more, says nothing about other
 * executions of the edited model: only a check does.
 */
import { systemOf } from "../target.js";
import { Machine, type EnabledStep } from "../../runtime/machine.js";
import type { TraceEvent } from "../../trace/document.js";
import { record, traceEvents } from "../../trace/record.js";
import { judge, mustHaveLoop, nameOf, type Replay, type ReplayRequest, type ReplayStep } from "./replay.js";

/** A step that is taken in both, and does something else in the model. Steps are numbered from 1. */
export interface Difference {
  readonly step: number;
  readonly trace: string;
  readonly model: string;
}

/** The first step that the model does not offer. */
export interface Divergence {
  readonly step: number;
  /** The step of the trace: its label, and what happened in it if the trace says so. */
  readonly asked: string;
  /** What the model offers in its place. */
  readonly enabled: readonly string[];
}

export interface EditedReplay extends Replay {
  readonly difference: Difference | null;
  /** Null if the trace was followed to its end, or to where it breaks the property. */
  readonly divergence: Divergence | null;
}

/** Follows a trace as far as possible, whatever its hash. Its steps must say which process takes them. */
export function replayEdited(request: ReplayRequest): EditedReplay {
  mustHaveLoop(request);
  const { property, steps } = request;
  const machine = new Machine(systemOf(request));
  const { path, difference, divergence } = follow(machine, steps);
  const recording = record(machine, property, path.length, (_, at) => path[at] ?? -1);
  const replayed = judge(divergence === null ? request : { ...request, loop: null }, machine, recording);
  const walked = replayed.trace.steps.length;
  const isBroken = replayed.unbroken === undefined;
  return {
    trace: replayed.trace,
    unbroken:
      isBroken || divergence === null ? replayed.unbroken : `step ${divergence.step} cannot be followed`,
    difference: difference === null || difference.step > walked ? null : difference,
    divergence: isBroken ? null : divergence,
  };
}

function follow(machine: Machine, steps: readonly ReplayStep[]) {
  const path: number[] = [];
  let difference: Difference | null = null;
  let state = machine.initialState;
  for (const [at, step] of steps.entries()) {
    const enabled = machine.enabledSteps(state);
    const index = indexOf(machine, state, enabled, step);
    const taken = enabled[index];
    if (taken === undefined) {
      const divergence: Divergence = {
        step: at + 1,
        asked: describe(nameOf(step.process ?? "", step.choice ?? ""), step.events ?? []),
        enabled: enabled.map((one) =>
          describe(nameOf(one.label.process, one.label.choice), traceEvents(machine, state, one)),
        ),
      };
      return { path, difference, divergence };
    }
    const events = traceEvents(machine, state, taken);
    if (difference === null && step.events !== undefined && !isSame(step.events, events)) {
      difference = { step: at + 1, trace: textOf(step.events), model: textOf(events) };
    }
    path.push(index);
    state = taken.next;
  }
  return { path, difference, divergence: null };
}

/** Of the enabled steps with the label, the one that does the same; or the one at the same place; or the first. */
function indexOf(
  machine: Machine,
  state: Machine["initialState"],
  enabled: readonly EnabledStep[],
  { process, choice, index, events }: ReplayStep,
): number {
  const candidates = enabled.flatMap(({ label }, i) =>
    label.process === process && label.choice === choice ? [i] : [],
  );
  if (candidates.length < 2) return candidates[0] ?? -1;
  const same = candidates.find((i) => {
    const one = enabled[i];
    return one !== undefined && events !== undefined && isSame(events, traceEvents(machine, state, one));
  });
  return same ?? candidates.find((i) => i === index) ?? candidates[0] ?? -1;
}

/** Do two steps do the same? Calls and returns within a step change with the code around it, accesses count. */
function isSame(a: readonly TraceEvent[], b: readonly TraceEvent[]): boolean {
  return textOf(a) === textOf(b);
}

/** What a step does that others can see. */
function textOf(events: readonly TraceEvent[]): string {
  const seen = events.flatMap((event) =>
    event.kind === "hardware" || (event.kind === "access" && !event.local) ? [event.text] : [],
  );
  return seen.join(", ") || "nothing that others can see";
}

function describe(name: string, events: readonly TraceEvent[]): string {
  const text = events.length === 0 ? "" : textOf(events);
  return text === "" || name.endsWith(text) ? name : `${name} (${text})`;
}
