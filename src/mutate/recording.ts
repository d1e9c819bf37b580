/**
 * Recording: notes what functions, operations and processes of a system do while its state space is explored.
 *
 * Mutants are made from these notes, so there is a mutant for every place that is reached, and no list of places to keep
 * up to date. The recorded system behaves like the system.
 */
import type { View } from "../spec/component.js";
import type { Kernel, Operation, Request } from "../spec/kernel-function.js";
import type { Process, System } from "../spec/system.js";
import { keyOf, type Value } from "../spec/value.js";
import { changedFields, componentKind } from "./effects.js";
import { viewWith, withBodies, withOperations, type Body } from "./rewrite.js";
import { isShared, requestName } from "./site.js";

/** A request and its result. */
export interface Exchange {
  readonly request: Request;
  readonly result: Value;
}

/** One whole run of a function, from call to end. */
export interface Transcript {
  readonly arguments: readonly Value[];
  readonly exchanges: readonly Exchange[];
  /** The value that the function returned, or the request by which it became another one. */
  readonly end: { readonly value: Value } | Request;
}

/** What an operation, or an alternative of a process, did in all its recorded uses. */
export interface Action {
  /** True if it changed a component or made an observation. */
  acts: boolean;
  /** True if it had a result. */
  answers: boolean;
  /** The fields that it changed (effects.ts). */
  readonly fields: Set<string>;
  /** The cells in which it was used. */
  readonly cells: Set<string>;
}

/** The notes of all cells that were recorded so far. */
export class Recorder {
  /** By function: the runs that ended, each once. */
  readonly transcripts = new Map<string, Map<string, Transcript>>();
  /** By function, then by request as `name #n`: the cells in which the function makes the request. */
  readonly reached = new Map<string, Map<string, Set<string>>>();
  readonly operations = new Map<string, Action>();
  /** By alternative, as {@link alternativeName} names it. */
  readonly alternatives = new Map<string, Action>();
  readonly #requests = new Map<string, Map<string, Request>>();

  /** A system that records under the name of a cell. Transcripts are kept only of `functions`. */
  record(system: System, cell: string, functions: ReadonlySet<string>): System {
    const spied = withOperations(system, (operation) => this.#spy(operation, cell));
    const recorded = withBodies(spied, (name, body) => this.#listen(name, body, cell, functions.has(name)));
    return { ...recorded, processes: recorded.processes.map((process) => this.#watch(process, cell)) };
  }

  /** Does the request only read? Then it has no effect but its result. */
  onlyReads(request: Request, within: ReadonlySet<string> = new Set()): boolean {
    if (request.kind === "perform") {
      const action = this.operations.get(request.operation.name);
      return action !== undefined && !action.acts && action.answers;
    }
    // The requests of a function that calls itself are being examined already.
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
        // The runtime resumes a function with plain data.
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

/** The name of an alternative, without the number of a CPU: `line: PPI 23 falls` for `PPI 23 falls` of `line0`. */
export function alternativeName(process: Process, alternative: string): string {
  return `${process.name.replace(/\d+$/, "")}: ${alternative}`;
}

/** A view that notes in `action` what is done through it. */
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
