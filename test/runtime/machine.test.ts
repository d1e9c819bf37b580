/**
 * The reference runtime: what a step is, how functions call each other, and which functions it refuses.
 */
import { fc, test as prop } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";

import { Machine, type EnabledStep } from "../../src/runtime/machine.js";
import { activation } from "../../src/spec/activation.js";
import {
  become,
  ignoring,
  kernelFunction,
  override,
  type KernelFunction,
} from "../../src/spec/kernel-function.js";
import type { Execution, State } from "../../src/spec/system.js";
import type { Value } from "../../src/spec/value.js";
import { privately, readCell, toySystem, writeCell } from "../support/systems/toy-system.js";

/** Runs the only CPU to its end and returns the texts of its events, a list per step. */
function run(machine: Machine, limit = 100): { readonly texts: readonly string[][]; readonly final: State } {
  const texts: string[][] = [];
  let [step]: readonly EnabledStep[] = machine.enabledSteps(machine.initialState);
  let final = machine.initialState;
  for (let at = 0; step !== undefined && at < limit; at++) {
    texts.push(
      step.label.events.map((event) => {
        if (event.kind === "enter") return `> ${event.function}`;
        if (event.kind === "leave") return `< ${event.function}${event.ignored ? " ignored" : ""}`;
        return event.text;
      }),
    );
    final = step.next;
    [step] = machine.enabledSteps(final);
  }
  return { texts: texts.slice(1), final };
}

function machineOf(
  start: string,
  functions: readonly KernelFunction[],
  args: readonly Value[] = [],
): Machine {
  return new Machine(toySystem([{ function: start, arguments: args }], functions, { x: 0, y: 0 }));
}

const add = kernelFunction("add", function* (a: number, b: number) {
  yield* privately();
  return a + b;
});

const copy = kernelFunction("copy", function* (from: string, to: string) {
  const value = yield* readCell(from);
  yield* writeCell(to, value);
  return yield* add(Number(value), 1);
});

describe("a step", () => {
  test("is one shared access and all that nobody else can see after it", () => {
    const main = kernelFunction("main", function* () {
      const sum = yield* copy("x", "y");
      yield* writeCell("x", sum);
    });
    const { texts, final } = run(machineOf("main", [main, copy, add]));
    expect(texts).toEqual([
      ["> copy", "readCell(x) = 0"],
      ["writeCell(y, 0)", "> add", "privately()", "< add", "< copy"],
      ["writeCell(x, 1)", "< main"],
    ]);
    expect(final).toMatchObject({
      "cell.x": { value: 1 },
      "cell.y": { value: 0 },
      "cpu0.run": { stack: [] },
    });
  });

  test("marks a result that the caller ignores", () => {
    const main = kernelFunction("main", function* () {
      yield* ignoring(copy, "x", "y");
      yield* writeCell("x", 5);
    });
    const { texts } = run(machineOf("main", [main, copy, add]));
    expect(texts[1]).toContain("< copy ignored");
  });

  test("leaves the state it starts from as it was", () => {
    const machine = machineOf("copy", [copy, add], ["x", "y"]);
    const before = JSON.stringify(machine.initialState);
    run(machine);
    expect(JSON.stringify(machine.initialState)).toBe(before);
  });
});

describe("functions", () => {
  test("are called by name, so an override serves every caller", () => {
    const main = kernelFunction("main", function* () {
      yield* writeCell("x", yield* add(1, 2));
    });
    const subtract = override(add, function* (a, b) {
      yield* privately();
      return a - b;
    });
    expect(run(machineOf("main", [main, add])).final).toMatchObject({ "cell.x": { value: 3 } });
    expect(run(machineOf("main", [main, add, subtract])).final).toMatchObject({ "cell.x": { value: -1 } });
  });

  test("that become themselves loop for ever in finitely many states", () => {
    const spin: KernelFunction<[], void> = kernelFunction("spin", function* () {
      yield* readCell("x");
      return yield* become(spin);
    });
    const machine = machineOf("spin", [spin]);
    const { final } = run(machine, 50);
    const [step] = machine.enabledSteps(final);
    expect(step?.next).toEqual(final);
  });

  test("that are interrupted between two accesses go on where they were, whatever the handler returns", () => {
    const handler = kernelFunction("handler", function* () {
      yield* writeCell("x", 7);
      return 99;
    });
    const system = toySystem([{ function: "copy", arguments: ["x", "y"] }], [copy, add, handler], {
      x: 3,
      y: 0,
    });
    const machine = new Machine(system);
    const after = (state: State) => machine.enabledSteps(state)[0]?.next ?? {};
    const afterRead = after(after(machine.initialState));
    const { stack } = afterRead["cpu0.run"] as Execution;
    const interrupted = { ...afterRead, "cpu0.run": { stack: [...stack, activation("handler", [])] } };
    // copy had read 3 before the handler changed x, and writes what it had read.
    expect(after(interrupted)).toMatchObject({ "cell.x": { value: 7 }, "cpu0.run": { stack } });
    expect(after(after(interrupted))).toMatchObject({ "cell.y": { value: 3 }, "cpu0.run": { stack: [] } });
  });
});

describe("a faulty function is refused", () => {
  test("if it is not deterministic (PMC201)", () => {
    let calls = 0;
    const moody = kernelFunction("moody", function* () {
      calls++;
      yield* writeCell("x", calls);
      yield* writeCell("y", 1);
    });
    expect(() => run(machineOf("moody", [moody]))).toThrow(
      expect.objectContaining({
        code: "PMC201",
        message: expect.stringContaining("moody() is not deterministic: given the same") as string,
      }),
    );
  });

  test("if its result changes when it is run again (PMC201)", () => {
    let calls = 0;
    const moody = kernelFunction("moody", function* () {
      yield* readCell("x");
      return ++calls;
    });
    expect(() => run(machineOf("moody", [moody]))).toThrow(expect.objectContaining({ code: "PMC201" }));
  });

  test("if it calls what is not modelled (PMC202)", () => {
    const main = kernelFunction("main", function* () {
      yield* readCell("x");
      yield* add(1, 2);
    });
    expect(() => run(machineOf("main", [main]))).toThrow("the kernel function 'add' is not modelled");
  });

  test("if it never makes a shared access again (PMC203)", () => {
    const spin: KernelFunction<[], void> = kernelFunction("spin", function* () {
      yield* privately();
      return yield* become(spin);
    });
    expect(() => run(machineOf("spin", [spin]))).toThrow(expect.objectContaining({ code: "PMC203" }));
  });

  test("if it throws, by name (PMC204)", () => {
    const broken = kernelFunction("broken", function* () {
      yield* readCell("x");
      throw new RangeError("no such index");
    });
    expect(() => run(machineOf("broken", [broken]))).toThrow(
      expect.objectContaining({ code: "PMC204", message: "broken() failed: no such index" }),
    );
  });
});

describe("activations are pure", () => {
  // A program is a list of cells to read, each followed by a write of what was read to the next cell.
  const program = kernelFunction("program", function* (cells: readonly string[]) {
    let sum = 0;
    for (const name of cells) {
      sum += Number(yield* readCell(name));
      yield* writeCell(name, sum);
    }
    return sum;
  });

  prop.prop([fc.array(fc.constantFrom("x", "y"), { maxLength: 6 })])(
    "the same state always has the same steps, on this machine or another",
    (cells) => {
      const one = machineOf("program", [program], [cells]);
      const other = machineOf("program", [program], [cells]);
      const first = run(one);
      expect(run(one)).toEqual(first);
      expect(run(other)).toEqual(first);
    },
  );
});
