/** What C means in this model: the questions of src/cfront, answered by the other files of this folder. */
import {
  CError,
  Pointer,
  type At,
  type CFunction,
  type CType,
  type CValue,
  type Callable,
  type CallSite,
  type Held,
  type Intrinsic,
  type Meaning,
  type Runner,
  type SharedPlace,
  type Update,
} from "../../../src/cfront/index.js";
import { PmucheckError } from "../../../src/spec/errors.js";
import type { FunctionTable, Kernel } from "../../../src/spec/kernel-function.js";
import type { Value } from "../../../src/spec/value.js";
import { smp_processor_id } from "../config.js";
import type { Cells } from "./cells.js";
import { notThatOne, type Convention } from "./convention.js";
import { located, relocated } from "./located.js";
import { isPointerTo } from "./objects.js";

/**
 * C functions that the model has instead: what they do to the GIC and to interrupt descriptors is not in C here, and is said
 * to be kept.
 */
export const KEPT = new Set(["arm_perf_starting_cpu", "arm_perf_teardown_cpu"]);

/**
 * Functions whose result is not kept where C drops it. Of all others it is kept, as the functions by hand keep it: then both have
 * the same states. (Where none is kept, half-range has 30 of its 10,823 states less, and no verdict changes.)
 */
const DROPPED = new Set(["armpmu_event_set_period"]);

/** Accessors of one register: what a trace shows is the access. */
const ACCESSOR = /^(read|write)_pm\w+$/;

export class LinuxMeaning implements Meaning {
  readonly #model: FunctionTable;
  readonly #convention: Convention;
  readonly #cells: Cells;
  readonly #intrinsics: ReadonlyMap<string, Intrinsic>;

  /** `model`: the functions of the base. */
  constructor(
    model: FunctionTable,
    convention: Convention,
    cells: Cells,
    intrinsics: ReadonlyMap<string, Intrinsic>,
  ) {
    this.#model = model;
    this.#convention = convention;
    this.#cells = cells;
    this.#intrinsics = intrinsics;
  }

  *load(place: SharedPlace, at: At): Kernel<CValue> {
    return yield* located(at, this.#cells.load(place, at));
  }

  *store(place: SharedPlace, value: CValue, at: At): Kernel {
    yield* located(at, this.#cells.store(place, value, at));
  }

  *update({ place, operator, operand, at }: Update): Kernel<bigint | undefined> {
    return yield* located(at, this.#cells.update(place, operator, operand, at));
  }

  intrinsic(name: string): Intrinsic | undefined {
    const found = this.#intrinsics.get(name);
    return found && { evaluated: found.evaluated, run: (call) => located(call.at, found.run(call)) };
  }

  runnerOf(name: string, c: CFunction | undefined): Runner | undefined {
    const isModels = this.#model.has(name);
    if (isModels && (c === undefined || KEPT.has(name))) return "model";
    if (c === undefined) return undefined;
    return ACCESSOR.test(name) ? "within" : "kernel function";
  }

  passes(type: CType): boolean {
    return this.#convention.passes(type);
  }

  *call(callable: Callable, args: readonly Held[], site: CallSite): Kernel<Held> {
    const passed = yield* this.#passed(callable, args, site.at);
    const isDropped = site.dropped && DROPPED.has(callable.name);
    const { file, line } = site.at;
    const result = yield {
      kind: "call",
      function: callable.name,
      arguments: passed,
      ignored: isDropped,
      at: { file, line },
    };
    // The runtime resumes with what the called function returned.
    return isDropped ? undefined : this.#convention.toC(result as Value, callable.result);
  }

  inside({ name }: CFunction, at: At, body: Kernel<Held>): Kernel<Held> {
    return ACCESSOR.test(name) ? relocated(at, body) : body;
  }

  *become(callable: Callable, args: readonly Held[], { at }: CallSite): Kernel<Held> {
    const passed = yield* this.#passed(callable, args, at);
    const result = yield {
      kind: "become",
      function: callable.name,
      arguments: passed,
      at: { file: at.file, line: at.line },
    };
    // It is never resumed.
    return this.#convention.toC(result as Value, callable.result);
  }

  *#passed(callable: Callable, args: readonly Held[], at: At): Kernel<readonly Value[]> {
    const { name, parameters, isPart } = callable;
    const isModels = !isPart && this.runnerOf(name, callable.of) === "model";
    const passed: Value[] = [];
    for (const [i, value] of args.entries()) {
      const passing = this.#convention.passing(callable, i, isModels);
      if (passing.how === "passed") {
        passed.push(this.#convention.toModel(value, parameters[i]?.type ?? { kind: "void" }, name, at));
      } else if (passing.how === "given") {
        const cpu = passing.perCpu ? yield* smp_processor_id() : 0;
        const must = passing.value(cpu);
        const isIt = must instanceof Pointer ? isPointerTo(value, must) : value === must;
        if (!isIt) throw notThatOne(callable, i, at);
      }
    }
    if (isModels) this.#mustTake(name, passed.length, at);
    return passed;
  }

  #mustTake(name: string, given: number, at: At): void {
    const takes = this.#model.get(name)?.body.length;
    if (takes === given) return;
    throw new CError(
      "PMC221",
      at,
      `${name}() is in the model, but not for such a call: it takes ${takes} arguments there, and is given ${given}`,
      "bind it to the model",
    );
  }

  arity(callable: Callable): number {
    return callable.parameters.filter((_, i) => this.#convention.passing(callable, i, false).how === "passed")
      .length;
  }

  *enter(callable: Callable, args: readonly Value[]): Kernel<readonly Held[]> {
    const values: Held[] = [];
    let next = 0;
    for (const [i, { type }] of callable.parameters.entries()) {
      const passing = this.#convention.passing(callable, i, false);
      if (passing.how === "given") {
        values.push(passing.value(passing.perCpu ? yield* smp_processor_id() : 0));
      } else values.push(this.#convention.toC(args[next++], type));
    }
    return values;
  }

  failure({ code, message }: CError): Error {
    return new PmucheckError(code, message);
  }

  leave(callable: Callable, result: Held): Value {
    const at = callable.of?.at ?? { file: "(model)", line: 0 };
    return this.#convention.toModel(result, callable.result, callable.name, at);
  }
}
