/** Requests that know the line of C they come from. */
import type { At } from "../../../src/cfront/index.js";
import type { Kernel } from "../../../src/spec/kernel-function.js";

/** The body with all its requests at a line of C; those that have one keep it. */
export function* located<R>({ file, line }: At, body: Kernel<R>): Kernel<R> {
  let next = body.next();
  while (next.done !== true) next = body.next(yield { at: { file, line }, ...next.value });
  return next.value;
}

/** The same with requests that have a line already: for accessors, of which it is the caller's line that says something. */
export function* relocated<R>({ file, line }: At, body: Kernel<R>): Kernel<R> {
  let next = body.next();
  while (next.done !== true) next = body.next(yield { ...next.value, at: { file, line } });
  return next.value;
}
