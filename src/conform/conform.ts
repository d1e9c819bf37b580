/**
 * Conformance: could a kernel that does what the models do have written this log?
 */
import type { Machine } from "../runtime/machine.js";
import type { SafetyProperty } from "../spec/property.js";
import { StateGraph, type GraphState } from "../trace/state-graph.js";
import { Frontier, pathTo, type Place } from "./frontier.js";
import type { Log, LogEntry } from "./log.js";
import { observableIn, seenBy, seenIn, type Seen } from "./observable.js";

export interface ConformRequest {
  readonly machine: Machine;
  readonly log: Log;
  /** The scenario's tasks that have an event, and the process ids in the log that stand for them, in one order. */
  readonly tasks: readonly string[];
  readonly pids: readonly number[];
  /** `F@CALLER`: in this caller the kernel's build inlines F; besides what the log says. */
  readonly inlined: readonly string[];
  /** Places that are kept at once, at most. */
  readonly maxPlaces: number;
}

/**
 * accepted: some execution shows the log. refused: none does, at `refusal`. vacuous: it would be accepted, but the driver
 * does nothing in it. inconclusive: more places than are allowed.
 */
export type Conformance = "accepted" | "refused" | "vacuous" | "inconclusive";

export interface ConformDocument {
  readonly format: "pmucheck-conform/1";
  readonly verdict: Conformance;
  readonly entries: number;
  /** Entries that were compared and found. */
  readonly matched: number;
  /** Entries that nothing was compared with. */
  readonly leftOut: number;
  readonly switches: number;
  /** Times that armpmu_event_set_period found a completed period, and of these without a report right after it. */
  readonly completed: number;
  readonly unreported: number;
  /** What could be compared, so that a reader sees what the verdict rests on. */
  readonly functions: readonly string[];
  readonly returns: readonly string[];
  /** States of the model that were visited. */
  readonly states: number;
  readonly refusal: Refusal | null;
}

export interface Refusal {
  readonly line: number;
  readonly entry: string;
  /** The last entries that were found, the nearest last. */
  readonly before: readonly string[];
  /** What an execution could have shown instead. */
  readonly offers: readonly string[];
  /** An execution that shows all the entries before it, as the process and the choice of each step. */
  readonly path: readonly { readonly process: string; readonly choice: string }[];
  /** What that execution is in the middle of, on the CPU of the entry: functions, innermost last. */
  readonly within: readonly string[];
}

/** Entries of context that a refusal shows. */
const CONTEXT = 5;

const SWITCH = /^switch /;
const COMPLETED = "< armpmu_event_set_period = 1";
const REPORT = "perf_event_overflow";
const DRIVER = /^[<>] armv?8?pmu_/;

/** The graph looks for broken rules; here none is looked for. */
const NOTHING: SafetyProperty = {
  kind: "always",
  name: "none",
  sentence: "Nothing is asked.",
  reference: "none",
  rules: [],
};

export function conform({ machine, log, tasks, pids, inlined, maxPlaces }: ConformRequest): ConformDocument {
  const graph = new StateGraph(machine, NOTHING);
  const cpus = machine.system.processors.length;
  const observable = observableIn(log, machine.system.functions, tasks, pids, cpus, [
    ...(log.inlined ?? []),
    ...inlined,
  ]);
  const frontier = new Frontier(graph, (from, { label }) =>
    seenBy({ ...label, stack: stackIn(machine, from, label.cpu) }, observable),
  );
  const found: { readonly entry: LogEntry; readonly seen: Seen }[] = [];
  const document = (verdict: Conformance, refusal: Refusal | null = null): ConformDocument => ({
    format: "pmucheck-conform/1",
    verdict,
    entries: log.entries.length,
    matched: found.length,
    leftOut: log.entries.filter((entry) => seenIn(entry, observable) === undefined).length,
    switches: found.filter(({ seen }) => SWITCH.test(seen.text)).length,
    ...completions(
      found.map(({ seen }) => seen),
      observable.functions.has(REPORT),
    ),
    functions: [...observable.functions].sort(),
    returns: [...observable.returns].sort(),
    states: graph.size,
    refusal,
  });
  for (const entry of log.entries) {
    const seen = seenIn(entry, observable);
    if (seen === undefined) continue;
    if (!frontier.advance(seen)) return document("refused", refusalAt(entry, found, frontier, machine));
    found.push({ entry, seen });
    if (frontier.places.length > maxPlaces) return document("inconclusive");
  }
  return document(found.some(({ seen }) => DRIVER.test(seen.text)) ? "accepted" : "vacuous");
}

/** Where reports cannot be seen, none is missed. */
function completions(
  found: readonly Seen[],
  reportsSeen: boolean,
): Pick<ConformDocument, "completed" | "unreported"> {
  const at = found.flatMap(({ text }, i) => (text === COMPLETED ? [i] : []));
  const unreported = at.filter((i) => {
    const next = found.slice(i + 1).find(({ cpu }) => cpu === found[i]?.cpu);
    return reportsSeen && next !== undefined && next.text !== `> ${REPORT}`;
  });
  return { completed: at.length, unreported: unreported.length };
}

function refusalAt(
  entry: LogEntry,
  found: readonly { readonly entry: LogEntry }[],
  frontier: Frontier,
  machine: Machine,
): Refusal {
  const nearest = furthest(frontier.places, entry.cpu);
  return {
    line: entry.line,
    entry: entry.text,
    before: found.slice(-CONTEXT).map((one) => `${one.entry.line}: ${one.entry.text}`),
    offers: frontier.offers().map(({ cpu, text }) => `CPU${cpu} ${text}`),
    path:
      nearest === undefined
        ? []
        : pathTo(nearest).map(({ label: { process, choice } }) => ({ process, choice })),
    within: nearest === undefined ? [] : stackOf(nearest, entry.cpu, machine),
  };
}

/** A place from which the entry's CPU would show something else next; the first, by the fewest steps. */
function furthest(places: readonly Place[], cpu: number): Place | undefined {
  return places.find(({ toShow }) => toShow.some((one) => one.cpu === cpu)) ?? places[0];
}

/** The functions that the CPU was in before it took the last step, which shows what it should not. */
function stackOf({ state, from }: Place, cpu: number, machine: Machine): readonly string[] {
  return stackIn(machine, from?.place.state ?? state, cpu);
}

function stackIn(machine: Machine, { values }: GraphState, cpu: number | undefined): readonly string[] {
  const processor = machine.system.processors.find((one) => one.cpu === cpu);
  if (processor === undefined) return [];
  const view = machine.view((component) => values[component]);
  return view.read(processor.execution).stack.map((one) => one.function);
}
