/**
 * Rewriting: a kernel function's body with some of its requests replaced, dropped or followed by others.
 *
 * What a patch does to a function, said without repeating the function: the edit names the requests it is about, so
 * it fits every version of the function that makes them. Runs inside the function's own activation.
 */
import type { Kernel, KernelFunction, Request } from "./kernel-function.js";
import type { Value } from "./value.js";

/** What is done instead of a request, whose result it must return; undefined lets the request be. */
export type Edit = (request: Request) => Kernel<unknown> | undefined;

/** The body with its requests edited. */
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

/** The body, with `then` right after each request that matches. */
export function following<R>(
  body: Kernel<R>,
  matches: (request: Request) => boolean,
  then: () => Kernel,
): Kernel<R> {
  return rewriting(body, (request) => (matches(request) ? andThen(request, then) : undefined));
}

/** The body, with `instead` in place of each request that matches. */
export function replacing<R>(
  body: Kernel<R>,
  matches: (request: Request) => boolean,
  instead: () => Kernel<unknown>,
): Kernel<R> {
  return rewriting(body, (request) => (matches(request) ? instead() : undefined));
}

/** Is the request a call of this function? */
export function calls<A extends readonly Value[], R>(
  called: KernelFunction<A, R>,
): (request: Request) => boolean {
  return (request) => request.kind === "call" && request.function === called.functionName;
}

/** Is the request the operation of this name? */
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
