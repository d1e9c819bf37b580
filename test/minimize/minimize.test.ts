/**
 * Minimizing traces: how small they get, that they still break the same rule, and what is refused.
 */
import { describe, expect, test } from "vitest";

import { minimize, type MinimizeRequest } from "../../src/minimize/minimize.js";
import type { MinimizedTrace } from "../../src/trace/explanation.js";
import { Machine } from "../../src/runtime/machine.js";
import { PmucheckError } from "../../src/spec/errors.js";
import type { TraceDocument } from "../../src/trace/document.js";
import { replay } from "../../src/check/replay/replay.js";
import { checked, resolve, type Asked } from "../support/models/checks.js";
import { randomTrace } from "../support/models/random-walk.js";
import { ballSteps, bottomOrLight, noDriver, rollingBall } from "../support/systems/toy-scenario.js";
import { referenceExplore } from "../support/engine/reference-explorer.js";

const BUDGET = 20_000;

function requestOf(
  trace: TraceDocument,
  asked: Asked,
  options: Partial<MinimizeRequest> = {},
): MinimizeRequest {
  const { hash, steps, loop } = trace;
  return {
    ...resolve(asked),
    hash,
    steps,
    loop,
    parameters: "default",
    budget: BUDGET,
    search: 0,
    ...options,
  };
}

/** Every step that the trace has, but one, on the reference machine: what cannot be taken is left out, too. */
function breaksWithout(trace: TraceDocument, asked: Asked, left: number): boolean {
  const target = resolve(asked);
  const machine = new Machine(target.scenario.build(target.driver, target.configuration));
  let state = machine.initialState;
  for (const [i, step] of trace.steps.entries()) {
    if (i === left) continue;
    const taken = machine
      .enabledSteps(state)
      .find(({ label }) => label.process === step.process && label.choice === step.choice);
    if (taken === undefined) continue;
    if (taken.observations.some((of) => of.kind === "crossing" && of.overtakes)) return true;
    if (taken.observations.some((of) => of.kind === "report" && of.unmatched)) return false;
    state = taken.next;
  }
  return false;
}

function lossTo(trace: MinimizedTrace, asked: Asked) {
  const again = replay({ ...resolve(asked), hash: trace.hash, steps: trace.steps, loop: null });
  return { unbroken: again.unbroken, rule: again.trace.rule, steps: again.trace.steps.length };
}

describe("a random trace of the mainline loss, 2,000 steps or more", () => {
  const asked = { scenario: "one-cpu" };
  const long = randomTrace({ ...asked, property: "no-loss" }, 2000, 4000);
  const small = minimize(requestOf(long, { ...asked, property: "no-loss" }));

  test("becomes as short as the shortest of all", () => {
    const { scenario, driver, configuration } = resolve(asked);
    const { broken } = referenceExplore(
      new Machine(scenario.build(driver, configuration)),
      (of) => of.kind === "crossing" && of.overtakes,
    );
    expect(long.steps.length).toBeGreaterThanOrEqual(2000);
    expect(small.steps).toHaveLength(broken ?? 0);
    expect(small.minimized).toMatchObject({
      before: { steps: long.steps.length },
      after: { steps: small.steps.length },
      parameters: [],
      oneMinimal: true,
    });
  });

  test("replays to the same rule", () => {
    expect(lossTo(small, { ...asked, property: "no-loss" })).toEqual({
      unbroken: undefined,
      rule: "no-loss",
      steps: small.steps.length,
    });
  });

  test("loses nothing any more without any one step", () => {
    expect(small.steps.map((_, left) => breaksWithout(small, asked, left))).not.toContain(true);
  });
});

describe.each(["one-cpu", "ping-pong"])("a random trace of %s", (scenario) => {
  const asked = { scenario, property: "no-loss" };
  const long = randomTrace(asked, 2000, 6000);

  test("without room for short cuts becomes 1-minimal, and is not called shortest", () => {
    const small = minimize(requestOf(long, asked, { budget: 1 }));
    expect(small.minimized).toMatchObject({ oneMinimal: true, shortest: false });
    expect(small.steps.length).toBeLessThan(long.steps.length / 5);
    expect(small.minimized.after.interruptions).toBeLessThan(small.minimized.before.interruptions / 5);
    expect(lossTo(small, asked).rule).toBe("no-loss");
  });

  test("becomes as short as what check finds, if a search from the start is allowed", () => {
    const small = minimize(requestOf(long, asked, { budget: 1, search: 2e6 }));
    expect(small.steps.length).toBeLessThanOrEqual(checked(asked).trace?.steps.length ?? 0);
    expect(small.minimized.oneMinimal).toBe(true);
    expect(lossTo(small, asked).rule).toBe("no-loss");
  });
});

test("the rule that is broken stays, though another of the property can be broken in fewer steps", () => {
  const target = { scenario: rollingBall, driver: noDriver, property: bottomOrLight, configuration: {} };
  const steps = ballSteps(["right", "fall", "top", "right", "switch", "switch", "switch", "fall"]);
  const request = {
    ...target,
    hash: undefined,
    steps,
    loop: null,
    parameters: "keep",
    budget: BUDGET,
    search: 0,
  } as const;
  const small = minimize(request);
  expect(small.rule).toBe("light");
  expect(small.steps.map(({ choice }) => choice).sort()).toEqual(["fall", "right", "switch"]);
  expect(small.minimized).toMatchObject({ before: { steps: 8 }, oneMinimal: true, shortest: true });
});

describe("parameters", () => {
  const large: Asked = { scenario: "one-cpu", set: { period: "7", slice: "6", counters: "3" } };
  const { trace } = checked(large);
  if (trace === undefined) throw new Error("nothing is lost");

  test.each([
    ["keep", { period: 7, slice: 6, counters: 3 }],
    ["default", { period: 4, slice: 4, counters: 1 }],
  ] as const)("%s", (parameters, expected) => {
    const small = minimize(requestOf(trace, large, { parameters }));
    expect(small.config).toMatchObject(expected);
    const set = Object.fromEntries(
      Object.entries(small.config).map(([name, value]) => [name, String(value)]),
    );
    expect(lossTo(small, { scenario: "one-cpu", set }).rule).toBe("no-loss");
  });
});

describe("what is refused", () => {
  test("a trace that breaks nothing", () => {
    const { trace } = checked({ scenario: "one-cpu" });
    if (trace === undefined) throw new Error("nothing is lost");
    const request = requestOf(trace, { scenario: "one-cpu" });
    const refused = () => minimize({ ...request, steps: trace.steps.slice(0, -1) });
    expect(refused).toThrow(PmucheckError);
    expect(refused).toThrow(/nothing to minimize/);
  });

  test("a trace that ends in a loop", () => {
    const { trace } = checked({ scenario: "one-cpu" });
    if (trace === undefined) throw new Error("nothing is lost");
    const refused = () => minimize({ ...requestOf(trace, { scenario: "one-cpu" }), loop: 3 });
    expect(refused).toThrow(/fair/);
  });
});
