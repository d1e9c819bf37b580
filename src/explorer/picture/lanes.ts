/**
 * Lanes: for each CPU and level (task, IRQ, NMI), the kernel functions that it is in, step by step.
 *
 * A step stands in its lane with the functions on the stack when it makes its access. A function that makes no access is
 * nowhere in the picture. While a CPU handles an interrupt, what it interrupted stays in the lane below, as suspended.
 */
import type { Level } from "../../spec/system.js";
import type { TraceDocument, TraceStep } from "../../trace/document.js";
import { shownArguments, spansOf, type Open, type SpanEvent } from "../../report/formats/spans.js";

/** A function in a lane. Steps are numbered from 1. */
export interface Span {
  readonly function: string;
  readonly arguments: readonly string[];
  readonly from: number;
  readonly to: number;
  /** 0 for the outermost function of the lane. */
  readonly depth: number;
}

/** A shared access, or what the hardware or the world did: one step. */
export interface Tick {
  readonly step: number;
  readonly text: string;
  readonly kind: "read" | "write" | "barrier" | "memory" | "world";
  /** The function that makes the access; null for what is no kernel code. */
  readonly within: string | null;
}

export interface Lane {
  readonly cpu: number;
  readonly level: Level;
  readonly spans: readonly Span[];
  /** The functions that a reader would name, side by side. */
  readonly outline: readonly Span[];
  /** The innermost function of each step, equal neighbours joined; one row below. */
  readonly innermost: readonly Span[];
  readonly ticks: readonly Tick[];
  /** Where the lane waits for an interrupt that is handled above it: first and last step. */
  readonly suspended: readonly (readonly [from: number, to: number])[];
}

interface Frame {
  readonly function: string;
  readonly arguments: readonly string[];
  /** An interrupt put it on the stack. */
  readonly isEntry: boolean;
}

/** What a CPU is in at a step. */
interface Moment {
  readonly level: Level;
  readonly frames: readonly Frame[];
  /** The frames below the interrupt that is handled. */
  readonly below: readonly Frame[];
  readonly tick: Tick | undefined;
}

const LEVELS: readonly Level[] = ["task", "irq", "nmi"];

/** The lanes that anything happens in, by CPU, urgent levels last. */
export function lanesOf(trace: TraceDocument): Lane[] {
  const moments = momentsOf(trace);
  return moments.flatMap((of, cpu) =>
    LEVELS.filter((level) => level === "task" || of.some((moment) => moment.level === level)).map((level) =>
      laneOf(cpu, level, of),
    ),
  );
}

function laneOf(cpu: number, level: Level, moments: readonly Moment[]): Lane {
  const inLane = moments.map((moment) => framesIn(moment, level));
  const spans: Span[] = [];
  const open: { frame: Frame; from: number }[] = [];
  const closeTo = (depth: number, to: number) => {
    for (let at = open.length - 1; at >= depth; at--) {
      const { frame, from } = open[at] as (typeof open)[number];
      spans.push({ function: frame.function, arguments: shownArguments(frame), from, to, depth: at });
    }
    open.splice(depth);
  };
  inLane.forEach((frames, i) => {
    let common = 0;
    while (common < open.length && open[common]?.frame === frames[common]) common++;
    closeTo(common, i);
    for (const frame of frames.slice(common)) open.push({ frame, from: i + 1 });
  });
  closeTo(0, moments.length);
  return {
    cpu,
    level,
    spans: spans.sort((a, b) => a.depth - b.depth || a.from - b.from),
    outline: spans.filter(({ depth }) => depth === 0).flatMap((span) => outlineOf(span, spans)),
    innermost: innermostOf(moments, level),
    ticks: moments.flatMap(({ level: of, tick }) => (of === level && tick !== undefined ? [tick] : [])),
    suspended: level === "task" ? suspensions(moments) : [],
  };
}

function framesIn({ level: at, frames, below }: Moment, level: Level): readonly Frame[] {
  if (at === level) return frames;
  return level === "task" ? below : [];
}

function innermostOf(moments: readonly Moment[], level: Level): Span[] {
  const spans: { frame: Frame; from: number; to: number }[] = [];
  moments.forEach((moment, i) => {
    const frame = moment.level === level ? moment.frames.at(-1) : undefined;
    if (frame === undefined) return;
    const last = spans.at(-1);
    if (last?.frame === frame && last.to === i) last.to = i + 1;
    else spans.push({ frame, from: i + 1, to: i + 1 });
  });
  return spans.map(({ frame, from, to }) => ({
    function: frame.function,
    arguments: shownArguments(frame),
    from,
    to,
    depth: 1,
  }));
}

/** A function of fewer steps has no room for its name. */
const WORTH_NAMING = 8;

/**
 * The parts of a span that say most: while at least half of a function's steps are in called functions that are long
 * enough to be named, those are named instead of it, and it keeps the steps between them.
 */
function outlineOf(span: Span, all: readonly Span[]): Span[] {
  const called = all.filter(
    ({ depth, from, to }) =>
      depth === span.depth + 1 &&
      from >= span.from &&
      to <= span.to &&
      lengthOf({ from, to }) >= WORTH_NAMING,
  );
  const covered = called.reduce((sum, of) => sum + lengthOf(of), 0);
  if (covered * 2 < lengthOf(span)) return [{ ...span, depth: 0 }];
  const parts: Span[] = [];
  let from = span.from;
  for (const of of called) {
    if (of.from > from) parts.push({ ...span, depth: 0, from, to: of.from - 1 });
    parts.push(...outlineOf(of, all));
    from = of.to + 1;
  }
  if (from <= span.to) parts.push({ ...span, depth: 0, from });
  return parts;
}

function lengthOf({ from, to }: Pick<Span, "from" | "to">): number {
  return to - from + 1;
}

function suspensions(moments: readonly Moment[]): (readonly [number, number])[] {
  const found: [number, number][] = [];
  moments.forEach(({ level, below }, i) => {
    if (level === "task" || below.length === 0) return;
    const last = found.at(-1);
    if (last?.[1] === i) last[1] = i + 1;
    else found.push([i + 1, i + 1]);
  });
  return found;
}

/** By CPU, then by step. */
function momentsOf(trace: TraceDocument): Moment[][] {
  const spans = spansOf(trace);
  const stacks: Frame[][] = Array.from({ length: trace.cpus }, () => []);
  const moments: Moment[][] = stacks.map(() => []);
  const isEntry = (step: TraceStep | undefined) => step !== undefined && isInterrupt(step);
  const apply = (event: SpanEvent, step: TraceStep | undefined) => {
    if (event.kind === "open") stacks[event.cpu]?.push(frameOf(event, isEntry(step)));
    if (event.kind === "close") stacks[event.cpu]?.pop();
  };
  for (const event of spans.before) apply(event, undefined);
  trace.steps.forEach((step, i) => {
    const events = spans.steps[i] ?? [];
    // The access is what all others can see of a step; what follows it belongs to the next column.
    const at = events.findIndex((event) => "text" in event && !event.local);
    const split = at < 0 ? events.length : at;
    for (const event of events.slice(0, split)) apply(event, step);
    moments.forEach((of, cpu) => {
      const isOwn = step.cpu === cpu;
      const tick = isOwn ? tickOf(step, i + 1, events[split]) : undefined;
      of.push(momentOf(stacks[cpu] ?? [], levelAt(trace.steps, i, cpu), tick));
    });
    for (const event of events.slice(split)) apply(event, step);
  });
  return moments;
}

function frameOf({ function: name, arguments: args }: Open, isEntry: boolean): Frame {
  return { function: name, arguments: args, isEntry };
}

function momentOf(stack: readonly Frame[], level: Level, tick: Tick | undefined): Moment {
  const entry =
    level === "task"
      ? 0
      : Math.max(
          0,
          stack.findLastIndex(({ isEntry }) => isEntry),
        );
  return { level, frames: stack.slice(entry), below: stack.slice(0, entry), tick };
}

/**
 * The level of a CPU at a step: of the step itself, else of the CPU's last one. From where an interrupt is taken up to
 * where the kernel has taken note of it, that is the level which comes then.
 */
function levelAt(steps: readonly TraceStep[], at: number, cpu: number): Level {
  const own = steps.findLastIndex((step, i) => i <= at && step.cpu === cpu && step.level !== null);
  const taken = steps.findLastIndex((step, i) => i <= at && step.cpu === cpu && isInterrupt(step));
  const entered = taken < 0 ? undefined : enteredAfter(steps, taken, cpu);
  if (taken > own) return entered?.level ?? "irq";
  return entered !== undefined && own < entered.at ? entered.level : (steps[own]?.level ?? "task");
}

/** Is an interrupt taken in the step? Traces of an older pmucheck do not observe it, and name it alone. */
function isInterrupt({ observations, choice }: TraceStep): boolean {
  return observations.some(({ kind }) => kind === "interrupt") || choice.startsWith("<interrupt taken");
}

/** Some accesses after the entry, the kernel counts itself as in an interrupt. */
const ENTRY_STEPS = 4;

function enteredAfter(
  steps: readonly TraceStep[],
  taken: number,
  cpu: number,
): { readonly at: number; readonly level: Level } | undefined {
  return steps
    .flatMap(({ cpu: of, level }, at) => (at > taken && of === cpu && level !== null ? [{ at, level }] : []))
    .slice(0, ENTRY_STEPS)
    .find(({ level }) => level !== "task");
}

function tickOf(step: TraceStep, number: number, event: SpanEvent | undefined): Tick | undefined {
  if (event === undefined || !("text" in event)) {
    return step.choice === "" ? undefined : { step: number, text: step.choice, kind: "world", within: null };
  }
  const { text, within, kind } = event;
  return { step: number, text, within, kind: kind === "hardware" ? "world" : kindOf(text) };
}

/** A system register, by its name's spelling: `PMOVSCLR = 0x1`, `ICC_IAR1 is 0`, `PSTATE.I = 1`. */
const REGISTER = /^(?:PM[A-Z0-9]+|ICC_[A-Z0-9]+|PSTATE\.[A-Z])/;

function kindOf(text: string): Tick["kind"] {
  if (/^(?:isb|dsb|dmb)\b/i.test(text)) return "barrier";
  if (!REGISTER.test(text)) return "memory";
  return / is /.test(text) ? "read" : "write";
}
