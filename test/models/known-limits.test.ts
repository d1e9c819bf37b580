/**
 * What these models cannot see, as tests: each shows a behaviour that real machines have and that is not found here.
 *
 * A test that fails says that a limit is gone: move it to the tests of what is modelled, and take it off the register
 * of deviations (models/deviations.ts).
 */
import { describe, expect, test } from "vitest";

import { explore } from "../../src/engine/explore.js";
import { Machine } from "../../src/runtime/machine.js";
import { kernelFunction, operation, type KernelFunction } from "../../src/spec/kernel-function.js";
import type { Observation } from "../../src/spec/observation.js";
import { showValue, type Value } from "../../src/spec/value.js";
import { checked } from "../support/models/checks.js";
import { readCell, toySystem, writeCell } from "../support/systems/toy-system.js";

/** Says what it saw, in an observation that nothing else makes here. */
const note = operation<[Value], void>({
  name: "note",
  perform: (view, cpu, [value]) => view.observe({ kind: "warning", cpu, text: showValue(value) }),
});

/** Which of these notes some execution makes. */
function notes(
  starts: readonly string[],
  functions: readonly KernelFunction[],
  cells: Readonly<Record<string, Value>>,
  looked: readonly string[],
): readonly string[] {
  const calls = starts.map((name) => ({ function: name, arguments: [] }));
  const machine = new Machine(toySystem(calls, functions, cells));
  const says = (text: string) => (of: Observation) => of.kind === "warning" && of.text === text;
  const watch = { goals: [], cycles: [], witnesses: looked.map(says) };
  const { witnesses } = explore(machine, watch, { maxStates: 1e5 });
  return looked.filter((_, i) => witnesses[i]);
}

describe("the memory model between CPUs", () => {
  const first = kernelFunction("first", function* () {
    yield* writeCell("x", 1);
    const y = yield* readCell("y");
    if (y === 0) yield* writeCell("saw", `${showValue(yield* readCell("saw"))}0`);
    yield* note(yield* readCell("saw"));
  });
  const second = kernelFunction("second", function* () {
    yield* writeCell("y", 1);
    const x = yield* readCell("x");
    if (x === 0) yield* writeCell("saw", `${showValue(yield* readCell("saw"))}0`);
    yield* note(yield* readCell("saw"));
  });

  test("store buffering (SB: both CPUs read 0), which Arm allows, is not found", () => {
    const seen = notes(["first", "second"], [first, second], { x: 0, y: 0, saw: "" }, ["", "0", "00"]);
    expect(seen).toContain("0");
    expect(seen).not.toContain("00");
  });
});

describe("the compiler's and the CPU's reordering of plain accesses", () => {
  const writer = kernelFunction("writer", function* () {
    yield* writeCell("data", 1);
    yield* writeCell("flag", 1);
  });
  const reader = kernelFunction("reader", function* () {
    const flag = yield* readCell("flag");
    const data = yield* readCell("data");
    yield* note(`${showValue(flag)}${showValue(data)}`);
  });

  test("message passing without barriers (MP: flag seen, data not), which Arm allows, is not found", () => {
    const seen = notes(["writer", "reader"], [writer, reader], { data: 0, flag: 0 }, [
      "00",
      "01",
      "10",
      "11",
    ]);
    expect(seen).toEqual(["00", "01", "11"]);
  });
});

describe("real time", () => {
  test("an interrupt line may stay unseen for longer than any machine takes: a loss that a real line would not allow is found", () => {
    const of = (lag: string) =>
      checked({
        scenario: "return-to-user",
        property: "no-loss",
        driver: "linux-6.12",
        set: { irq: "irq", lag },
      }).verdict;
    expect(of("2")).toBe("holds");
    expect(of("any")).toBe("violated");
  });
});
