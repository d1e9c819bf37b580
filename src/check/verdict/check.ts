/**
 * Checking: scenario x driver x configuration x properties -> a verdict document per property.
 */
import {
  exploring,
  type Cheapest,
  type Exploration,
  type Lasso,
  type PathStep,
} from "../../engine/explore.js";
import { finish, finishInTurns } from "../../engine/api/cooperative.js";
import type { Machine } from "../../runtime/machine.js";
import { isFault } from "../../spec/errors.js";
import { whyNothing } from "../../spec/property.js";
import { costOf } from "../../trace/cost.js";
import type { CheckDocument, ShortestDocument, TraceDocument, Verdict } from "../../trace/document.js";
import { traceOfLasso, traceOfPath } from "./counterexample.js";
import { mustBeRequest } from "../input/door.js";
import { preambleOf } from "./preamble.js";
import { provenReduced } from "./reduced.js";
import { machineOf } from "../machine.js";
import type { Target } from "../target.js";
import { cyclesOf, expectedWitnesses, goalOf, occasionsOf } from "./watch.js";
import { mustBeUsable, type CheckRequest, type ChecksRequest } from "../request.js";

/**
 * Checks one property. Never throws for what a model does: a faulty model is a verdict of its own.
 * Throws PMC105, PMC106 or PMC109 for a request with a field that is not what it should be, PMC107 for a system that there
 * cannot be.
 */
export function check(request: CheckRequest): CheckDocument {
  return onlyOne(checkAll(severalOf(request)));
}

/** The same in turns with whatever else the process has to do; so `stop` can hear of signals. */
export async function checkInTurns(request: CheckRequest): Promise<CheckDocument> {
  return onlyOne(await finishInTurns(checking(severalOf(request))));
}

/** Checks several properties in one exploration of the state space; a verdict for each, in their order. */
export function checkAll(request: ChecksRequest): CheckDocument[] {
  return finish(checking(request));
}

/** The verdicts of checks that came to no end, for a reason that is none of the search's. */
export function checksWithout(
  { properties, ...rest }: ChecksRequest,
  verdict: "error" | "inconclusive",
  reason: string,
): CheckDocument[] {
  const nothing: Findings = { explored: undefined, fault: reason, witnesses: {}, nothing: [], missed: [] };
  return properties.map((property, at) => ({
    ...documentOf({ ...rest, property }, nothing, at, 0),
    verdict,
  }));
}

function severalOf({ property, ...request }: CheckRequest): ChecksRequest {
  return { ...request, properties: [property] };
}

function onlyOne([document]: readonly CheckDocument[]): CheckDocument {
  if (document === undefined) throw new Error("a check without a verdict");
  return document;
}

function* checking(request: ChecksRequest): Generator<undefined, CheckDocument[]> {
  mustBeUsable(request);
  mustBeRequest(request);
  const { properties, ...rest } = request;
  const started = process.hrtime.bigint();
  const found = yield* findings({ ...rest, properties });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const isWanted = (at: number): boolean => rest.relevantOnly !== true || found.nothing[at] === undefined;
  return properties.flatMap((property, at) =>
    isWanted(at) ? [documentOf({ ...rest, property }, found, at, seconds)] : [],
  );
}

/** What an exploration found, for all properties together. */
interface Findings {
  /** Undefined if the model is faulty. */
  readonly explored:
    | {
        readonly machine: Machine;
        readonly exploration: Exploration;
        /** For each property a fair cycle that breaks it. */
        readonly lassos: readonly (Lasso | undefined)[];
        /** The reductions that were in force. */
        readonly reductions: readonly string[];
      }
    | undefined;
  readonly fault: string | null;
  readonly witnesses: Readonly<Record<string, boolean>>;
  /** For each property, why it says nothing of the system; undefined if it says something. */
  readonly nothing: readonly (string | undefined)[];
  /** For each property, what it is about and never happened. */
  readonly missed: readonly (string | undefined)[];
}

function* findings(request: ChecksRequest): Generator<undefined, Findings> {
  const { scenario, configuration, properties } = request;
  const expected = expectedWitnesses(scenario, configuration, request.witnesses);
  try {
    const machine = machineOf(request);
    const initial = machine.viewOf(machine.initialState);
    const nothing = properties.map((property) => whyNothing(property, initial));
    if (nothing.every((reason) => reason !== undefined)) {
      return { explored: undefined, fault: null, witnesses: {}, nothing, missed: [] };
    }
    const cycles = properties.map((property) =>
      property.kind === "eventually" ? cyclesOf(machine, property) : [],
    );
    const occasions = occasionsOf(properties);
    const watch = {
      goals: properties.map((property) => goalOf(machine, property)),
      cycles: cycles.flat(),
      witnesses: [...expected, ...occasions].map(({ reachedBy }) => reachedBy),
    };
    const { reduction } = request;
    const reduced = reduction === undefined ? undefined : provenReduced(reduction, machine, watch, request);
    const cost = request.shortest === "steps" ? {} : { cost: costOf };
    const exploration = reduced ?? (yield* exploring(machine, { ...watch, ...cost }, request));
    const reductions = reduced === undefined || reduction === undefined ? [] : [reduction];
    const lassos = cycles.map((goals) =>
      goals.map((goal) => exploration.lassos[watch.cycles.indexOf(goal)]).find((one) => one !== undefined),
    );
    const witnesses = Object.fromEntries(
      expected.map(({ name }, i) => [name, exploration.witnesses[i] === true]),
    );
    const missed = properties.map(({ occasion }) => {
      const at = occasions.findIndex(({ sentence }) => sentence === occasion?.sentence);
      return at < 0 || exploration.witnesses[expected.length + at] === true ? undefined : occasion?.sentence;
    });
    const explored = { machine, exploration, lassos, reductions };
    return { explored, fault: null, witnesses, nothing, missed };
  } catch (error) {
    return { explored: undefined, fault: faultIn(error), witnesses: {}, nothing: [], missed: [] };
  }
}

function documentOf(target: Target, found: Findings, at: number, seconds: number): CheckDocument {
  const { exploration, reductions = [] } = found.explored ?? {};
  const { verdict, reason, trace, depth, shortest } = judged(target, found, at);
  return {
    ...preambleOf(target),
    verdict,
    reason,
    complete: exploration?.end.kind === "complete",
    states: exploration?.states ?? 0,
    transitions: exploration?.transitions ?? 0,
    depth: depth ?? exploration?.depth ?? 0,
    seconds,
    peakRssBytes: process.resourceUsage().maxRSS * 1024,
    bytesPerState: (exploration?.bytes ?? 0) / Math.max(1, exploration?.states ?? 0),
    witnesses: found.witnesses,
    neverMoved: exploration?.idle ?? [],
    ...(exploration === undefined ? {} : { audit: exploration.audit }),
    ...(reductions.length > 0 ? { reductions } : {}),
    ...(trace === undefined ? {} : { trace }),
    ...(shortest === undefined ? {} : { shortest }),
  };
}

interface Judgement {
  readonly verdict: Verdict;
  readonly reason: string | null;
  readonly trace?: TraceDocument;
  /** Steps to the nearest violation. */
  readonly depth?: number;
  readonly shortest?: ShortestDocument;
}

/** A path that breaks the property, and a cheaper one if there is a search for cheapest ones and it found that. */
interface Found {
  readonly nearest: readonly PathStep[];
  readonly cheapest: readonly PathStep[] | undefined;
  readonly search: Cheapest | undefined;
}

/** Making a trace asks the model once more, and its signals for the first time: it may be faulty only now. */
function judged(target: Target, found: Findings, at: number): Judgement {
  try {
    return judge(target, found, at);
  } catch (error) {
    return { verdict: "error", reason: faultIn(error) };
  }
}

/** The reason of the verdict `error`. Throws what is no fault of a model again: the caller reports it. */
export function faultIn(error: unknown): string {
  if (!isFault(error)) throw error;
  return `${error.code}: ${error.message}`;
}

function judge(target: Target, found: Findings, at: number): Judgement {
  const { explored, fault, witnesses } = found;
  const nothing = found.nothing[at];
  if (nothing !== undefined) {
    return { verdict: "vacuous", reason: `${target.property.name} says nothing here: ${nothing}` };
  }
  if (explored === undefined) return { verdict: "error", reason: fault };
  const { machine, exploration, lassos } = explored;
  const { property } = target;
  const broken = exploration.breaks[at];
  const { cheapest: search } = exploration;
  if (broken !== undefined) {
    const paths = { nearest: broken.path, cheapest: search?.breaks[at]?.path, search };
    return { verdict: "violated", reason: null, ...shortestOf(target, machine, paths) };
  }
  const lasso = lassos[at];
  if (lasso !== undefined && property.kind === "eventually") {
    return {
      verdict: "violated",
      reason: null,
      trace: traceOfLasso({ ...target, property }, machine, lasso),
      depth: lasso.path.length + lasso.cycle.length,
      shortest: { by: "steps", reason: search === undefined ? null : "it ends in a loop" },
    };
  }
  const { end } = exploration;
  switch (end.kind) {
    case "stuck":
      return {
        verdict: "violated",
        reason: "nothing can happen any more",
        ...shortestOf(target, machine, { nearest: end.path, cheapest: search?.stuck, search }),
      };
    case "bound":
      return { verdict: "inconclusive", reason: end.bound };
    case "complete": {
      const missing = Object.keys(witnesses).filter((name) => witnesses[name] !== true);
      if (missing.length > 0) return { verdict: "vacuous", reason: `never reached: ${missing.join(", ")}` };
      const missed = found.missed[at];
      if (missed === undefined) return { verdict: "holds", reason: null };
      return { verdict: "vacuous", reason: `never in this system: ${missed}` };
    }
    case "decided":
      throw new Error("the search ended as if every property were broken");
  }
}

/** The trace of a path, and by what it is shortest. */
function shortestOf(target: Target, machine: Machine, { nearest, cheapest, search }: Found) {
  const shortest: ShortestDocument =
    cheapest === undefined ? { by: "steps", reason: search?.bound ?? null } : { by: "cost", reason: null };
  return { trace: traceOfPath(target, machine, cheapest ?? nearest), depth: nearest.length, shortest };
}
