/**
 * What counts as equivalent: systems that cannot be told apart from outside of their kernel code.
 */
import { describe, expect, test } from "vitest";

import { areBisimilar } from "../../../src/check/equivalence/bisimulation.js";
import { behaviourOf, Labels, SILENT, type Behaviour } from "../../../src/check/equivalence/behaviour.js";
import { Machine } from "../../../src/runtime/machine.js";
import { kernelFunction, operation, type Kernel } from "../../../src/spec/kernel-function.js";
import type { System } from "../../../src/spec/system.js";
import { showValue } from "../../../src/spec/value.js";
import { cell, readCell, toySystem, writeCell } from "../../support/systems/toy-system.js";

/** Steps of state 0, 1, 2 ..., each as [label, state]. */
function graph(...steps: readonly (readonly (readonly [label: number, to: number])[])[]): Behaviour {
  return { initial: 0, steps: steps.map((of) => of.map(([label, to]) => ({ label, to }))) };
}

const [A, B, C] = [1, 2, 3];

describe("two behaviours are bisimilar", () => {
  const once = graph([[A, 1]], []);

  test.each([
    ["if one has silent steps besides", graph([[SILENT, 1]], [[A, 2]], [[SILENT, 3]], []), true],
    [
      "if states of one do the same",
      graph(
        [
          [A, 1],
          [A, 2],
        ],
        [],
        [],
      ),
      true,
    ],
    ["but not with another label", graph([[B, 1]], []), false],
    ["but not if one goes on", graph([[A, 1]], [[B, 1]]), false],
    [
      "but not if a silent step can take a choice away",
      graph(
        [
          [A, 1],
          [SILENT, 2],
        ],
        [],
        [],
      ),
      false,
    ],
  ])("%s", (_, other, expected) => {
    expect([areBisimilar(once, other), areBisimilar(other, once)]).toEqual([expected, expected]);
  });

  test("only if they choose at the same points, and not merely if they have the same sequences", () => {
    const late = graph(
      [[A, 1]],
      [
        [B, 2],
        [C, 2],
      ],
      [],
    );
    const early = graph(
      [
        [A, 1],
        [A, 2],
      ],
      [[B, 3]],
      [[C, 3]],
      [],
    );
    expect(areBisimilar(late, early)).toBe(false);
  });
});

const say = operation<[string], void>({
  name: "say",
  perform: (view, _cpu, [what]) => view.observe({ kind: "own", what, subject: "f" }),
});

/** A CPU that runs this body, beside a device that may look at cell `a` at any time. */
function systemOf(body: () => Kernel, isWatched: boolean): System {
  const f = kernelFunction("f", body);
  const system = toySystem([{ function: "f", arguments: [] }], [f], { a: 0, b: 0 });
  const device = {
    name: "device",
    alternatives: (view: Parameters<System["processes"][number]["alternatives"]>[0]) => [
      { name: `a is ${showValue(view.read(cell("a")).value)}`, perform: () => undefined },
    ],
  };
  return isWatched ? { ...system, processes: [...system.processes, device] } : system;
}

function areEquivalent(one: () => Kernel, other: () => Kernel, isWatched = false): boolean {
  const labels = new Labels();
  const [first, second] = [one, other].map((body) =>
    behaviourOf(new Machine(systemOf(body, isWatched)), labels, 1000),
  );
  if (first === undefined || second === undefined) throw new Error("a toy with too many states");
  return areBisimilar(first, second);
}

describe("functions are equivalent", () => {
  const base = function* () {
    yield* writeCell("a", 1);
    yield* writeCell("b", 1);
    yield* say("done");
  };
  const repeated = function* () {
    yield* writeCell("a", 1);
    yield* writeCell("a", 1);
    yield* writeCell("b", 1);
    yield* say("done");
  };
  const swapped = function* () {
    yield* writeCell("b", 1);
    yield* writeCell("a", 1);
    yield* say("done");
  };

  test("if one makes an access twice", () => {
    expect([areEquivalent(base, repeated), areEquivalent(base, repeated, true)]).toEqual([true, true]);
  });

  test("if they make accesses in another order", () => {
    expect(areEquivalent(base, swapped)).toBe(true);
  });

  test("unless something else is observed, or in another order", () => {
    const early = function* () {
      yield* writeCell("a", 1);
      yield* say("done");
      yield* writeCell("b", 1);
      yield* readCell("b");
    };
    const twice = function* () {
      yield* base();
      yield* say("done");
    };
    expect([areEquivalent(base, early), areEquivalent(base, twice)]).toEqual([true, false]);
  });

  test("unless they leave another value behind", () => {
    const forgetful = function* () {
      yield* writeCell("a", 1);
      yield* say("done");
    };
    expect(areEquivalent(base, forgetful)).toBe(false);
  });

  test("unless the hardware then does something else in between", () => {
    const detour = function* () {
      yield* writeCell("a", 2);
      yield* base();
    };
    expect([areEquivalent(base, detour), areEquivalent(base, detour, true)]).toEqual([true, false]);
  });
});

test("a behaviour with too many states is none", () => {
  const machine = new Machine(
    systemOf(function* () {
      yield* writeCell("a", 1);
    }, false),
  );
  expect(behaviourOf(machine, new Labels(), 2)).toBeUndefined();
});
