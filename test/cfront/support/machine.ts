/**
 * A machine without pmucheck around it: shared memory is a table of values, kernel functions call each other directly, and
 * every access and every kernel function that begins is written down.
 */
// oxlint-disable require-yield -- what it is asked it answers at once
import type { FunctionTable, Kernel, Value } from "../../../src/cfront/base/kernel.js";
import {
  Aggregate,
  CError,
  Coverage,
  initialValueOf,
  kernelFunctionsOf,
  readProgram,
  showPlace,
  showType,
  World,
  type At,
  type Callable,
  type CFunction,
  type CType,
  type CValue,
  type Held,
  type Intrinsic,
  type Limits,
  type Meaning,
  type Program,
  type Runner,
  type SharedPlace,
  type Update,
} from "../../../src/cfront/index.js";

export interface Setup {
  /** Further files that `#include` finds, by name. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly prelude?: string;
  readonly intrinsics?: Readonly<Record<string, Intrinsic>>;
  /** Functions of the model: what they return, given what they are passed. */
  readonly model?: Readonly<Record<string, (...args: readonly Held[]) => Held>>;
  readonly limits?: Partial<Limits>;
  /** A type that is not passed, as C writes it. */
  readonly notPassed?: string;
  /** C functions that run within their callers. */
  readonly within?: readonly string[];
  /** By place, as errors show it: what other loads say. */
  readonly memory?: Readonly<Record<string, CValue>>;
  /** `|=` and its like are one access. */
  readonly updates?: boolean;
}

/** Thrown by `become`, caught by the caller of the function that becomes another. */
class Becoming {
  readonly name: string;
  readonly args: readonly Held[];

  constructor(name: string, args: readonly Held[]) {
    this.name = name;
    this.args = args;
  }
}

export const FILE = "test.c";

export class TestMachine implements Meaning {
  readonly program: Program;
  readonly coverage: Coverage;
  readonly world: World;
  /** Every access, in order. */
  readonly accesses: string[] = [];
  /** Every kernel function that began, with its arguments; behind `>` if another became it. */
  readonly entered: string[] = [];
  readonly #setup: Setup;
  readonly #memory = new Map<string, CValue>();
  readonly #functions: FunctionTable;
  readonly #passed: (readonly Held[])[] = [];

  constructor(source: string, setup: Setup = {}) {
    const { headers = {}, prelude } = setup;
    this.#setup = setup;
    this.program = readProgram({
      prelude: prelude === undefined ? [] : [{ file: "prelude.h", text: prelude }],
      units: [{ file: FILE, text: source }],
      include: ({ name }) => {
        const text = headers[name];
        return text === undefined ? undefined : { file: name, text };
      },
    });
    this.coverage = new Coverage(this.program.constants);
    const limits = { depth: 20, turns: 1000, ...setup.limits };
    this.world = new World(this.program, this, this.coverage, limits);
    this.#functions = kernelFunctionsOf(this.world, this.program.functions.keys());
    for (const [place, value] of Object.entries(setup.memory ?? {})) this.#memory.set(place, value);
  }

  /** Calls a C function and returns what it returns. Throws what it throws. */
  run(name: string, ...args: readonly Held[]): Held {
    return this.#start(name, args);
  }

  #start(name: string, args: readonly Held[]): Held {
    let next = { name, args };
    for (let turns = 0; turns < 100; turns++) {
      const found = this.#functions.get(next.name);
      if (found === undefined) throw new Error(`there is no kernel function ${next.name}`);
      this.entered.push(`${turns === 0 ? "" : "> "}${next.name}(${next.args.map(showHeld).join(", ")})`);
      this.#passed.push(next.args);
      try {
        // A table knows no signatures. Ours take and return the index of what was passed.
        const body = found.body as unknown as (passed: number) => Kernel<number>;
        const { value, done } = body(this.#passed.length - 1).next();
        if (done !== true) throw new Error("a kernel function asked for what this machine has not");
        return this.#passed[value]?.[0];
      } catch (error) {
        if (!(error instanceof Becoming)) throw error;
        next = error;
      }
    }
    throw new Error(`${name} becomes others for ever`);
  }

  *load(place: SharedPlace, _at: At): Kernel<CValue> {
    const shown = showPlace(place);
    this.accesses.push(`load ${shown}`);
    return this.#valueAt(place, shown);
  }

  #valueAt(place: SharedPlace, shown: string): CValue {
    const known = this.#memory.get(shown);
    if (known !== undefined) return known;
    const { variable } = place.object;
    if (variable === undefined) throw new Error(`nothing is at ${shown}`);
    let value: Held = initialValueOf(this.world, variable);
    for (const step of place.path) value = value instanceof Aggregate ? value.parts.get(step) : undefined;
    if (value === undefined) throw new Error(`nothing is at ${shown}`);
    return value;
  }

  *store(place: SharedPlace, value: CValue, _at: At): Kernel {
    const shown = showPlace(place);
    this.accesses.push(`store ${shown} = ${showHeld(value)}`);
    this.#memory.set(shown, value);
  }

  *update({ place, operator, operand }: Update): Kernel<bigint | undefined> {
    if (this.#setup.updates !== true || operator !== "|") return undefined;
    const shown = showPlace(place);
    const before = this.#valueAt(place, shown) as bigint;
    this.accesses.push(`update ${shown} |= ${operand}`);
    this.#memory.set(shown, before | operand);
    return before;
  }

  intrinsic(name: string): Intrinsic | undefined {
    return this.#setup.intrinsics?.[name];
  }

  runnerOf(name: string, c: CFunction | undefined): Runner | undefined {
    if (this.#setup.model?.[name] !== undefined) return "model";
    if (c === undefined) return undefined;
    return this.#setup.within?.includes(name) === true ? "within" : "kernel function";
  }

  passes(type: CType): boolean {
    return showType(type) !== this.#setup.notPassed;
  }

  *call({ name }: Callable, args: readonly Held[]): Kernel<Held> {
    const modelled = this.#setup.model?.[name];
    return modelled === undefined ? this.#start(name, args) : modelled(...args);
  }

  *become({ name }: Callable, args: readonly Held[]): Kernel<Held> {
    throw new Becoming(name, args);
  }

  arity({ parameters }: Callable): number {
    return parameters.length;
  }

  *enter(_callable: Callable, [passed]: readonly Value[]): Kernel<readonly Held[]> {
    return this.#passed[passed as number] ?? [];
  }

  failure(error: CError): Error {
    return error;
  }

  leave(_callable: Callable, result: Held): Value {
    return this.#passed.push([result]) - 1;
  }
}

export function showHeld(value: Held): string {
  if (value === undefined) return "?";
  if (typeof value === "bigint") return String(value);
  if (value instanceof Aggregate) {
    return `{${[...value.parts].map(([step, part]) => `${step}: ${showHeld(part)}`).join(", ")}}`;
  }
  return "to" in value ? `&${showPlace(value.to)}` : value.name;
}

/** The code and the place of the error that running a function ends in. */
export function errorOf(run: () => unknown): { code: string; line: number; message: string } {
  try {
    run();
  } catch (error) {
    if (error instanceof CError) return { code: error.code, line: error.at.line, message: error.message };
    throw error;
  }
  throw new Error("it did not fail");
}
