/** C functions as kernel functions: what a driver's function table takes. */
import { CError } from "./base/errors.js";
import { kernelFunction, macro, type FunctionTable, type KernelFunction, type Value } from "./base/kernel.js";
import type { Outline, Part } from "./flow/outline.js";
import type { Program } from "./parse/program.js";
import { runPart } from "./run/frame.js";
import type { World } from "./run/world.js";
import type { CFunction } from "./syntax/syntax.js";
import { allOf } from "./syntax/walk.js";

/**
 * The kernel functions of the C functions so named and of their outlined parts, by the names that calls have. A function that
 * runs within its callers is in it by its parts only. One that cannot be parsed is an error when it is called.
 * Throws PMC221 for a name of which the program has no body.
 */
export function kernelFunctionsOf(world: World, names: Iterable<string>): FunctionTable {
  const table = new Map<string, KernelFunction>();
  for (const name of names) {
    const of = world.program.functions.get(name);
    if (of === undefined) {
      throw new CError(
        "PMC221",
        { file: "(program)", line: 0 },
        `no file has a body of ${name}()`,
        "load the file that does",
      );
    }
    for (const part of partsOf(world, of)) table.set(part.functionName, part);
  }
  return table;
}

function partsOf(world: World, of: CFunction): readonly KernelFunction[] {
  const { meaning } = world;
  const runner = meaning.runnerOf(of.name, of);
  const isWhole = runner === "kernel function";
  let outline: Outline;
  try {
    outline = world.outline(of);
  } catch (error) {
    if (!(error instanceof CError)) throw error;
    return isWhole ? [broken(of, meaning.failure(error))] : [];
  }
  const parts = [...outline.labels.values(), ...outline.loops.values()];
  return (isWhole ? [outline.whole, ...parts] : parts).map((part) => functionOf(world, of, part));
}

function functionOf(world: World, of: CFunction, part: Part): KernelFunction {
  const { callable } = part;
  const { meaning } = world;
  const define = callable.isPart ? macro : kernelFunction;
  const body = function* (...args: readonly Value[]) {
    try {
      const result = yield* runPart(world, of, part, yield* meaning.enter(callable, args));
      return meaning.leave(callable, result);
    } catch (error) {
      throw error instanceof CError ? meaning.failure(error) : error;
    }
  };
  // A change of the function is held against what it takes (src/spec/fix.ts).
  Object.defineProperty(body, "length", { value: meaning.arity(callable) });
  return define(callable.name, body);
}

function broken({ name }: CFunction, error: Error): KernelFunction {
  // oxlint-disable-next-line require-yield -- it ends before it asks anything
  return kernelFunction(name, function* () {
    throw error;
  });
}

/** The functions that a function's body names, called or not. Throws PMC220 if it cannot be parsed. */
export function namedBy({ definition }: CFunction): ReadonlySet<string> {
  const names = new Set<string>();
  if (definition === undefined) return names;
  for (const node of allOf(definition.body().block)) {
    if (node.kind === "name" && node.declared?.kind === "function") names.add(node.name);
  }
  return names;
}

/**
 * The functions with a body that can be reached from those so named. `also` gives what calls through pointers lead to, which
 * the C alone does not say. What is named in a function that cannot be parsed is not followed.
 */
export function reachableFrom(
  program: Program,
  roots: Iterable<string>,
  also: (of: CFunction) => Iterable<string> = () => [],
): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = [...roots];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const of = program.functions.get(name);
    if (of === undefined || reached.has(name)) continue;
    reached.add(name);
    waiting.push(...calledBy(of), ...also(of));
  }
  return reached;
}

function calledBy(of: CFunction): Iterable<string> {
  try {
    return namedBy(of);
  } catch (error) {
    if (error instanceof CError) return [];
    throw error;
  }
}
