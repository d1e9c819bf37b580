/**
 * Rewriting: the body of a kernel function with some requests replaced, dropped, or followed by others.
 *
 * An edit does to a function what a patch does, and names only the requests that it changes. So it fits every version of
 * the function that makes these requests. The edited body runs within the function's own activation.
 */
import type { Kernel, KernelFunction, Request } from "./kernel-function.js";
import type { Value } from "./value.js";

/** What replaces a request; it must return the result. Undefined keeps the request. */
export type Edit = (request: Request) => Kernel<unknown> | undefined;

/** The body with edited requests. */
export function* rewriting<R>(body: Kernel<R>, edit: Edit): Kernel<R> {
  let next = body.next();
  while (next.done !== true) {
    const instead = edit(next.value);
    next = body.next(instead === undefined ? yield next.value : yield* instead);
  }
  return next.value;
}

/** The body without the requests that match. */
export function without<R>(body: Kernel<R>, matches: (request: Request) => boolean): Kernel<R> {
  return rewriting(body, (request) => (matches(request) ? nothing() : undefined));
}

/** The body with `then` right after each request that matches. */
export function following<R>(
  body: Kernel<R>,
  matches: (request: Request) => boolean,
  then: () => Kernel,
): Kernel<R> {
  return rewriting(body, (request) => (matches(request) ? andThen(request, then) : undefined));
}

/** The body with `instead` in place of each request that matches. */
export function replacing<R>(
  body: Kernel<R>,
  matches: (request: Request) => boolean,
  instead: () => Kernel<unknown>,
): Kernel<R> {
  return rewriting(body, (request) => (matches(request) ? instead() : undefined));
}

/** A test: is the request a call of this function? */
export function calls<A extends readonly Value[], R>(
  called: KernelFunction<A, R>,
): (request: Request) => boolean {
  return (request) => request.kind === "call" && request.function === called.functionName;
}

/** A test: does the request perform the operation of this name? */
export function performs(name: string): (request: Request) => boolean {
  return (request) => request.kind === "perform" && request.operation.name === name;
}

// oxlint-disable-next-line require-yield -- an empty body of a kernel function
function* nothing(): Kernel {}

function* andThen(request: Request, then: () => Kernel): Kernel<unknown> {
  const result = yield request;
  yield* then();
  return result;
}
