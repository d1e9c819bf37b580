/**
 * C functions are ordinary kernel functions: pmucheck's runtime asks them what they do next, runs them again against what they
 * observed, and finds them the same.
 */
import { describe, expect, test } from "vitest";

import type { Kernel, Value } from "../../src/cfront/base/kernel.js";
import {
  Aggregate,
  Coverage,
  kernelFunctionsOf,
  readProgram,
  showPlace,
  World,
  type Callable,
  type CError,
  type CValue,
  type Held,
  type Meaning,
  type SharedPlace,
} from "../../src/cfront/index.js";
import { Resumer, type Next } from "../../src/runtime/resume.js";
import { activation, type Activation } from "../../src/spec/activation.js";
import { operation } from "../../src/spec/kernel-function.js";
import { keyOf } from "../../src/spec/value.js";
import { FILE } from "./support/machine.js";

const load = operation<[string], bigint>({ name: "load", perform: () => 0n });
const store = operation<[string, bigint], void>({ name: "store", perform: () => undefined });

/** The smallest binding that there is: integers are bigints, structures are objects, places are named. */
class Plain implements Meaning {
  *load(place: SharedPlace): Kernel<CValue> {
    return yield* load(showPlace(place));
  }

  *store(place: SharedPlace, value: CValue): Kernel {
    yield* store(showPlace(place), value as bigint);
  }

  // oxlint-disable-next-line require-yield -- it has no such access
  *update(): Kernel<undefined> {
    return undefined;
  }

  intrinsic(): undefined {
    return undefined;
  }

  runnerOf(): "kernel function" {
    return "kernel function";
  }

  passes(): boolean {
    return true;
  }

  *call(callable: Callable, args: readonly Held[]): Kernel<Held> {
    const request = {
      kind: "call",
      function: callable.name,
      arguments: args.map(plain),
      ignored: false,
    } as const;
    return ofPlain((yield request) as Value);
  }

  *become(callable: Callable, args: readonly Held[]): Kernel<Held> {
    return ofPlain((yield { kind: "become", function: callable.name, arguments: args.map(plain) }) as Value);
  }

  arity({ parameters }: Callable): number {
    return parameters.length;
  }

  // oxlint-disable-next-line require-yield -- nothing has to be looked up
  *enter(_callable: Callable, args: readonly Value[]): Kernel<readonly Held[]> {
    return args.map(ofPlain);
  }

  leave(_callable: Callable, result: Held): Value {
    return plain(result);
  }

  failure(error: CError): Error {
    return error;
  }
}

function plain(value: Held): Value {
  if (value instanceof Aggregate) {
    return Object.fromEntries([...value.parts].map(([step, part]) => [String(step), plain(part)]));
  }
  return value as bigint | undefined;
}

function ofPlain(value: Value): Held {
  if (typeof value !== "object" || value === null) return value as bigint | undefined;
  const aggregate = new Aggregate();
  for (const [name, part] of Object.entries(value as Record<string, Value>))
    aggregate.parts.set(name, ofPlain(part));
  return aggregate;
}

function resumerOf(source: string): Resumer {
  const program = readProgram({
    prelude: [],
    units: [{ file: FILE, text: source }],
    include: () => undefined,
  });
  const world = new World(program, new Plain(), new Coverage(program.constants));
  return new Resumer(kernelFunctionsOf(world, program.functions.keys()));
}

function shown(next: Next): string {
  if (next.kind === "return") return `return ${keyOf(next.value)}`;
  const name = next.kind === "perform" ? next.operation.name : `${next.kind} ${next.function}`;
  return `${name}(${next.arguments.map(String).join(", ")})`;
}

/** What the activation does, given what each request observes, up to its end. */
function trace(resumer: Resumer, start: Activation, observations: readonly Value[]): string[] {
  let at = start;
  const did = [shown(resumer.next(at))];
  for (const value of observations) {
    at = at.observe(value);
    did.push(shown(resumer.next(at)));
  }
  return did;
}

describe("a C function", () => {
  const resumer = resumerOf(`
    struct counter { long value, limit; } counter;
    long clamp(long value) { return value > counter.limit ? counter.limit : value; }
    long run(long by) {
      long before;
    again:
      before = counter.value;
      if (before == 0) goto again;
      counter.value = clamp(before + by);
      return before;
    }
    void wait(void) { while (!counter.value) ; counter.limit = 7; }`);

  test("asks for one access after the other, and calls by name", () => {
    expect(trace(resumer, activation("run", [2n]), [5n, 7n, undefined])).toEqual([
      "load(counter.value)",
      "call clamp(7)",
      "store(counter.value, 7)",
      "return 5n",
    ]);
  });

  test("jumps back by a call, then by becoming", () => {
    expect(trace(resumer, activation("run", [2n]), [0n, 4n])).toEqual([
      "load(counter.value)",
      "call run@again(2)",
      "return 4n",
    ]);
    expect(trace(resumer, activation("run@again", [2n]), [0n])).toEqual([
      "load(counter.value)",
      "become run@again(2)",
    ]);
  });

  test("waits in a loop that is one activation per turn", () => {
    expect(trace(resumer, activation("wait", []), [{ how: 0n }, undefined])).toEqual([
      "call wait@while:12()",
      "store(counter.limit, 7)",
      "return u",
    ]);
    expect(trace(resumer, activation("wait@while:12", []), [0n])).toEqual([
      "load(counter.value)",
      "become wait@while:12()",
    ]);
    expect(resumer.next(activation("wait@while:12", []).observe(1n))).toEqual({
      kind: "return",
      value: { how: 0n },
    });
  });

  test("is a macro to traces if it is a part of another", () => {
    expect(resumer.isMacro("run")).toBe(false);
    expect(resumer.isMacro("run@again")).toBe(true);
  });
});
