/**
 * Models that throw while they are run: an error with a code, that says what threw, and has what was thrown as its cause.
 */
import { describe, expect, test } from "vitest";

import { Machine } from "../../src/runtime/machine.js";
import { activation } from "../../src/spec/activation.js";
import { component, type View } from "../../src/spec/component.js";
import { PmucheckError } from "../../src/spec/errors.js";
import {
  kernelFunction,
  operation,
  type KernelFunction,
  type Operation,
} from "../../src/spec/kernel-function.js";
import { exchange } from "../../src/spec/symmetry.js";
import type { Alternative, Process, Processor, System, SystemSymmetry } from "../../src/spec/system.js";
import type { Value } from "../../src/spec/value.js";
import { cell, privately, readCell, toySystem, writeCell } from "../support/systems/toy-system.js";

const OOPS = new RangeError("oops");
const oops = (): never => {
  throw OOPS;
};
const NEXT_STEP = "a model must not throw, and must change components by recipes of update() only";

const x = component<{ value: Value }>(cell("x").name);

/** Runs everything that can happen, on the way that the first step of each state takes. */
function runToEnd(system: System): void {
  const machine = new Machine(system);
  let state = machine.initialState;
  for (let steps = 0; steps < 20; steps++) {
    const [first] = machine.enabledSteps(state);
    if (first === undefined) return;
    state = first.next;
  }
}

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

/** One CPU that runs main, and the cell x. */
function systemOf(main: KernelFunction, more: Partial<System> = {}): System {
  return { ...toySystem([{ function: "main", arguments: [] }], [main], { x: 0 }), ...more };
}

const reading = kernelFunction("main", function* () {
  yield* readCell("x");
});

function withProcess(process: Partial<Process>): System {
  const other: Process = { name: "other", alternatives: () => [], ...process };
  return systemOf(reading, { processes: [other] });
}

/** A process with one alternative, `act`. */
function acting(perform: Alternative["perform"]): System {
  return withProcess({ alternatives: () => [{ name: "act", perform }] });
}

function withProcessor(change: Partial<Processor>): System {
  const system = systemOf(reading);
  return { ...system, processors: system.processors.map((one) => ({ ...one, ...change })) };
}

/** Its CPU calls an operation after it has read x. */
function performing(definition: Partial<Operation<[number], Value>>): System {
  const asked = operation<[number], Value>({ name: "asked", perform: () => 0, ...definition });
  return systemOf(
    kernelFunction("main", function* () {
      yield* readCell("x");
      yield* asked(1);
      yield* privately();
    }),
  );
}

describe("the error says who threw, and in which function", () => {
  test.each<readonly [string, System, string]>([
    ["alternatives", withProcess({ alternatives: oops }), "other: alternatives()"],
    ["an alternative", acting(oops), "other: 'act'"],
    ["a recipe", acting((view) => view.update(x, oops)), "other: 'act', changing cell.x,"],
    [
      "what comes after a recipe",
      acting((view) => {
        view.update(x, (of) => {
          of.value = 1;
        });
        oops();
      }),
      "other: 'act'",
    ],
    [
      "body",
      withProcessor({ body: oops, mayExecute: () => true, execution: component("empty") }),
      "cpu0: body()",
    ],
    ["mayExecute", withProcessor({ mayExecute: oops }), "cpu0: mayExecute()"],
    ["level", withProcessor({ level: oops }), "cpu0: level()"],
    ["afterStep", withProcessor({ afterStep: oops }), "cpu0: afterStep()"],
    ["enabled", performing({ enabled: oops }), "cpu0: enabled() of asked() in main()"],
    ["choices", performing({ choices: oops }), "cpu0: choices() of asked() in main()"],
    ["an operation", performing({ perform: oops }), "cpu0: asked() in main()"],
    ["a private operation", performing({ local: true, perform: oops }), "cpu0: asked() in main()"],
    ["what shows an operation", performing({ show: oops }), "cpu0: asked() in main()"],
    [
      "an operation's recipe",
      performing({
        perform: (view: View) => {
          view.update(x, oops);
          return 0;
        },
      }),
      "cpu0: asked() in main(), changing cell.x,",
    ],
  ])("%s", (_, system, place) => {
    const empty = { ...system, reset: { ...system.reset, empty: { stack: [] } } };
    const error = thrownBy(() => runToEnd(empty));
    expect(error).toBeInstanceOf(PmucheckError);
    expect(error).toMatchObject({ code: "PMC207", message: `${place} failed: oops; ${NEXT_STEP}` });
    expect((error as PmucheckError).cause).toBe(OOPS);
  });

  test("a CPU without a stack", () => {
    const error = thrownBy(() => runToEnd(withProcessor({ execution: component("cell.x") })));
    expect(error).toMatchObject({ code: "PMC207" });
    expect(String(error)).toContain("cpu0: the stack failed: Cannot read properties of undefined");
  });

  test("what a later alternative throws is not the first one's", () => {
    const alternatives = () => [
      { name: "first", perform: () => undefined },
      { name: "second", perform: oops },
    ];
    expect(() => runToEnd(withProcess({ alternatives }))).toThrow("other: 'second' failed: oops");
  });

  test("what is thrown may be anything", () => {
    const perform = (): void => {
      // oxlint-disable-next-line typescript/only-throw-error -- JavaScript may
      throw "a word";
    };
    const error = thrownBy(() => runToEnd(acting(perform)));
    expect(error).toMatchObject({ code: "PMC207", cause: "a word" });
    expect(String(error)).toContain("other: 'act' failed: a word;");
  });
});

describe("what is no plain data is refused where somebody knows who made it", () => {
  const map = new Map() as unknown as Value;
  const mapped = "a Map cannot be part of a state: only plain data can";

  test("the result of an operation", () => {
    expect(thrownBy(() => runToEnd(performing({ perform: () => map })))).toMatchObject({
      code: "PMC207",
      message: `cpu0: asked() in main() failed: ${mapped}; ${NEXT_STEP}`,
    });
  });

  test("what an operation leaves in a component", () => {
    const perform = (view: View) => {
      view.update(x, (of) => {
        of.value = map as never;
      });
      return 0;
    };
    expect(thrownBy(() => runToEnd(performing({ perform })))).toMatchObject({
      code: "PMC207",
      message: `cpu0: the step of asked(), changing cell.x, failed: ${mapped}; ${NEXT_STEP}`,
    });
  });

  test.each<readonly [string, Value, string]>([
    ["a Map", map, mapped],
    ["a function", (() => 1) as never, "a function cannot be part of a state: only plain data can"],
  ])("%s among the arguments that kernel code gives, or its result: PMC204", (_, value, words) => {
    const giving = kernelFunction("main", function* () {
      yield* writeCell("x", value);
    });
    const returning = kernelFunction("main", function* () {
      yield* readCell("x");
      return value;
    });
    for (const main of [giving, returning]) {
      const error = thrownBy(() => runToEnd(systemOf(main)));
      expect(error).toMatchObject({ code: "PMC204", message: `main() failed: ${words}` });
      expect((error as PmucheckError).cause).toBeInstanceOf(TypeError);
    }
  });
});

describe("kernel code", () => {
  test("that throws before it asks for anything", () => {
    const main = kernelFunction("main", function* (first: number = oops()) {
      yield* writeCell("x", first);
    });
    const error = thrownBy(() => runToEnd(systemOf(main)));
    expect(error).toMatchObject({ code: "PMC204", message: "main() failed: oops" });
    expect((error as PmucheckError).cause).toBe(OOPS);
  });

  test("that has a choice at boot", () => {
    const forking = operation<[], void>({
      name: "forking",
      choices: () => ["left", "right"],
      perform: () => undefined,
    });
    const main = kernelFunction("main", function* () {
      yield* forking();
    });
    const system = systemOf(main);
    const processors = system.processors.map((one) => ({ ...one, mayExecute: () => true }));
    expect(thrownBy(() => new Machine({ ...system, processors }))).toMatchObject({
      code: "PMC207",
      message: "cpu0 has a choice at boot, 'right': a system boots in one way",
    });
  });
});

describe("what is not the model's doing", () => {
  test("an error that has a code stays what it is", () => {
    const coded = new PmucheckError("PMC203", "too deep");
    const failing = (): never => {
      throw coded;
    };
    for (const system of [withProcess({ alternatives: failing }), withProcessor({ mayExecute: failing })]) {
      expect(thrownBy(() => runToEnd(system))).toBe(coded);
    }
    const gone = component<number>("gone");
    const system = acting((view) => void view.read(gone));
    expect(thrownBy(() => runToEnd(system))).toMatchObject({ code: "PMC205" });
  });

  test("a process that there is not is nobody's but the caller's", () => {
    const machine = new Machine(systemOf(reading));
    expect(thrownBy(() => machine.run(99, () => undefined))).toEqual(
      new RangeError("there is no process 99"),
    );
  });
});

describe("a symmetry that throws is none", () => {
  const ab = exchange(["a", "b"]);
  const renaming = (change: Partial<SystemSymmetry>) => {
    const symmetry: SystemSymmetry = { generators: [ab], name: (of) => of, value: (_, of) => of, ...change };
    return new Machine(systemOf(reading, { symmetry })).symmetry?.renaming(ab);
  };
  const next = "correct what the model says of exchanged names, or check without --symmetry";

  test("by a name", () => {
    const error = thrownBy(() => renaming({ name: oops }));
    expect(error).toMatchObject({
      code: "PMC206",
      message: `name() of go by a <-> b failed: oops; ${next}`,
      cause: OOPS,
    });
  });

  test.each<readonly [string, SystemSymmetry["value"], string]>([
    ["by a value", oops, "oops"],
    ["by a value that is none", () => new Map(), "a Map cannot be part of a state: only plain data can"],
  ])("%s", (_, value, words) => {
    expect(thrownBy(() => renaming({ value })?.value(0, 1))).toMatchObject({
      code: "PMC206",
      message: `value() of go by a <-> b failed: ${words}; ${next}`,
    });
  });
});

test("activations of kernel code that throws are not remembered as anything else", () => {
  const main = kernelFunction("main", function* () {
    yield* readCell("x");
    oops();
  });
  const machine = new Machine(systemOf(main));
  const values = machine.initial.map((value, at) =>
    machine.components[at] === "go"
      ? { value: true }
      : machine.components[at] === "cpu0.run"
        ? { stack: [activation("main", [])] }
        : value,
  );
  for (let again = 0; again < 2; again++) {
    expect(thrownBy(() => machine.run(0, (at) => values[at]))).toMatchObject({ code: "PMC204", cause: OOPS });
  }
});
