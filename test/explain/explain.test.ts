/**
 * Explaining traces: answers that are known by hand, and those about the mainline loss held against a plain search.
 */
import { describe, expect, test } from "vitest";

import { explain, type ExplainRequest } from "../../src/explain/explain.js";
import { words } from "../../src/report/trace/explanation-words.js";
import type { Explanation } from "../../src/trace/explanation.js";
import { Machine, type EnabledStep } from "../../src/runtime/machine.js";
import type { SafetyProperty } from "../../src/spec/property.js";
import type { State } from "../../src/spec/system.js";
import { keyOf } from "../../src/spec/value.js";
import type { TraceDocument } from "../../src/trace/document.js";
import { checked, resolve } from "../support/models/checks.js";
import { ballSteps, neverAtBottom, noDriver, noFall, rollingBall } from "../support/systems/toy-scenario.js";

function ballTrace(property: SafetyProperty, ...choices: readonly string[]): ExplainRequest {
  const target = { scenario: rollingBall, driver: noDriver, property, configuration: {} };
  return { ...target, hash: undefined, steps: ballSteps(choices), loop: null, maxStates: 1000, whyNot: [] };
}

function necessity({ necessary }: Explanation, kind: string): boolean | null | undefined {
  return necessary.kinds.find((one) => one.kind === kind)?.necessary;
}

describe.each([
  ["observed", noFall, "next"],
  ["in a state", neverAtBottom, "ever"],
] as const)("a ball that falls, %s", (_, property, avoidedBy) => {
  const round = ["right", "fall", "top", "switch"];
  const explanation = explain(ballTrace(property, ...round, "left", "switch", "fall"));

  test("could not be stopped once it was rolled left", () => {
    expect(explanation.noReturn).toMatchObject({ avoidedBy, after: 4, conclusive: true });
    expect(explanation.noReturn?.step).toMatchObject({ step: 5, choice: "left" });
    expect(words(explanation)).toContain("Point of no return: step 5 (left)");
  });

  test("would have been safe if rolled right", () => {
    expect(explanation.passing?.commonSteps).toBe(4);
    expect(explanation.passing?.instead.choice).toBe("left");
    expect(explanation.passing?.steps.map(({ choice }) => choice)).not.toContain("left");
  });

  test("needs the left slope and gravity, not the light nor the round before", () => {
    expect(necessity(explanation, "hand: left")).toBe(true);
    expect(necessity(explanation, "gravity: fall")).toBe(true);
    for (const kind of ["somebody: switch", "hand: right", "hand: top"]) {
      expect([kind, necessity(explanation, kind)]).toEqual([kind, false]);
    }
  });

  test("was last moved by the hand", () => {
    expect(explanation.writers).toContainEqual(
      expect.objectContaining({ value: "ball.A.at", from: "top", to: "left", step: 5 }),
    );
  });
});

test("the round that went well is where the trouble of the next begins", () => {
  const explanation = explain(ballTrace(noFall, "right", "fall", "top", "left", "fall"));
  expect(explanation.origin?.step).toBe(2);
});

test("what the effort is not enough for is open, and never decided", () => {
  const explanation = explain({ ...ballTrace(noFall, "left", "fall"), maxStates: 1 });
  expect(explanation.noReturn?.conclusive ?? false).toBe(false);
  expect(explanation.necessary.complete).toBe(false);
  expect(words(explanation)).toMatch(/open|inconclusive/);
});

describe("the mainline loss on one CPU", () => {
  const target = resolve({ scenario: "one-cpu" });
  const { trace } = checked({ scenario: "one-cpu" });
  if (trace === undefined) throw new Error("nothing is lost");
  const { hash, steps } = trace;
  const explanation = explain({ ...target, hash, steps, loop: null, maxStates: 1e6, whyNot: [] });
  const machine = new Machine(target.scenario.build(target.driver, target.configuration));
  const states = walk(machine, trace);

  test("is decided before the flag is cleared: the driver can only go there", () => {
    const { noReturn, erased } = explanation;
    expect(noReturn?.conclusive).toBe(true);
    expect(erased?.step).toMatchObject({ function: "armv8pmu_disable_intens", text: "PMOVSCLR = 0x1" });
    expect(erased?.signal).toBe("PMOVS");
    expect(noReturn?.step.step).toBeLessThan(erased?.step.step ?? 0);
  });

  test("a report can still come before the point of no return, and not after it", () => {
    const point = explanation.noReturn?.step.step ?? 0;
    expect(canBeReported(machine, states[point - 1])).toBe(true);
    expect(canBeReported(machine, states[point])).toBe(false);
  });

  test("goes well in the nearest passing execution: the overflow is reported and the event crosses again", () => {
    const { passing, noReturn } = explanation;
    expect(passing?.commonSteps).toBe((noReturn?.step.step ?? 0) - 1);
    let state = states[passing?.commonSteps ?? 0];
    const observed = (passing?.steps ?? []).flatMap((step) => {
      const taken: EnabledStep | undefined = machine
        .enabledSteps(state ?? {})
        .find(({ label }) => label.process === step.process && label.choice === step.choice);
      state = taken?.next;
      return taken?.observations ?? [];
    });
    const kinds = observed.map(({ kind }) => kind);
    expect(kinds.indexOf("report")).toBeGreaterThan(-1);
    expect(kinds.lastIndexOf("crossing")).toBeGreaterThan(kinds.indexOf("report"));
    expect(observed.some((of) => of.kind === "crossing" && of.overtakes)).toBe(false);
  });

  test("needs the flag to be cleared and the task to be switched out, not an interrupt of the kernel", () => {
    expect(necessity(explanation, "armv8pmu_disable_intens: PMOVSCLR = #")).toBe(true);
    expect(necessity(explanation, "context_switch: switch from T to B")).toBe(true);
    expect(necessity(explanation, "pmu0: count")).toBe(true);
    expect(necessity(explanation, "irq0: <interrupt taken at EL1>")).toBe(false);
  });

  test("names who wrote what matters last", () => {
    const by = (value: string) => explanation.writers.find((writer) => writer.value === value)?.by.function;
    expect(by("cpu0: PMOVS")).toBe("armv8pmu_disable_intens");
    expect(by("event.A.hw.period_left")).toBe("armpmu_event_set_period");
    expect(explanation.writers.find(({ value }) => value === "truth.A.due")?.step).toBe(
      explanation.origin?.step,
    );
  });
});

function walk(machine: Machine, { steps }: TraceDocument): State[] {
  const states = [machine.initialState];
  for (const { index } of steps) {
    const next = machine.enabledSteps(states.at(-1) ?? {})[index]?.next;
    if (next === undefined) throw new Error("the trace cannot be followed");
    states.push(next);
  }
  return states;
}

/** Plain search: is there a continuation with a report of A before A crosses again? */
function canBeReported(machine: Machine, from: State | undefined): boolean {
  const open = from === undefined ? [] : [from];
  const seen = new Set(open.map((state) => keyOf(state)));
  for (const state of open) {
    for (const { observations, next } of machine.enabledSteps(state)) {
      if (observations.some(({ kind }) => kind === "report")) return true;
      if (observations.some(({ kind }) => kind === "crossing") || seen.has(keyOf(next))) continue;
      seen.add(keyOf(next));
      open.push(next);
    }
  }
  return false;
}
