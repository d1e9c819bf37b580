/**
 * What can be seen of an execution, of the kernel's and of the model's, in the same words.
 *
 * A function is observable if the models have it, if left-out.ts does not name it, and if the tracer could see it: it
 * is among the functions that the log says could be traced, or, where the log says nothing, it occurs in the log. So
 * whatever is inlined everywhere is not missed; what is inlined in one caller and not in another is told as F@CALLER.
 * Switches of tasks count where a sampled task leaves or comes.
 */
import type { FunctionTable } from "../spec/kernel-function.js";
import type { StepEvent } from "../runtime/execute.js";
import type { Value } from "../spec/value.js";
import type { Log, LogEntry } from "./log.js";
import { whyLeftOut } from "./left-out.js";

/** One observable happening: equal ones have the same text. */
export interface Seen {
  readonly cpu: number;
  readonly text: string;
}

export interface Observable {
  readonly functions: ReadonlySet<string>;
  readonly returns: ReadonlySet<string>;
  /** `F@CALLER`: in this caller F is inlined. */
  readonly inlined: ReadonlySet<string>;
  /** The scenario's tasks with events, and the process ids that stand for them, in the same order. */
  readonly tasks: readonly string[];
  readonly pids: readonly number[];
  readonly cpus: number;
}

/** What both can show. `tasks`: the scenario's, in its order; `pids`: undefined to take the log's own comment. */
export function observableIn(
  log: Log,
  functions: FunctionTable,
  tasks: readonly string[],
  pids: readonly number[],
  cpus: number,
  inlined: readonly string[],
): Observable {
  const traced = log.functions ?? occurring(log, "enter");
  const withValue = log.returns ?? occurring(log, "return");
  const known = (name: string) => functions.has(name) && whyLeftOut(name) === undefined;
  return {
    functions: new Set(traced.filter(known)),
    returns: new Set(withValue.filter(known)),
    inlined: new Set(inlined),
    tasks,
    pids,
    cpus,
  };
}

function occurring({ entries }: Log, kind: "enter" | "return"): readonly string[] {
  return entries.flatMap(({ what }) => (what.kind === kind && "function" in what ? [what.function] : []));
}

/** What an entry shows; undefined if nothing that is compared. */
export function seenIn({ cpu, what }: LogEntry, of: Observable): Seen | undefined {
  if (cpu >= of.cpus) return undefined;
  switch (what.kind) {
    case "enter":
      return of.functions.has(what.function) ? { cpu, text: entered(what.function) } : undefined;
    case "return":
      return of.returns.has(what.function) && what.value !== undefined
        ? { cpu, text: returned(what.function, what.value) }
        : undefined;
    case "switch":
      return switched(cpu, taskOf(what.prev, of), taskOf(what.next, of));
    case "other":
      return undefined;
  }
}

/** A step of the model, and the functions that its CPU was in before it, innermost last. */
export interface ModelStep {
  readonly cpu: number | undefined;
  readonly stack: readonly string[];
  readonly events: readonly StepEvent[];
}

/** What a step of the model shows, in order. */
export function seenBy({ cpu, stack, events }: ModelStep, of: Observable): readonly Seen[] {
  if (cpu === undefined) return [];
  const callers = [...stack];
  return events.flatMap((event): readonly Seen[] => {
    switch (event.kind) {
      case "enter": {
        const isInlined = of.inlined.has(`${event.function}@${callers.at(-1) ?? ""}`);
        callers.push(event.function);
        if (event.function === SWITCHES) return switchSeen(cpu, event.arguments, of);
        return of.functions.has(event.function) && !isInlined ? [{ cpu, text: entered(event.function) }] : [];
      }
      case "leave":
        callers.length = Math.max(0, callers.lastIndexOf(event.function));
        return of.returns.has(event.function)
          ? [{ cpu, text: returned(event.function, Number(event.value)) }]
          : [];
      case "access":
      case "hardware":
        return [];
    }
  });
}

/** The kernel traces sched_switch right before this function. Its arguments are the two tasks. */
const SWITCHES = "context_switch";

function switchSeen(cpu: number, tasks: readonly Value[], of: Observable): readonly Seen[] {
  const [prev, next] = tasks.map((task) => of.tasks.find((one) => one === task) ?? OTHER);
  const seen = switched(cpu, prev ?? OTHER, next ?? OTHER);
  return seen === undefined ? [] : [seen];
}

/** A task without a sampled event: all of them are one. */
const OTHER = "another task";

function taskOf(pid: number, { pids, tasks }: Observable): string {
  return tasks[pids.indexOf(pid)] ?? OTHER;
}

function switched(cpu: number, prev: string, next: string): Seen | undefined {
  return prev === next ? undefined : { cpu, text: `switch from ${prev} to ${next}` };
}

function entered(name: string): string {
  return `> ${name}`;
}

function returned(name: string, value: number): string {
  return `< ${name} = ${value}`;
}
