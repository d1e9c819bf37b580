/**
 * A trace as Chrome trace events: for the Perfetto UI, chrome://tracing and Speedscope.
 *
 * Source of the format: "Trace Event Format" of the Chromium project, the JSON object form. Three groups of tracks:
 *
 *   CPUs       one track per CPU: the kernel functions it is in as nested spans (B, E), its accesses as instants (i)
 *   hardware   one track per process that is not a CPU (pmu0, irq0, taskset ...): what it does, as instants
 *   signals    one track per signal: how long it has each value (X)
 *
 * A step is a millisecond, whatever really passes; what happens within a step is spread over it in order. Spans are
 * those of spans.ts: a task that is switched out leaves its functions and resumes them. A loop is shown once, between
 * two instants that cross all tracks, and named in otherData.
 */
import type { TraceDocument, TraceStep } from "../../trace/document.js";
import { driverText } from "../subject.js";
import { ending, titleOf } from "../trace/text.js";
import { Truth } from "../trace/truth.js";
import { jsonWithList } from "./json.js";
import { signalLines, type SignalLine } from "./signals.js";
import { spansOf, type Close, type Open, type SpanEvent } from "./spans.js";

const STEP_US = 1000;
const GROUPS = { CPUs: 1, hardware: 2, signals: 3 } as const;

/** One object of traceEvents; `ts` and `dur` in microseconds. */
interface ChromeEvent {
  readonly name: string;
  readonly ph: "B" | "E" | "i" | "X" | "M";
  readonly ts: number;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  /** Of an instant: thread or global. */
  readonly s?: "t" | "g";
  readonly args?: Readonly<Record<string, unknown>>;
}

export function chrome(trace: TraceDocument): string {
  const { scenario, property, rule, hash, loop } = trace;
  const driver = driverText(trace);
  const devices = [...new Set(trace.steps.map(({ process }) => process))].filter((name) => !isCpu(name));
  const lines = signalLines(trace);
  const head = {
    displayTimeUnit: "ms",
    otherData: { tool: "pmucheck", verdict: titleOf(trace), scenario, driver, property, rule, hash, loop },
  };
  const events = [...names(trace, devices, lines), ...activity(trace, devices), ...waves(trace, lines)];
  return jsonWithList(head, "traceEvents", events);
}

function names(
  { cpus }: TraceDocument,
  devices: readonly string[],
  lines: readonly SignalLine[],
): ChromeEvent[] {
  const meta = (name: string, pid: number, tid: number, label: string): ChromeEvent => ({
    name,
    ph: "M",
    ts: 0,
    pid,
    tid,
    args: { name: label },
  });
  const tracks = {
    CPUs: Array.from({ length: cpus }, (_, cpu) => `CPU${cpu}`),
    hardware: devices,
    signals: lines.map(({ name, cpu }) => (cpu === null ? name : `${name} of CPU${cpu}`)),
  };
  return (["CPUs", "hardware", "signals"] as const).flatMap((group) => [
    meta("process_name", GROUPS[group], 0, group),
    ...tracks[group].map((label, i) => meta("thread_name", GROUPS[group], i + 1, label)),
  ]);
}

function activity(trace: TraceDocument, devices: readonly string[]): ChromeEvent[] {
  const spans = spansOf(trace);
  const truth = new Truth();
  const end = timeOf(trace.steps.length + 1);
  const events: ChromeEvent[] = spans.before.map((event) => span(event, 0));
  trace.steps.forEach((step, i) => {
    const time = timeOf(i + 1);
    if (i === trace.loop) events.push(everywhere("from here on for ever", time));
    const happening = (spans.steps[i] ?? []).filter((event) => !("local" in event && event.local));
    const happened = truth.take(step);
    const slot = Math.floor(STEP_US / (happening.length + happened.length + 1));
    happening.forEach((event, at) => {
      events.push(eventOf(step, i + 1, event, time + at * slot, devices));
    });
    happened.forEach(({ text, wrong }, at) => {
      events.push(everywhere(wrong ? `*** ${text} ***` : text, time + (happening.length + at) * slot));
    });
  });
  const last = trace.loop === null ? [] : [everywhere(`and again from step ${trace.loop + 1}`, end)];
  events.push(everywhere(ending(trace), end), ...last, ...spans.after.map((event) => span(event, end)));
  return withEqualEnds(events);
}

function eventOf(
  step: TraceStep,
  number: number,
  event: SpanEvent,
  ts: number,
  devices: readonly string[],
): ChromeEvent {
  if (event.kind === "open" || event.kind === "close") return span(event, ts);
  const track = isCpu(step.process)
    ? { pid: GROUPS.CPUs, tid: (step.cpu ?? 0) + 1 }
    : { pid: GROUPS.hardware, tid: devices.indexOf(step.process) + 1 };
  const { level, choice } = step;
  return { name: event.text, ph: "i", ts, ...track, s: "t", args: { step: number, level, choice } };
}

function span(event: Open | Close, ts: number): ChromeEvent {
  const where = { name: event.function, ts, pid: GROUPS.CPUs, tid: event.cpu + 1 };
  if (event.kind === "open") {
    const args = event.arguments.length === 0 ? {} : { arguments: event.arguments.join(", ") };
    return { ...where, ph: "B", args: event.resumed ? { ...args, resumed: true } : args };
  }
  const { value, ignored, how } = event;
  const args = value === null ? {} : { returns: ignored ? `${value} (ignored)` : value };
  return { ...where, ph: "E", args: how === "returns" ? args : { ...args, how } };
}

/** Gives both ends of a span the same arguments, those of either: Speedscope matches ends by them. */
function withEqualEnds(events: readonly ChromeEvent[]): ChromeEvent[] {
  const made = [...events];
  const open = new Map<number, number[]>();
  events.forEach((event, at) => {
    const stack = open.get(event.tid) ?? [];
    if (event.ph === "B") open.set(event.tid, [...stack, at]);
    if (event.ph !== "E") return;
    open.set(event.tid, stack.slice(0, -1));
    const begin = stack.at(-1);
    const other = begin === undefined ? undefined : events[begin];
    if (begin === undefined || other === undefined) return;
    const args = { ...other.args, ...event.args };
    made[begin] = { ...other, args };
    made[at] = { ...event, args };
  });
  return made;
}

function everywhere(name: string, ts: number): ChromeEvent {
  return { name, ph: "i", ts, pid: GROUPS.CPUs, tid: 1, s: "g" };
}

/** Each signal as a row of values, from one change to the next. */
function waves({ steps }: TraceDocument, lines: readonly SignalLine[]): ChromeEvent[] {
  return lines.flatMap(({ values }, at) => {
    const starts = values.flatMap((value, i) => (i === 0 || value !== values[i - 1] ? [i] : []));
    return starts.map((start, i): ChromeEvent => {
      const [from, to] = [startOf(start), startOf(starts[i + 1] ?? steps.length + 1)];
      return {
        name: values[start] ?? "",
        ph: "X",
        ts: from,
        dur: to - from,
        pid: GROUPS.signals,
        tid: at + 1,
      };
    });
  });
}

/** When the value after a step begins: the start of the step that makes it. */
function startOf(state: number): number {
  return state === 0 ? 0 : timeOf(state);
}

function timeOf(step: number): number {
  return step * STEP_US;
}

function isCpu(process: string): boolean {
  return /^cpu\d+$/.test(process);
}
