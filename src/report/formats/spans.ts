/**
 * Spans: which kernel functions a CPU is in, in a form that nests, for the formats that draw nested calls.
 *
 * Functions are entered on the kernel stack of a task, and a context switch replaces the stack as a whole. So on a CPU
 * the spans of the task that leaves are closed (it is suspended in them), and those of the task that comes are opened
 * again (it resumes), possibly on another CPU. What a trace does not show is inferred: a function that is left without
 * having been entered was on the stack when the trace began, and a function whose caller is left before it gave way to
 * another (`become`). The result is balanced whatever the document says: each close closes the latest open span.
 */
import type { TraceDocument, TraceEvent, TraceStep } from "../../trace/document.js";

export interface Open {
  readonly kind: "open";
  readonly cpu: number;
  readonly function: string;
  readonly arguments: readonly string[];
  /** The task was in it already, and goes on. */
  readonly resumed: boolean;
}

export interface Close {
  readonly kind: "close";
  readonly cpu: number;
  readonly function: string;
  /** What it returns; null if nothing, or if it does not return here. */
  readonly value: string | null;
  readonly ignored: boolean;
  /** `returns`; or the task is switched out in it, it gave way to another function, or the trace ends in it. */
  readonly how: "returns" | "suspended" | "replaced" | "unfinished";
}

/** Without what only readers of the machine's state need: the registers that an exception saves. */
export function shownArguments({ arguments: args }: Pick<Open, "arguments">): readonly string[] {
  return args.filter((argument) => !argument.startsWith("{"));
}

/** An access or something that hardware did, and the function it was in. */
export interface Happening {
  readonly kind: "access" | "hardware";
  readonly text: string;
  readonly local: boolean;
  readonly within: string | null;
}

export type SpanEvent = Open | Close | Happening;

export interface Spans {
  /** What opens before the first step. */
  readonly before: readonly Open[];
  /** What happens in each step, in order. */
  readonly steps: readonly (readonly SpanEvent[])[];
  /** What is still open after the last step. */
  readonly after: readonly Close[];
}

interface Frame {
  readonly function: string;
  readonly arguments: readonly string[];
}

export function spansOf(trace: TraceDocument): Spans {
  const start = stacksBefore(trace);
  const tasks = new Map([...start].map(([task, stack]) => [task, [...stack]]));
  const current = currentTasks(trace);
  const stackOf = (task: string) => getOrAdd(tasks, task, () => []);
  const resume = (cpu: number) => stackOf(current[cpu] ?? "").map((frame) => opened(cpu, frame, true));
  const suspend = (cpu: number, how: Close["how"]) =>
    stackOf(current[cpu] ?? "")
      .map((frame) => closed(cpu, frame, how))
      .reverse();

  const before = current.flatMap((_, cpu) => resume(cpu));
  const steps = trace.steps.map((step) =>
    step.events.flatMap((event): SpanEvent[] => {
      const { cpu } = step;
      if (cpu === null) return happening(event, null);
      const stack = stackOf(current[cpu] ?? "");
      switch (event.kind) {
        case "enter":
          stack.push(event);
          return [opened(cpu, event, false)];
        case "leave": {
          const at = stack.findLastIndex((frame) => frame.function === event.function);
          const left = stack.splice(Math.max(at, 0));
          return left
            .map((frame, i) =>
              i === 0
                ? { ...closed(cpu, frame, "returns"), value: event.value, ignored: event.ignored }
                : closed(cpu, frame, "replaced"),
            )
            .reverse();
        }
        default: {
          const next = event.kind === "access" && !event.local ? switchedTo(step) : undefined;
          const shown = happening(event, stack.at(-1)?.function ?? null);
          if (next === undefined) return shown;
          const suspended = suspend(cpu, "suspended");
          current[cpu] = next;
          return [...shown, ...suspended, ...resume(cpu)];
        }
      }
    }),
  );
  return { before, steps, after: current.flatMap((_, cpu) => suspend(cpu, "unfinished")) };
}

/** The task that each CPU runs when the trace begins; an empty name that differs per CPU if the trace does not say. */
export function currentTasks({ cpus, initial, steps }: TraceDocument): string[] {
  return Array.from({ length: cpus }, (_, cpu) => {
    const said = initial.find((of) => of.signal === "current" && of.cpu === cpu)?.value;
    const changes = steps.flatMap((step) => step.changes);
    return (
      said ?? changes.find((of) => of.signal === "current" && of.cpu === cpu)?.from ?? `the task of CPU${cpu}`
    );
  });
}

/** The task that a step switches its CPU to; undefined if it switches none. */
export function switchedTo({ cpu, observations }: TraceStep): string | undefined {
  return observations.flatMap((of) => (of.kind === "switch" && of.cpu === cpu ? [of.next] : []))[0];
}

/** The stacks on which the tasks are when the trace begins, as far as functions are left in it, outermost first. */
function stacksBefore(trace: TraceDocument): Map<string, Frame[]> {
  const known = new Map<string, Frame[]>();
  const entered = new Map<string, string[]>();
  const current = currentTasks(trace);
  for (const step of trace.steps) {
    if (step.cpu === null) continue;
    for (const event of step.events) {
      const task = current[step.cpu] ?? "";
      const stack = getOrAdd(entered, task, () => []);
      if (event.kind === "enter") stack.push(event.function);
      if (event.kind === "leave") {
        const at = stack.lastIndexOf(event.function);
        stack.splice(Math.max(at, 0));
        if (at < 0) getOrAdd(known, task, () => []).unshift({ function: event.function, arguments: [] });
      }
      if (event.kind === "access" && !event.local) current[step.cpu] = switchedTo(step) ?? task;
    }
  }
  return known;
}

function opened(cpu: number, { function: name, arguments: args }: Frame, resumed: boolean): Open {
  return { kind: "open", cpu, function: name, arguments: args, resumed };
}

function closed(cpu: number, frame: Frame, how: Close["how"]): Close {
  return { kind: "close", cpu, function: frame.function, value: null, ignored: false, how };
}

function happening(event: TraceEvent, within: string | null): Happening[] {
  if (event.kind !== "access" && event.kind !== "hardware") return [];
  const { kind, text } = event;
  return [{ kind, text, local: kind === "access" && event.local, within }];
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
