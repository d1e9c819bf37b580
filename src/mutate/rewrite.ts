/**
 * Rewriting systems: another system with other function bodies, other operations or other processes.
 *
 * Recording and mutation are both rewritings. What is put around a body has to be a function of the requests and
 * their results alone, because the runtime runs it again against them (src/runtime/resume.ts).
 */
import type { Component, View } from "../spec/component.js";
import { kernelFunction, type Kernel, type Operation, type Request } from "../spec/kernel-function.js";
import type { System } from "../spec/system.js";
import type { Value } from "../spec/value.js";
import type { Draft } from "immer";

export type Body = (args: readonly Value[]) => Kernel<unknown>;
/** Makes a body of a function's body; undefined to leave the function alone. */
export type RewriteBody = (name: string, body: Body) => Body | undefined;

export function withBodies(system: System, rewrite: RewriteBody): System {
  const functions = new Map(
    [...system.functions].map(([name, original]) => {
      // The runtime gives a body the arguments of the request that called it.
      const body = rewrite(name, (args) => original.body(...(args as never)));
      return [
        name,
        body === undefined ? original : kernelFunction(name, (...args: readonly Value[]) => body(args)),
      ];
    }),
  );
  return { ...system, functions };
}

/** Every operation of every function replaced; one that is left alone is returned as it is. */
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

/** What may be done about a component's change: `change` makes it. */
export type OnUpdate = (component: Component<unknown>, change: () => void) => void;

/** A view that hands every change, and every observation, to somebody first. */
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
