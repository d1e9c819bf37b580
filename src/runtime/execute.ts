/**
 * Executing kernel code: one step of a CPU.
 *
 * A step performs the one shared access that the innermost activation waits for. Then it runs on through calls, returns
 * and private operations, until the next shared access is due. So a CPU can take an interrupt between any two shared
 * accesses, and nowhere else.
 */
import { castDraft } from "immer";

import { activation, type Activation } from "../spec/activation.js";
import type { View } from "../spec/component.js";
import { PmucheckError } from "../spec/errors.js";
import type { SourceLine } from "../spec/kernel-function.js";
import type { Processor } from "../spec/system.js";
import { showValue, type Value } from "../spec/value.js";
import type { Doing } from "./doing.js";
import type { Performing, Resumer } from "./resume.js";
import { asynchronous } from "./view.js";

/** One thing that happened within a step, as a trace shows it; a step lists them in order. */
export type StepEvent =
  | {
      readonly kind: "enter";
      readonly function: string;
      readonly arguments: readonly Value[];
      /** The line of C that calls it, if C does. */
      readonly at?: SourceLine | undefined;
    }
  | { readonly kind: "leave"; readonly function: string; readonly value: Value; readonly ignored: boolean }
  | {
      readonly kind: "access";
      readonly text: string;
      readonly local: boolean;
      /** The line of C that makes it, if C does. */
      readonly at?: SourceLine | undefined;
    }
  | { readonly kind: "hardware"; readonly text: string };

/** More private work than this between two shared accesses is taken for an endless loop. */
const LOCAL_LIMIT = 10_000;

/** More functions than this within each other are taken for a recursion without an end: Linux has some twenty. */
const STACK_LIMIT = 200;

/** A shared access that a CPU is about to make. */
export type Due = Performing;

/** A run of one CPU against one view. */
export class Execution {
  readonly events: StepEvent[] = [];
  /** Was an operation asked for of which there are copies? */
  hasCopies = false;
  /** Operations of which there are copies are those of modules that were just loaded. */
  readonly #isAnew: boolean;
  readonly #resumer: Resumer;
  readonly #processor: Processor;
  readonly #view: View;
  readonly #doing: Doing;
  /** The CPU's stack. It goes back to the view where others may look at it, and not at every call and return. */
  #stack: readonly Activation[];

  constructor(resumer: Resumer, processor: Processor, view: View, doing: Doing, isAnew = false) {
    this.#isAnew = isAnew;
    this.#resumer = resumer;
    this.#processor = processor;
    this.#view = view;
    this.#doing = doing;
    this.#stack = this.#stackInView;
  }

  /** Starts an activation on an empty stack. */
  start(body: Activation): void {
    this.#enter([], body);
  }

  /** Runs up to the next shared access and returns it; undefined if the CPU has no kernel code to run. */
  settle(): Due | undefined {
    const due = this.#runOn();
    this.#putBack();
    return due;
  }

  #runOn(): Due | undefined {
    for (let turn = 0; turn < LOCAL_LIMIT; turn++) {
      const top = this.#stack.at(-1);
      if (top === undefined) return undefined;
      const next = this.#resumer.next(top);
      switch (next.kind) {
        case "perform":
          if (next.operation.local !== true) return this.#copied(next);
          this.perform(this.#copied(next), "");
          break;
        case "call":
          this.#enter(this.#stack, activation(next.function, next.arguments), next.at);
          break;
        case "become":
          this.#enter(this.#stack.slice(0, -1), activation(next.function, next.arguments), next.at);
          break;
        case "return":
          this.#leave(top, next.value);
          break;
      }
    }
    throw new PmucheckError(
      "PMC203",
      `${this.#stack.at(-1)?.function ?? "the CPU"}() made ${LOCAL_LIMIT} calls and private accesses without ` +
        "any that another CPU or a device could see",
    );
  }

  #copied(due: Due): Due {
    if (due.anew === undefined) return due;
    this.hasCopies = true;
    return this.#isAnew ? { ...due, operation: due.anew() } : due;
  }

  isEnabled({ operation, arguments: args }: Due): boolean {
    this.#note(`enabled() of ${operation.name}()`);
    // The typed wrapper made by `operation()` is the only source of these arguments, here and below.
    return operation.enabled?.(this.#view, this.#processor.cpu, ...(args as never)) !== false;
  }

  /** The names of the hardware's choices in an operation; one empty name if there is no choice. */
  choicesOf({ operation, arguments: args }: Due): readonly string[] {
    this.#note(`choices() of ${operation.name}()`);
    return operation.choices?.(this.#view, this.#processor.cpu, ...(args as never)) ?? [""];
  }

  /** Performs an operation and gives the result to the activation that is then on top of the stack. */
  perform({ operation, arguments: args, at }: Due, choice: string): void {
    this.#putBack();
    this.#note(`${operation.name}()`);
    const returned: unknown = operation.perform(this.#view, this.#processor.cpu, args as never, choice);
    if (returned instanceof Promise) throw asynchronous("perform()", returned);
    const result = returned as Value;
    const text = operation.show?.(args as never, result) ?? showCall(operation.name, args, result);
    this.events.push({ kind: "access", text, local: operation.local === true, ...(at && { at }) });
    // The operation may have entered or left an exception, and so changed the stack.
    this.#stack = this.#stackInView;
    this.#giveTop(result);
  }

  #note(what: string): void {
    this.#doing.what = `${what} in ${this.#stack.at(-1)?.function}()`;
  }

  #enter(below: readonly Activation[], entered: Activation, at?: SourceLine): void {
    if (below.length >= STACK_LIMIT) throw tooDeep([...below, entered]);
    this.#stack = [...below, entered];
    const { function: name, arguments: args } = entered;
    this.#show({ kind: "enter", function: name, arguments: args, ...(at && { at }) });
  }

  #leave(left: Activation, value: Value): void {
    this.#stack = this.#stack.slice(0, -1);
    const caller = this.#stack.at(-1);
    const waiting = caller === undefined ? undefined : this.#resumer.next(caller);
    const ignored = waiting?.kind === "call" && waiting.ignored;
    this.#show({ kind: "leave", function: left.function, value, ignored });
    // A frame that waits for an access, and not for a call, was interrupted: an exception handler gives it no result.
    if (waiting?.kind === "call") this.#giveTop(waiting.ignored ? undefined : value);
  }

  #show(event: StepEvent & { readonly function: string }): void {
    if (!this.#resumer.isMacro(event.function)) this.events.push(event);
  }

  #giveTop(value: Value): void {
    const top = this.#stack.at(-1);
    if (top !== undefined) this.#stack = [...this.#stack.slice(0, -1), top.observe(value)];
  }

  get #stackInView(): readonly Activation[] {
    return this.#view.read(this.#processor.execution).stack;
  }

  #putBack(): void {
    if (this.#stack === this.#stackInView) return;
    this.#view.update(this.#processor.execution, (execution) => {
      execution.stack = castDraft(this.#stack);
    });
  }
}

function tooDeep(stack: readonly Activation[]): PmucheckError {
  const inner = stack.slice(-4).reverse();
  const chain = inner.map((one) => `${one.function}()`).join(" called by ");
  return new PmucheckError("PMC203", `${STACK_LIMIT} functions are within each other: ${chain} and so on`);
}

/** `name(1, "T") = 0`, the way a trace shows an access that says nothing better. */
function showCall(name: string, args: readonly Value[], result: Value): string {
  const call = `${name}(${args.map(showValue).join(", ")})`;
  return result === undefined ? call : `${call} = ${showValue(result)}`;
}
