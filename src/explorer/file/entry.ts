/**
 * Entries: what a page says about a trace, found out on the machine and by explorations.
 */
import { replayLine } from "../../report/trace/text.js";
import { words } from "../../report/trace/explanation-words.js";
import { Machine } from "../../runtime/machine.js";
import { explain } from "../../explain/explain.js";
import { NEVER_STUCK, subjectOf, systemOf } from "../../check/target.js";
import type { ReplayRequest } from "../../check/replay/replay.js";
import type { TraceDocument } from "../../trace/document.js";
import type { Explanation } from "../../trace/explanation.js";
import { reasonsNotTaken } from "../play/not-taken.js";
import { factsOf } from "../play/facts.js";
import type { Decided, PageEntry } from "../play/page-document.js";
import { Playback } from "../play/playback.js";
import { linesMet, sourcesOf } from "./sources.js";
import type { Models } from "../own/models.js";
import { whyNotPlayed } from "./played.js";
import { remedyFor } from "./remedy.js";

export interface EntryOptions {
  /** For each of the explorations. */
  readonly maxStates: number;
  /** How many walks at random look for lines of steps that are not in the trace. */
  readonly walks: number;
  /** Is the fix tried that pmucheck proposes? */
  readonly triesFix: boolean;
  /** Of the page. */
  readonly models: Models;
}

/** The entry of a trace that the models at hand can follow. */
export function entryOf(
  trace: TraceDocument,
  request: ReplayRequest,
  { maxStates, walks, triesFix, models }: EntryOptions,
): PageEntry {
  const { property, steps } = request;
  const machine = new Machine(systemOf(request));
  const names = steps.map(({ process = "", choice = "" }) => ({ process, choice }));
  const states = new Playback(machine).statesOf(names);
  const facts = factsOf(machine, states, names);
  const sources = sourcesOf(request, states, names);
  const decided = canBeExplained(trace) ? decidedIn(explain({ ...request, maxStates, whyNot: [] })) : null;
  const { origin = null, erased = null } = decided ?? {};
  const wait = origin === null || erased === null ? null : { origin, erased: erased.step };
  const notTaken = wait === null ? [] : reasonsNotTaken(machine, states, trace, wait);
  const remedy = triesFix && decided !== null ? remedyFor(request) : null;
  return {
    sentence: property.sentence,
    trace,
    facts: { ...facts, steps: facts.steps.map((step, at) => ({ ...step, source: sources[at] ?? null })) },
    decided: decided && { ...decided, notTaken, remedy },
    cannotPlay: whyNotPlayed(models, subjectOf(request), states, names),
    replay: replayLine(trace),
    lines: linesMet(request, machine, walks),
    lesson: null,
  };
}

/** The entry of a trace that the models at hand cannot follow: it shows the document, and nothing more. */
export function entryOfDocument(trace: TraceDocument, why: string): PageEntry {
  const nothing = { sentence: "", facts: null, decided: null, lines: [], lesson: null };
  return { ...nothing, trace, cannotPlay: why, replay: replayLine(trace) };
}

function canBeExplained({ rule, loop, steps }: TraceDocument): boolean {
  return rule !== "none" && rule !== NEVER_STUCK && loop === null && steps.length > 0;
}

function decidedIn(explanation: Explanation): Omit<Decided, "notTaken" | "remedy"> {
  const { origin, erased, noReturn, necessary, passing, breaking } = explanation;
  const stepsOf = (isNeeded: boolean) =>
    necessary.kinds.flatMap((kind) => (kind.necessary === isNeeded ? kind.steps : [])).sort((a, b) => a - b);
  const first = passing?.steps[0];
  return {
    origin: origin?.step ?? null,
    erased: erased === null ? null : { step: erased.step.step, signal: erased.signal },
    noReturn:
      noReturn === null
        ? null
        : { avoidedBy: noReturn.avoidedBy, after: noReturn.after, by: noReturn.step.step },
    breaking,
    needed: stepsOf(true),
    spare: stepsOf(false),
    isNeedComplete: necessary.complete,
    passing:
      passing === null || first === undefined
        ? null
        : {
            after: passing.commonSteps,
            instead: first.text,
            names: passing.steps.map(({ process, choice }) => ({ process, choice })),
          },
    words: words(explanation),
  };
}
