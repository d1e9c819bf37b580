/**
 * What a step leaves is frozen: a model that changes a value outside of a recipe gets an error at once.
 *
 * States share their values, and what is known is remembered by them. So a value that changed would change states that
 * were explored long ago, and a verdict would be about none of them.
 */
import { castDraft } from "immer";
import { describe, expect, test } from "vitest";

import { scenarios } from "../../models/catalogue.js";
import { Machine } from "../../src/runtime/machine.js";
import { Activation } from "../../src/spec/activation.js";
import { component, type View } from "../../src/spec/component.js";
import type { ErrorCode } from "../../src/spec/errors.js";
import { kernelFunction, operation, type KernelFunction } from "../../src/spec/kernel-function.js";
import { exchange } from "../../src/spec/symmetry.js";
import type { State, System } from "../../src/spec/system.js";
import type { Value } from "../../src/spec/value.js";
import { resolve } from "../support/models/checks.js";
import { cell, readCell, toySystem, writeCell } from "../support/systems/toy-system.js";

/** As a careless model declares it: nothing is readonly. */
interface Box {
  list: number[];
  inner: { deep: { n: number } };
}

const box = component<Box>("box");
const EMPTY = (): Box => ({ list: [], inner: { deep: { n: 0 } } });

/** The error of a function that changes what is frozen: with a code, and what JavaScript says to it. */
function refused(code: ErrorCode): unknown {
  return expect.objectContaining({ code, cause: expect.any(TypeError) as TypeError });
}

type Steps = Readonly<Record<string, (view: View) => void>>;

/** A box, and what can be done to it, each by name and at any time. */
class Boxed {
  readonly #machine: Machine;
  #state: readonly unknown[];

  constructor(steps: Steps, reset: unknown = EMPTY()) {
    const processes = Object.entries(steps).map(([name, perform]) => ({
      name,
      alternatives: () => [{ name, perform }],
    }));
    this.#machine = new Machine(systemOf({ box: reset }, { processes }));
    this.#state = this.#machine.initial;
  }

  take(name: string): void {
    const process = this.#machine.processes.indexOf(name);
    const [outcome] = this.#machine.run(process, (at) => this.#state[at]);
    this.#state = this.#state.map((value, at) => outcome?.writes.get(at) ?? value);
  }

  get value(): unknown {
    return this.#state[0];
  }
}

function systemOf(reset: State, more: Partial<System>): System {
  return {
    configuration: {},
    reset,
    functions: new Map(),
    processors: [],
    processes: [],
    signals: [],
    events: [],
    ...more,
  };
}

/** Everything within a value that could be changed, by its path. */
function unfrozen(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null) return [];
  if (value instanceof Activation)
    return [value.arguments, ...value.observed].flatMap((part) => unfrozen(part, `${path}.values`));
  return [
    ...(Object.isFrozen(value) ? [] : [path]),
    ...Object.entries(value).flatMap(([name, part]) => unfrozen(part, `${path}.${name}`)),
  ];
}

describe("a value of a component cannot be changed", () => {
  const meddle: Steps = {
    "its fields": (view) => {
      view.read(box).inner = { deep: { n: 1 } };
    },
    "what is deep in it": (view) => {
      view.read(box).inner.deep.n = 1;
    },
    "its list": (view) => {
      view.read(box).list.push(1);
    },
  };
  const ways: Steps = {
    "that the system began with": () => {},
    "that a recipe made": (view) =>
      view.update(box, (of) => {
        of.list.push(7);
        of.inner = { deep: { n: 7 } };
      }),
    "that a recipe changed in another place": (view) =>
      view.update(box, (of) => {
        of.list = [7];
      }),
    "that two recipes of one step made": (view) => {
      view.update(box, (of) => {
        of.inner.deep.n = 5;
      });
      view.update(box, (of) => {
        of.list.push(5);
      });
    },
    "that was frozen before, but not what is in it": (view) =>
      view.update(box, (of) => {
        of.inner = Object.freeze({ deep: { n: 7 } });
        of.list = [7];
      }),
  };

  describe.each(Object.keys(ways))("%s", (way) => {
    test.each(Object.keys(meddle))("%s", (how) => {
      const boxed = new Boxed({ ...ways, ...meddle });
      boxed.take(way);
      const before = structuredClone(boxed.value);
      expect(() => boxed.take(how)).toThrow(refused("PMC207"));
      expect(boxed.value).toEqual(before);
    });
  });

  test("by who made it elsewhere and kept it", () => {
    const mine = { deep: { n: 7 } };
    const boxed = new Boxed({
      put: (view) =>
        view.update(box, (of) => {
          of.inner = mine;
        }),
    });
    boxed.take("put");
    expect(() => {
      mine.deep.n = 8;
    }).toThrow(TypeError);
    expect(boxed.value).toEqual({ list: [], inner: { deep: { n: 7 } } });
  });

  test("by who kept the draft of a recipe", () => {
    let kept: Box["inner"] | undefined;
    const boxed = new Boxed({
      keep: (view) =>
        view.update(box, (of) => {
          kept = of.inner;
          of.list.push(7);
        }),
    });
    boxed.take("keep");
    expect(() => {
      if (kept !== undefined) kept.deep = { n: 8 };
    }).toThrow(TypeError);
  });

  test("when another name for it was made by a symmetry", () => {
    const { symmetry } = new Machine(
      systemOf(
        { box: EMPTY() },
        { symmetry: { generators: [], name: (name) => name, value: () => EMPTY() } },
      ),
    );
    const renamed = symmetry?.renaming(exchange(["a", "b"])).value(0, EMPTY());
    expect(renamed).toEqual(EMPTY());
    expect(unfrozen(renamed)).toEqual([]);
  });
});

describe("what can be changed although it is frozen, or is no plain data, is refused", () => {
  const foreign: Readonly<Record<string, unknown>> = {
    Map: new Map([[1, 2]]),
    Set: new Set([1]),
    Date: new Date(0),
    Uint8Array: Uint8Array.of(1, 2),
    function: () => 1,
    symbol: Symbol("s"),
  };
  const anything = component<{ value: unknown }>("box");

  test.each(Object.keys(foreign))("%s, in what the system begins with", (name) => {
    expect(() => new Boxed({}, { value: foreign[name] })).toThrow(
      `the reset of box failed: a ${name} cannot be part of a state`,
    );
  });

  test.each(Object.keys(foreign))("%s, in what a step leaves", (name) => {
    const boxed = new Boxed({
      put: (view) =>
        view.update(anything, (of) => {
          of.value = [foreign[name]];
        }),
    });
    expect(() => boxed.take("put")).toThrow(
      `put: 'put', changing box, failed: a ${name} cannot be part of a state`,
    );
  });
});

describe("kernel code cannot change", () => {
  /** Takes the only step that there is, until there is none. */
  function run(start: string, functions: readonly KernelFunction[], args: readonly Value[] = []): State {
    const machine = new Machine(
      toySystem([{ function: start, arguments: args }], functions, { x: 0, y: [1] }),
    );
    let state = machine.initialState;
    for (let steps = 0; steps < 10; steps++) {
      const [step] = machine.enabledSteps(state);
      if (step === undefined) return state;
      state = step.next;
    }
    throw new Error("it does not end");
  }

  /** Makes a list that nothing else has. */
  const freshList = operation<[], Value>({ name: "freshList", perform: () => [[1]] });

  test("its arguments", () => {
    const main = kernelFunction("main", function* (list: number[][]) {
      yield* readCell("x");
      list[0]?.push(2);
      yield* writeCell("x", list[0]?.length);
    });
    expect(() => run("main", [main], [[[1]]])).toThrow(refused("PMC204"));
  });

  test.each(["observed from a component", "that an operation made"])("a value %s", (from) => {
    const main = kernelFunction("main", function* () {
      const list = yield* from === "observed from a component" ? readCell("y") : freshList();
      // The cast is the carelessness that this is about.
      (list as Value[]).push(2);
      yield* writeCell("x", (list as Value[]).length);
    });
    expect(() => run("main", [main])).toThrow(refused("PMC204"));
  });

  test("a value that another function returned", () => {
    const list = kernelFunction("list", function* () {
      yield* readCell("x");
      return [[1]];
    });
    const main = kernelFunction("main", function* () {
      const got = yield* list();
      got[0]?.push(2);
      yield* writeCell("x", got[0]?.length);
    });
    expect(() => run("main", [main, list])).toThrow(refused("PMC204"));
  });

  test("by an operation, what it asked that for", () => {
    const append = operation<[number[]], void>({
      name: "append",
      perform: (view, _cpu, [list]) => {
        list.push(2);
        view.update(component<{ value: Value }>(cell("x").name), (of) => {
          of.value = castDraft(list);
        });
      },
    });
    const main = kernelFunction("main", function* () {
      yield* append([1]);
    });
    expect(() => run("main", [main])).toThrow(refused("PMC207"));
  });

  test("but what it makes for itself", () => {
    const main = kernelFunction("main", function* (list: readonly number[]) {
      const own = [...list];
      own.push(Number(yield* readCell("x")));
      own.push(2);
      yield* writeCell("x", own);
    });
    expect(run("main", [main], [[1]])).toMatchObject({ "cell.x": { value: [1, 0, 2] } });
  });
});

test.each(scenarios.map(({ name }) => name))("nothing in the first states of %s can be changed", (name) => {
  const { scenario, driver, configuration } = resolve({ scenario: name });
  const machine = new Machine(scenario.build(driver, configuration));
  const states = [machine.initialState];
  for (let at = 0; at < 50; at++) {
    for (const { next } of machine.enabledSteps(states[at] ?? {})) states.push(next);
  }
  expect(states.length).toBeGreaterThan(50);
  const found = states.flatMap((state) =>
    Object.entries(state).flatMap(([of, value]) => unfrozen(value, of)),
  );
  expect(found).toEqual([]);
});
