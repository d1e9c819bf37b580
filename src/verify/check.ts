/**
 * Checking: scenario x driver x configuration x properties -> a verdict document per property.
 */
import { explore, type EngineName, type Exploration, type Lasso, type Progress } from "../engine/explore.js";
import { Machine } from "../runtime/machine.js";
import { PmucheckError } from "../spec/errors.js";
import type { Property, Witness } from "../spec/property.js";
import type { CheckDocument, TraceDocument, Verdict } from "../trace/document.js";
import { traceOfLasso, traceOfPath } from "./counterexample.js";
import { preambleOf } from "./preamble.js";
import { provenReduced, REDUCTIONS } from "./reduced.js";
import { systemOf, type Target } from "./target.js";
import { cyclesOf, expectedWitnesses, goalOf } from "./watch.js";

/** How it is checked. */
export interface CheckOptions {
  /** Every witness a scenario may ask for. */
  readonly witnesses: readonly Witness[];
  readonly maxStates: number;
  /** Of the states and tables of the search; 4 GiB if not said, and at most. */
  readonly maxBytes?: number | undefined;
  /** The inner loops, which change no result; WebAssembly where there is one if not said. */
  readonly engine?: EngineName | undefined;
  /** Prove what holds on fewer states (docs/reductions.md); what is violated is searched for without, as ever. */
  readonly reduction?: boolean | undefined;
  readonly onProgress?: (progress: Progress) => void;
}

export type CheckRequest = Target & CheckOptions;

/** Checks one property. Never throws for what a model does: a faulty model is a verdict of its own. */
export function check({ property, ...request }: CheckRequest): CheckDocument {
  const [document] = checkAll({ ...request, properties: [property] });
  if (document === undefined) throw new Error("a check without a verdict");
  return document;
}

/** Checks several properties in one exploration of the state space; a verdict for each, in their order. */
export function checkAll(
  request: Omit<Target, "property"> & CheckOptions & { readonly properties: readonly Property[] },
): CheckDocument[] {
  const { properties, ...rest } = request;
  const started = process.hrtime.bigint();
  const found = findings({ ...rest, properties });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  return properties.map((property, at) => documentOf({ ...rest, property }, found, at, seconds));
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
}

function findings(request: Parameters<typeof checkAll>[0]): Findings {
  const { scenario, configuration, properties } = request;
  const expected = expectedWitnesses(scenario, configuration, request.witnesses);
  try {
    const machine = new Machine(systemOf(request));
    const cycles = properties.map((property) =>
      property.kind === "eventually" ? cyclesOf(machine, property) : [],
    );
    const watch = {
      goals: properties.map((property) => goalOf(machine, property)),
      cycles: cycles.flat(),
      witnesses: expected.map(({ reachedBy }) => reachedBy),
    };
    const reduced = request.reduction === true ? provenReduced(machine, watch, request) : undefined;
    const exploration = reduced ?? explore(machine, watch, request);
    const reductions = reduced === undefined ? [] : REDUCTIONS;
    const lassos = cycles.map((goals) =>
      goals.map((goal) => exploration.lassos[watch.cycles.indexOf(goal)]).find((one) => one !== undefined),
    );
    const witnesses = Object.fromEntries(
      expected.map(({ name }, i) => [name, exploration.witnesses[i] === true]),
    );
    return { explored: { machine, exploration, lassos, reductions }, fault: null, witnesses };
  } catch (error) {
    // PMC1xx is the user's request, which the caller reports; PMC2xx is the model's fault, which is a verdict.
    if (!(error instanceof PmucheckError) || error.code.startsWith("PMC1")) throw error;
    return { explored: undefined, fault: `${error.code}: ${error.message}`, witnesses: {} };
  }
}

function documentOf(target: Target, found: Findings, at: number, seconds: number): CheckDocument {
  const { exploration } = found.explored ?? {};
  const { verdict, reason, trace } = judge(target, found, at);
  return {
    ...preambleOf(target),
    verdict,
    reason,
    complete: exploration?.end.kind === "complete",
    states: exploration?.states ?? 0,
    transitions: exploration?.transitions ?? 0,
    depth: trace?.steps.length ?? exploration?.depth ?? 0,
    seconds,
    peakRssBytes: process.resourceUsage().maxRSS * 1024,
    bytesPerState: (exploration?.bytes ?? 0) / Math.max(1, exploration?.states ?? 0),
    witnesses: found.witnesses,
    neverMoved: exploration?.idle ?? [],
    ...((found.explored?.reductions ?? []).length > 0 ? { reductions: REDUCTIONS } : {}),
    ...(trace === undefined ? {} : { trace }),
  };
}

interface Judgement {
  readonly verdict: Verdict;
  readonly reason: string | null;
  readonly trace?: TraceDocument;
}

function judge(target: Target, { explored, fault, witnesses }: Findings, at: number): Judgement {
  if (explored === undefined) return { verdict: "error", reason: fault };
  const { machine, exploration, lassos } = explored;
  const { property } = target;
  const broken = exploration.breaks[at];
  if (broken !== undefined) {
    return { verdict: "violated", reason: null, trace: traceOfPath(target, machine, broken.path) };
  }
  const lasso = lassos[at];
  if (lasso !== undefined && property.kind === "eventually") {
    return {
      verdict: "violated",
      reason: null,
      trace: traceOfLasso({ ...target, property }, machine, lasso),
    };
  }
  const { end } = exploration;
  switch (end.kind) {
    case "stuck":
      return {
        verdict: "violated",
        reason: "nothing can happen any more",
        trace: traceOfPath(target, machine, end.path),
      };
    case "bound":
      return { verdict: "inconclusive", reason: end.bound };
    case "complete": {
      const missing = Object.keys(witnesses).filter((name) => witnesses[name] !== true);
      if (missing.length === 0) return { verdict: "holds", reason: null };
      return { verdict: "vacuous", reason: `never reached: ${missing.join(", ")}` };
    }
    case "decided":
      throw new Error("the search ended as if every property were broken");
  }
}
