/**
 * What each mistake makes of a function, on a toy machine whose accesses can be read off.
 */
import { describe, expect, test } from "vitest";

import { explore } from "../../src/engine/explore.js";
import { driverMutants } from "../../src/mutate/driver-mutants.js";
import type { Mutant } from "../../src/mutate/mutant.js";
import { Recorder } from "../../src/mutate/recording.js";
import { Machine } from "../../src/runtime/machine.js";
import { kernelFunction, type KernelFunction } from "../../src/spec/kernel-function.js";
import type { System } from "../../src/spec/system.js";
import type { Value } from "../../src/spec/value.js";
import { privately, readCell, toySystem, writeCell } from "../support/systems/toy-system.js";

const WATCH_NOTHING = { goals: [], cycles: [], witnesses: [] };

function systemOf(...functions: readonly KernelFunction[]): System {
  return toySystem([{ function: "f", arguments: [] }], functions, { a: 0, b: 0 });
}

function mutantsOf(system: System): Mutant[] {
  const recorder = new Recorder();
  const recorded = recorder.record(system, "toy", new Set(["f"]));
  explore(new Machine(recorded), WATCH_NOTHING, { maxStates: 1000 });
  const bodies = new Map(
    [...system.functions].map(([name, { body }]) => [
      name,
      (args: readonly Value[]) => body(...(args as never)),
    ]),
  );
  return driverMutants(recorder, bodies, ["f"]);
}

/** The accesses of the only run of a system. */
function accessesOf(system: System): string[] {
  const machine = new Machine(system);
  const texts: string[] = [];
  let steps = machine.enabledSteps(machine.initialState);
  for (; steps[0] !== undefined; steps = machine.enabledSteps(steps[0].next)) {
    texts.push(
      ...steps[0].label.events.flatMap((event) =>
        event.kind === "access" && !event.local ? [event.text] : [],
      ),
    );
  }
  return texts;
}

function runs(...functions: readonly KernelFunction[]): Record<string, string[]> {
  const system = systemOf(...functions);
  return Object.fromEntries(mutantsOf(system).map(({ name, apply }) => [name, accessesOf(apply(system))]));
}

describe("mutants of a function", () => {
  test("drop, repeat and swap one access; private ones stay where they are", () => {
    const f = kernelFunction("f", function* () {
      yield* writeCell("a", 1);
      yield* privately();
      yield* writeCell("a", 2);
    });
    expect(runs(f)).toEqual({
      "drop f: writeCell": ["writeCell(a, 2)"],
      "repeat f: writeCell": ["writeCell(a, 1)", "writeCell(a, 1)", "writeCell(a, 2)"],
      "swap f: writeCell": ["writeCell(a, 2)", "writeCell(a, 1)"],
      "drop f: writeCell #2": ["writeCell(a, 1)"],
      "repeat f: writeCell #2": ["writeCell(a, 1)", "writeCell(a, 2)", "writeCell(a, 2)"],
    });
  });

  test("leave alone what only reads, and calls of what only reads", () => {
    const g = kernelFunction("g", function* () {
      return yield* readCell("a");
    });
    const f = kernelFunction("f", function* () {
      yield* writeCell("b", yield* g());
    });
    expect(Object.keys(runs(f, g))).toEqual(["drop f: writeCell", "repeat f: writeCell"]);
  });

  test("never invent a result that is used", () => {
    const g = kernelFunction("g", function* () {
      yield* writeCell("a", 7);
      return 7;
    });
    const f = kernelFunction("f", function* () {
      yield* writeCell("b", yield* g());
    });
    expect(Object.keys(runs(f, g))).toEqual(["repeat f: g()", "drop f: writeCell", "repeat f: writeCell"]);
  });

  test("drop and swap a call whose result is dropped", () => {
    const g = kernelFunction("g", function* () {
      yield* writeCell("a", 7);
      return 7;
    });
    const f = kernelFunction("f", function* () {
      yield* g();
      yield* writeCell("b", 1);
    });
    expect(runs(f, g)).toMatchObject({
      "drop f: g()": ["writeCell(b, 1)"],
      "swap f: g()": ["writeCell(b, 1)", "writeCell(a, 7)"],
    });
  });
});
