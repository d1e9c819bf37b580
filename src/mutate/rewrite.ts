/**
 * Rewriting systems: makes a system with other function bodies or other operations.
 *
 * Recording and mutation are both rewritings. A rewritten body may depend on nothing but its arguments and the results of
 * its requests, because the runtime runs it again against them (src/runtime/resume.ts).
 */
import type { Component, View } from "../spec/component.js";
import { kernelFunction, type Kernel, type Operation, type Request } from "../spec/kernel-function.js";
import type { System } from "../spec/system.js";
import type { Value } from "../spec/value.js";
import type { Draft } from "immer";

export type Body = (args: readonly Value[]) => Kernel<unknown>;
/** Makes a body from the body of a function; undefined leaves the function as it is. */
export type RewriteBody = (name: string, body: Body) => Body | undefined;

/** Replaces the bodies of functions. */
export function withBodies(system: System, rewrite: RewriteBody): System {
  const functions = new Map(
    [...system.functions].map(([name, original]) => {
      // The runtime gives a body the arguments of the request that called it.
      const body = rewrite(name, (args) => original.body(...(args as never)));
      return [
        name,
        body === undefined
          ? original
          : kernelFunction(name, (...args: readonly Value[]) => body(args), original.notations),
      ];
    }),
  );
  return { ...system, functions };
}

/** Replaces the operations of all functions. `rewrite` is called once per operation. */
export function withOperations(system: System, rewrite: (operation: Operation) => Operation): System {
  const made = new Map<Operation, Operation>();
  const replaced = (request: Request): Request => {
    if (request.kind !== "perform") return request;
    let operation = made.get(request.operation);
    if (operation === undefined) {
      operation = rewrite(request.operation);
      made.set(request.operation, operation);
    }
    return { ...request, operation };
  };
  return withBodies(system, (_, body) => (args) => mapRequests(body(args), replaced));
}

function* mapRequests(body: Kernel<unknown>, replace: (request: Request) => Request): Kernel<unknown> {
  let next = body.next();
  while (next.done !== true) next = body.next(yield replace(next.value));
  return next.value;
}

/** Called for a change of a component; calls `change` to make the change. */
export type OnUpdate = (component: Component<unknown>, change: () => void) => void;

/** A view that calls `onUpdate` for every change, and `onObserve` before every observation. */
export function viewWith(view: View, onUpdate: OnUpdate, onObserve: () => void = () => undefined): View {
  return {
    read: (component) => view.read(component),
    parameter: (parameter) => view.parameter(parameter),
    events: view.events,
    update: <T>(component: Component<T>, recipe: (draft: Draft<T>) => void) => {
      onUpdate(component, () => view.update(component, recipe));
    },
    observe: (observation) => {
      onObserve();
      view.observe(observation);
    },
  };
}
