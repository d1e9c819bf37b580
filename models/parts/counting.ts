/**
 * The counting of a PMU: the process by which events happen, within the bounds of skid and kernelCounts.
 *
 * An occurrence is counted between any two steps of user code. While the PMU asks for attention and has not got it, at most
 * `skid` more are counted at rest; in the kernel `kernelCounts` per stay. Without these bounds every PMU would lose
 * overflows, because a period would be over before any interrupt could be taken.
 */
import type { ReadView, View } from "../../src/spec/component.js";
import type { Process } from "../../src/spec/system.js";
import { atRest, context } from "./context.js";
import { isOutstanding, lineOf, taken, type Line } from "./lines.js";
import { kernelCounts, skid } from "./parameters.js";
import { advance, observeOccurrence, truthOf } from "./truth.js";

/** What a PMU's hardware does with events. */
export interface Counter {
  /** Does the hardware of the CPU count the event now? */
  readonly counts: (view: ReadView, cpu: number, event: string) => boolean;
  /** One occurrence: the counter moves; it may overflow, set flags, and signal an edge. */
  readonly count: (view: View, cpu: number, event: string) => void;
}

/** The PMU of a CPU, the events that happen there, and where its interrupt goes. */
export interface Counting {
  readonly cpu: number;
  readonly events: readonly string[];
  readonly counter: Counter;
  readonly pmuLine: Line;
  /** Every line of the CPU, the PMU's among them. */
  readonly lines: readonly Line[];
}

/** The process `pmu0`: each event happens by itself. */
export function counting(of: Counting): Process {
  const { cpu, events } = of;
  return {
    name: `pmu${cpu}`,
    cpu,
    alternatives: (view) =>
      mayCount(view, of)
        ? events
            .filter((event) => of.counter.counts(view, cpu, event))
            .map((event) => ({
              name: events.length === 1 ? "count" : `count ${event}`,
              perform: (step) => countOne(step, of, event),
            }))
        : [],
    whyNot: (view) => whyNoCount(view, of),
  };
}

function mayCount(view: ReadView, { cpu, lines, pmuLine }: Counting): boolean {
  if (taken(view, cpu, lines).length > 0) return false;
  if (!atRest(view, cpu)) return view.read(context(cpu)).budget > 0;
  return !isOutstanding(view, cpu, pmuLine) || view.read(lineOf(pmuLine)(cpu)).since < view.parameter(skid);
}

function whyNoCount(view: ReadView, { cpu, events, counter, lines, pmuLine }: Counting): readonly string[] {
  const [urgent] = taken(view, cpu, lines);
  if (urgent !== undefined) return [`${urgent.name} is taken first`];
  if (events.every((event) => !counter.counts(view, cpu, event))) return ["nothing is counted"];
  if (mayCount(view, { cpu, events, counter, lines, pmuLine })) return [];
  return [atRest(view, cpu) ? "the skid is used up" : "the kernel's occurrences are used up"];
}

function countOne(view: View, { cpu, counter, pmuLine }: Counting, event: string): string {
  const resting = atRest(view, cpu);
  const waited = isOutstanding(view, cpu, pmuLine);
  const before = view.read(truthOf(event));
  counter.count(view, cpu, event);
  if (!resting) {
    view.update(context(cpu), (of) => {
      of.budget -= 1;
    });
  } else {
    view.update(lineOf(pmuLine)(cpu), (of) => {
      of.since = waited ? of.since + 1 : 0;
    });
  }
  view.update(truthOf(event), (of) => {
    advance(of);
  });
  const latest = view.parameter(skid) + view.parameter(kernelCounts);
  const words = observeOccurrence(view, { event, before, latest, moved: false });
  return `${resting ? "user code" : "the kernel"} runs, ${words}`;
}
