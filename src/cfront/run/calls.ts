/** Calls: to C that runs within the caller, to kernel functions, to intrinsics. */
import { CError, type At } from "../base/errors.js";
import type { Kernel } from "../base/kernel.js";
import type { Callable, IntrinsicCall } from "../meaning/meaning.js";
import { FunctionPointer, pointsToLocal, type CValue, type Held } from "../meaning/values.js";
import { builtinNamed } from "../semantics/builtins.js";
import { calledTypeOf, unread, valueTypeOf } from "../semantics/typing.js";
import { describe } from "../syntax/describe.js";
import type { CallExpression, CFunction, Expression, NameExpression } from "../syntax/syntax.js";
import { allOf } from "../syntax/walk.js";
import { promoted } from "../types/integers.js";
import type { CType, FunctionType } from "../types/types.js";
import { escaping } from "./accesses.js";
import { converted } from "./convert.js";
import { Initialisers } from "./initialisers.js";

export abstract class Calls extends Initialisers {
  /** Runs a C function as part of this one. */
  protected abstract within(of: CFunction, args: readonly CValue[], at: At): Kernel<Held>;

  protected override *call(node: CallExpression, dropped: boolean): Kernel<Held> {
    const { at } = node;
    const named = yield* this.#called(node.callee);
    const { name } = named;
    const of = this.world.functionNamed(named);
    const builtin = builtinNamed(name);
    const intrinsic = builtin === undefined ? this.world.meaning.intrinsic(name) : undefined;
    const isUnknown = named.isName && named.declared === undefined && of === undefined;
    // An intrinsic without a prototype is a name that is not declared.
    if (isUnknown && intrinsic === undefined) {
      const why = this.world.program.unread.get(name);
      throw why === undefined ? this.#unmodelled(name, at) : unread(name, why, at);
    }
    const type = calledTypeOf(node.callee);
    const isEvaluated = intrinsic?.evaluated !== false;
    const args = isEvaluated ? yield* this.#arguments(node, name, type) : [];
    if (!isEvaluated) this.#markAll(node.arguments);

    // Their parameters are integers.
    if (builtin !== undefined) return builtin.compute(args as readonly bigint[], at);
    if (intrinsic !== undefined) {
      const call: IntrinsicCall = {
        name,
        arguments: args,
        expressions: node.arguments,
        result: type.result,
        at,
        dropped,
        load: (place) => this.load(place, at),
        store: (place, value) => this.store(place, value, at),
        call: (callee, given) => this.#pointed(callee, given, at),
      };
      return yield* intrinsic.run(call);
    }
    return yield* this.#function(name, of, type, args, dropped, at);
  }

  *#pointed({ name }: FunctionPointer, args: readonly CValue[], at: At): Kernel<Held> {
    const of = this.world.program.functions.get(name);
    if (of === undefined) throw this.#unmodelled(name, at);
    return yield* this.#function(name, of, of.type, args, true, at);
  }

  /** What is not evaluated is done by the call: its lines ran. */
  #markAll(nodes: readonly Expression[]): void {
    for (const node of nodes) for (const part of allOf(node)) this.world.coverage.mark(part);
  }

  /** Calls a function that the program has no call expression for. */
  protected *callNamed(callee: NameExpression, args: readonly CValue[], at: At): Kernel<Held> {
    const of = this.world.functionNamed(callee);
    return yield* this.#function(callee.name, of, calledTypeOf(callee), args, true, at);
  }

  /** The function's name, and for a name in the source what it declares. Throws PMC225 for a pointer that is NULL. */
  *#called(
    callee: Expression,
  ): Kernel<Pick<NameExpression, "name" | "declared"> & { readonly isName: boolean }> {
    if (callee.kind === "name" && callee.declared?.kind !== "variable") {
      this.world.coverage.mark(callee);
      return { name: callee.name, declared: callee.declared, isName: true };
    }
    const value = yield* this.value(callee);
    if (value instanceof FunctionPointer) return { name: value.name, declared: undefined, isName: false };
    const what = value === 0n ? "NULL" : "no function";
    throw new CError(
      "PMC225",
      callee.at,
      `${describe(callee)} is called, and is ${what}`,
      "test it before it is called",
    );
  }

  *#arguments(
    node: CallExpression,
    name: string,
    { parameters, variadic }: FunctionType,
  ): Kernel<readonly CValue[]> {
    const given = node.arguments.length;
    if (given < parameters.length || (given > parameters.length && !variadic)) {
      throw new CError(
        "PMC230",
        node.at,
        `${name}() takes ${parameters.length} arguments and is given ${given}`,
        "correct the call",
      );
    }
    const values: CValue[] = [];
    for (const [i, argument] of node.arguments.entries()) {
      values.push(converted(yield* this.value(argument), parameters[i] ?? passedAs(argument), argument.at));
    }
    return values;
  }

  *#function(
    name: string,
    of: CFunction | undefined,
    type: FunctionType,
    args: readonly CValue[],
    dropped: boolean,
    at: At,
  ): Kernel<Held> {
    const why = of === undefined ? this.world.program.unread.get(name) : undefined;
    // The model may have one of that name, but the C that was meant is there and was not understood.
    if (why !== undefined) throw unread(name, why, at);
    const runner = this.world.meaning.runnerOf(name, of);
    if (runner === undefined || (runner !== "model" && of === undefined)) throw this.#unmodelled(name, at);
    if (of !== undefined && runner !== "model" && (runner === "within" || args.some(pointsToLocal))) {
      const body = this.within(of, args, at);
      return yield* this.world.meaning.inside?.(of, at, body) ?? body;
    }
    const callable = callableOf(name, of, type);
    const escapes = args.some((value, i) => pointsToLocal(value) && this.#isPassed(callable, i));
    if (escapes) throw escaping(`passed to ${name}(), which the model has and not the C`, at);
    return yield* this.world.meaning.call(callable, args, { at, dropped });
  }

  #isPassed({ parameters }: Callable, i: number): boolean {
    const type = parameters[i]?.type;
    return type === undefined || this.world.meaning.passes(type);
  }

  #unmodelled(name: string, at: At): CError {
    return new CError(
      "PMC221",
      at,
      `nothing is known of the function ${name}()`,
      "load the C file that has it, or bind it to the model",
    );
  }
}

/** A function as its callers see it. */
function callableOf(name: string, of: CFunction | undefined, type: FunctionType): Callable {
  const parameters =
    of?.definition?.parameters ?? type.parameters.map((parameter) => ({ name: "", type: parameter }));
  return { name, of, parameters, result: type.result, isPart: false };
}

/** The type in which an argument without a parameter is passed. */
function passedAs(argument: Expression): CType {
  const type = valueTypeOf(argument);
  return type.kind === "integer" ? promoted(type) : type;
}
