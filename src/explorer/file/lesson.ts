/**
 * Lessons: entries of a page without a trace, in which the reader looks for one. What the best score is, the checker has
 * found out; hints say step by step what its explanation of the cheapest trace says.
 */
import { check } from "../../check/verdict/check.js";
import type { CheckOptions } from "../../check/request.js";
import { systemOf, type Target } from "../../check/target.js";
import { explain } from "../../explain/explain.js";
import { modeOf } from "../../report/subject.js";
import { Machine } from "../../runtime/machine.js";
import { PmucheckError } from "../../spec/errors.js";
import { costOf } from "../../trace/cost.js";
import { TRACE_FORMAT, type CheckDocument, type TraceDocument } from "../../trace/document.js";
import type { ExplainedStep, Explanation } from "../../trace/explanation.js";
import { initialSignals } from "../../trace/record.js";
import { factsOf } from "../play/facts.js";
import type { Lesson, PageEntry } from "../play/page-document.js";
import type { Models } from "../own/models.js";
import { whyNotPlayed } from "./played.js";
import { LOSSES } from "./remedy.js";
import { linesMet } from "./sources.js";
import { textOf } from "../play/alignment.js";

/** Walks at random that look for the lines of the steps that a reader may take. */
const WALKS = 4;

/** A lesson, or why there is none. */
export type Made = { readonly entry: PageEntry } | { readonly why: string };

/** `models`: of the page. Throws PMC107 for a system that there cannot be. */
export function lessonOf(
  target: Target,
  options: Pick<CheckOptions, "witnesses" | "maxStates">,
  models: Models,
): Made {
  const checked = check({ ...target, ...options });
  if (checked.verdict !== "violated" && checked.verdict !== "holds") {
    return { why: `${checked.verdict}${checked.reason === null ? "" : `, ${checked.reason}`}` };
  }
  const { trace } = checked;
  if (trace !== undefined && trace.loop !== null) return { why: "what breaks it goes on for ever" };
  if (
    checked.verdict === "violated" &&
    (checked.shortest?.by !== "cost" || checked.shortest.reason !== null)
  ) {
    return {
      why: `nobody knows the best score${checked.shortest?.reason === undefined ? "" : `: ${checked.shortest.reason}`}`,
    };
  }
  const machine = new Machine(systemOf(target));
  const start = emptyTrace(target, checked, machine);
  const lesson = lessonIn(target, checked, options.maxStates);
  return {
    entry: {
      sentence: target.property.sentence,
      trace: start,
      facts: factsOf(machine, [machine.initialState], []),
      decided: null,
      cannotPlay: whyNotPlayed(models, start, [machine.initialState], []),
      replay: `pmucheck check ${target.scenario.name}`,
      lines: linesMet(target, machine, WALKS),
      lesson,
    },
  };
}

function emptyTrace({ scenario }: Target, checked: CheckDocument, machine: Machine): TraceDocument {
  const { driver, fix, property, config, hash } = checked;
  return {
    format: TRACE_FORMAT,
    scenario: scenario.name,
    driver,
    ...(fix === undefined ? {} : { fix }),
    property,
    config,
    hash,
    rule: "none",
    cpus: machine.system.processors.length,
    start: scenario.start,
    initial: initialSignals(machine),
    steps: [],
    cost: { interrupts: 0, switches: 0, migrations: 0 },
    loop: null,
    epilogue: null,
  };
}

function lessonIn(target: Target, { trace, states, config }: CheckDocument, maxStates: number): Lesson {
  const [mode] = modeOf({ config });
  const { fix } = target.driver;
  const isPseudoNmi = mode === "nmi";
  const { name } = target.property;
  const title = [
    LOSSES.includes(name) ? "Lose the overflow yourself" : `Break ${name} yourself`,
    ...(isPseudoNmi ? ["with a pseudo-NMI"] : []),
    ...(fix === undefined ? [] : [`although there is a fix: ${fix.name}`]),
    ...((target.scenario.own?.drivers.length ?? 0) > 1 ? [`in ${target.driver.name}`] : []),
  ].join(", ");
  const task = [
    `Make an execution that breaks this: ${target.property.sentence}`,
    `You are the hardware and the scheduler. You choose when the counter counts, when an interrupt is taken and which task ` +
      `runs next; the kernel does what ${target.driver.name} does. Under “What can happen next”, take a step; “Let the ` +
      `CPU run” takes the kernel's own steps up to where something new can happen.`,
    ...(isPseudoNmi
      ? ["The PMU's interrupt is a pseudo-NMI here: it is taken where PSTATE.I masks an ordinary interrupt."]
      : []),
    ...(fix === undefined ? [] : [`The driver is fixed: ${fix.name}. Perhaps it cannot be broken any more.`]),
    "Each interrupt, context switch and migration costs a point. Take as few as you can.",
  ];
  if (trace === undefined) return { title, task, hints: IMPOSSIBLE, best: null, states };
  const explanation = explain({ ...requestOf(target, trace), maxStates, whyNot: [] });
  const { rule, steps, cost = { interrupts: 0, switches: 0, migrations: 0 } } = trace;
  return {
    title,
    task,
    hints: hintsOf(trace, explanation),
    best: {
      cost,
      rule,
      names: steps.map(({ process, choice }) => ({ process, choice })),
      keptBy: explanation.noReturn?.avoidedBy ?? "ever",
    },
    states,
  };
}

const IMPOSSIBLE = [
  "Do what broke it in an assignment before this one, and see what the driver does now.",
  "Take “where to?”: does any step lead to a place from which the rule can still break?",
  "The checker went through every execution of this, and no one breaks it.",
];

function requestOf({ scenario, driver, property, configuration }: Target, trace: TraceDocument) {
  const { hash, rule, steps, loop } = trace;
  return { scenario, driver, property, configuration, hash, rule, steps, loop };
}

/** Each says more than the one before; the last one says every decision that costs. */
function hintsOf({ steps }: TraceDocument, { origin, erased, noReturn }: Explanation): string[] {
  const said = ({ text, function: within }: ExplainedStep) =>
    `“${text}”${within === null ? "" : ` in ${within}()`}`;
  const costly = steps.flatMap((step, at) => (step.observations.some(costOf) ? [{ step, at }] : []));
  const decisions = steps.flatMap((step, at) => (step.level === null ? [{ step, at }] : []));
  const kinds = [...new Set(decisions.map(({ step }) => `“${step.choice}” (${step.process})`))];
  const places = decisions.flatMap(({ step, at }) => {
    const before = steps[at - 1];
    if (step.choice === "count") return [];
    return [`${before === undefined ? "first" : `after “${textOf(before)}”`}: “${step.choice}”`];
  });
  return [
    ...(origin === null ? [] : [`It begins with ${said(origin)}: that is what must get lost.`]),
    `The cheapest way decides only between these: ${kinds.join(", ")}. All else is the kernel.`,
    ...(erased === null
      ? []
      : [`The hardware forgets it with ${said(erased.step)}: nothing may have been reported before.`]),
    ...(noReturn?.conclusive === true ? [`From ${said(noReturn.step)} on, nothing saves it any more.`] : []),
    `What costs, in order: ${costly.map(({ step }) => `“${textOf(step)}”`).join(", then ")}.`,
    `All decisions but the counting, in order: ${places.join("; then ")}.`,
  ];
}

/** Throws PMC107 if there is nothing to do on a page. */
export function mustHaveLessons(entries: readonly PageEntry[], left: readonly string[]): void {
  if (entries.length > 0) return;
  throw new PmucheckError("PMC107", `there is nothing to explore: ${left.join("; ")}`);
}
