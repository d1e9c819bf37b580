/**
 * Sites: the places of a kernel function where it asks for an access or a call, named without reading its source.
 *
 * A site is a function, the name of what is asked, and which time the function asks for it: `armpmu_stop`,
 * `armv8pmu_disable_event()`, the first. An access to memory is named with the field it goes to.
 * Limits: the count is of one activation, so two lines of the source that exclude each other and access the same field
 * are one site, and a line in a loop is a site per turn.
 */
import type { Request } from "../spec/kernel-function.js";
import { keyOf, showValue, type Value } from "../spec/value.js";

export interface Site {
  readonly function: string;
  /** What is asked: see {@link requestName}. */
  readonly name: string;
  /** 1 is the first time. */
  readonly occurrence: number;
}

/** `armpmu_stop: armv8pmu_disable_event()`, and ` #2` if it is not the first. */
export function showSite({ function: of, name, occurrence }: Site): string {
  return `${of}: ${name}${occurrence === 1 ? "" : ` #${occurrence}`}`;
}

/** `store hw.period_left`, `write_pmovsclr`, `armpmu_stop()`. */
export function requestName(request: Request): string {
  if (request.kind !== "perform") return `${request.function}()`;
  const [first] = request.arguments;
  return isPlace(first) ? `${request.operation.name} ${withoutNumbers(first.path)}` : request.operation.name;
}

/** A request with its arguments, as an example of what happens at a site. */
export function showRequest(request: Request, result: Value): string {
  const args = request.arguments;
  // The operation's own arguments; see src/runtime/execute.ts for why they have its types.
  const shown = request.kind === "perform" ? request.operation.show?.(args as never, result) : undefined;
  const name = request.kind === "perform" ? request.operation.name : request.function;
  return shown ?? `${name}(${args.map(showValue).join(", ")})`;
}

export function isSameRequest(a: Request, b: Request): boolean {
  return a.kind === b.kind && requestName(a) === requestName(b) && keyOf(a.arguments) === keyOf(b.arguments);
}

/** May the request be told from outside its function? Private accesses and the end of the function may not. */
export function isShared(request: Request): boolean {
  return request.kind === "call" || (request.kind === "perform" && request.operation.local !== true);
}

/** A place in memory, as models/linux/memory.ts writes it. */
function isPlace(value: Value): value is { readonly of: string; readonly path: readonly string[] } {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    "path" in value &&
    Array.isArray(value["path"])
  );
}

/** `hw_events.events.3` and `hw_events.events.0` are one place: which element it is depends on the run. */
export function withoutNumbers(path: readonly string[]): string {
  return path.map((name) => (/^\d+$/.test(name) ? "*" : name)).join(".");
}
