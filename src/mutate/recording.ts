/**
 * Recording: what the functions, operations and processes of a system do while its state space is explored.
 *
 * Mutants are made from this, so that a place exists because it was reached and not because somebody listed it. The
 * recorded system behaves as the system does.
 */
import type { View } from "../spec/component.js";
import type { Kernel, Operation, Request } from "../spec/kernel-function.js";
import type { Process, System } from "../spec/system.js";
import { keyOf, type Value } from "../spec/value.js";
import { changedFields, componentKind } from "./effects.js";
import { viewWith, withBodies, withOperations, type Body } from "./rewrite.js";
import { isShared, requestName } from "./site.js";

/** A request and what it was answered with. */
export interface Exchange {
  readonly request: Request;
  readonly result: Value;
}

/** One whole run of a function, from its call to its end. */
export interface Transcript {
  readonly arguments: readonly Value[];
  readonly exchanges: readonly Exchange[];
  /** What it returned, or what it became. */
  readonly end: { readonly value: Value } | Request;
}

/** What an operation or an alternative of a process was seen to do. */
export interface Action {
  /** It changed a component or told the properties something. */
  acts: boolean;
  /** It returned something. */
  answers: boolean;
  /** The fields that it changed. */
  readonly fields: Set<string>;
  /** The cells in which it was seen. */
  readonly cells: Set<string>;
}

/** What was seen in the cells that were explored so far. */
export class Recorder {
  /** Per function: the runs that ended, each once. */
  readonly transcripts = new Map<string, Map<string, Transcript>>();
  /** Per function: what it asks for, and in which cells it asks, as `name #n`. */
  readonly reached = new Map<string, Map<string, Set<string>>>();
  readonly operations = new Map<string, Action>();
  /** Per process without its CPU's number, and alternative: `line: PPI 23 falls`. */
  readonly alternatives = new Map<string, Action>();
  readonly #requests = new Map<string, Map<string, Request>>();

  /** The system, recorded under the name of a cell; only the functions named leave transcripts. */
  record(system: System, cell: string, functions: ReadonlySet<string>): System {
    const spied = withOperations(system, (operation) => this.#spy(operation, cell));
    const recorded = withBodies(spied, (name, body) => this.#listen(name, body, cell, functions.has(name)));
    return { ...recorded, processes: recorded.processes.map((process) => this.#watch(process, cell)) };
  }

  /** Does the request only look? Then doing it twice, or not at all, cannot be told by anything but its answer. */
  onlyReads(request: Request, within: ReadonlySet<string> = new Set()): boolean {
    if (request.kind === "perform") {
      const action = this.operations.get(request.operation.name);
      return action !== undefined && !action.acts && action.answers;
    }
    // A function that calls itself asks for nothing that was not looked at already.
    if (within.has(request.function)) return true;
    const inner = new Set([...within, request.function]);
    return [...(this.#requests.get(request.function)?.values() ?? [])].every(
      (asked) => (asked.kind === "perform" && asked.operation.local === true) || this.onlyReads(asked, inner),
    );
  }

  #listen(name: string, body: Body, cell: string, keep: boolean): Body {
    const asked = entry(this.#requests, name, () => new Map<string, Request>());
    const reached = entry(this.reached, name, () => new Map<string, Set<string>>());
    const kept = keep ? entry(this.transcripts, name, () => new Map<string, Transcript>()) : undefined;
    const note = (request: Request, times: Map<string, number>) => {
      const what = requestName(request);
      const occurrence = (times.get(what) ?? 0) + 1;
      times.set(what, occurrence);
      asked.set(what, request);
      if (isShared(request)) entry(reached, `${what} #${occurrence}`, () => new Set()).add(cell);
    };
    return function* (args): Kernel<unknown> {
      const exchanges: Exchange[] = [];
      const times = new Map<string, number>();
      const finish = (end: Transcript["end"]) => {
        const key = keyOf([args, exchanges.map(({ result }) => result)]);
        kept?.set(key, { arguments: args, exchanges, end });
      };
      const run = body(args);
      let next = run.next();
      while (next.done !== true) {
        const request = next.value;
        note(request, times);
        if (request.kind === "become") finish(request);
        // What the runtime resumes a function with is plain data.
        const result = (yield request) as Value;
        exchanges.push({ request, result });
        next = run.next(result);
      }
      finish({ value: next.value as Value });
      return next.value;
    };
  }

  #spy(operation: Operation, cell: string): Operation {
    const action = entry(this.operations, operation.name, newAction);
    return {
      ...operation,
      perform: (view, cpu, args, choice) => {
        action.cells.add(cell);
        const result = operation.perform(noting(view, action), cpu, args, choice);
        if (result !== undefined) action.answers = true;
        return result;
      },
    };
  }

  #watch(process: Process, cell: string): Process {
    return {
      ...process,
      alternatives: (state) =>
        process.alternatives(state).map((alternative) => {
          const action = entry(this.alternatives, alternativeName(process, alternative.name), newAction);
          action.cells.add(cell);
          return { ...alternative, perform: (view) => alternative.perform(noting(view, action)) };
        }),
    };
  }
}

/** `line0` and `PPI 23 falls` are `line: PPI 23 falls`. */
export function alternativeName(process: Process, alternative: string): string {
  return `${process.name.replace(/\d+$/, "")}: ${alternative}`;
}

function noting(view: View, action: Action): View {
  const onObserve = () => {
    action.acts = true;
  };
  return viewWith(
    view,
    (component, change) => {
      const before = view.read(component);
      change();
      const after = view.read(component);
      if (after === before) return;
      action.acts = true;
      for (const field of changedFields(componentKind(component), before, after)) action.fields.add(field);
    },
    onObserve,
  );
}

function newAction(): Action {
  return { acts: false, answers: false, fields: new Set(), cells: new Set() };
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
