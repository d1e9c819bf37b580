/**
 * Sites: the places where a kernel function makes an access or a call, named without reading its source.
 *
 * A site is a function, the name of a request, and an occurrence: the first `armv8pmu_disable_event()` of `armpmu_stop`.
 * The name of an access to memory includes the field.
 * Limits: occurrences are counted within one activation. So two lines of source that exclude each other and access the
 * same field are one site, and a line in a loop is one site per turn.
 */
import type { Request } from "../spec/kernel-function.js";
import { keyOf, showValue, type Value } from "../spec/value.js";

export interface Site {
  readonly function: string;
  /** The name of the request: see {@link requestName}. */
  readonly name: string;
  /** 1 is the first time. */
  readonly occurrence: number;
}

/** `armpmu_stop: armv8pmu_disable_event()`, and ` #2` if it is not the first. */
export function showSite({ function: of, name, occurrence }: Site): string {
  return `${of}: ${name}${occurrence === 1 ? "" : ` #${occurrence}`}`;
}

/** The name of a request: `store hw.period_left`, `write_pmovsclr`, `armpmu_stop()`. */
export function requestName(request: Request): string {
  if (request.kind !== "perform") return `${request.function}()`;
  const [first] = request.arguments;
  return isPlace(first) ? `${request.operation.name} ${withoutNumbers(first.path)}` : request.operation.name;
}

/** A request with its arguments as a text: the example of a site. */
export function showRequest(request: Request, result: Value): string {
  const args = request.arguments;
  // The arguments have the types of the operation: `operation()` of src/spec/kernel-function.ts made the request.
  const shown = request.kind === "perform" ? request.operation.show?.(args as never, result) : undefined;
  const name = request.kind === "perform" ? request.operation.name : request.function;
  return shown ?? `${name}(${args.map(showValue).join(", ")})`;
}

export function isSameRequest(a: Request, b: Request): boolean {
  return a.kind === b.kind && requestName(a) === requestName(b) && keyOf(a.arguments) === keyOf(b.arguments);
}

/** Can another process see the request? A private access, and a function that becomes another one, cannot be seen. */
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

/** The path with `*` for numbers: `hw_events.events.3` and `hw_events.events.0` are one place. */
export function withoutNumbers(path: readonly string[]): string {
  return path.map((name) => (/^\d+$/.test(name) ? "*" : name)).join(".");
}
