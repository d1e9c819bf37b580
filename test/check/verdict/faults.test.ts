/**
 * Properties, signals and scenarios that throw: the verdict is `error`, and says whose function it was, from every command.
 */
import { describe, expect, test } from "vitest";

import { explain } from "../../../src/explain/explain.js";
import { minimize } from "../../../src/minimize/minimize.js";
import type { ReadView } from "../../../src/spec/component.js";
import type { LivenessProperty, Property, Rule, SafetyProperty } from "../../../src/spec/property.js";
import type { Scenario } from "../../../src/spec/scenario.js";
import type { System } from "../../../src/spec/system.js";
import { check, checkAll } from "../../../src/check/verdict/check.js";
import { replay } from "../../../src/check/replay/replay.js";
import { checkBySimulation } from "../../../src/check/sampling/simulate.js";
import {
  ballSteps,
  neverAtBottom,
  noDriver,
  noFall,
  rollingBall,
} from "../../support/systems/toy-scenario.js";

const OOPS = new RangeError("oops");
const oops = (): never => {
  throw OOPS;
};
const OF_A_MODEL = "a model must not throw, and must change components by recipes of update() only";
const OF_A_PROPERTY = "a property or a witness must answer for every state and every observation";

function requestOf(property: Property, scenario = rollingBall) {
  return { scenario, driver: noDriver, property, configuration: {}, witnesses: [], maxStates: 1000 };
}

/** The ball rolls to the bottom. */
function replayOf(property: Property, scenario = rollingBall) {
  return {
    ...requestOf(property, scenario),
    hash: undefined,
    steps: ballSteps(["left", "fall"]),
    loop: null,
  };
}

function withRule(rule: Partial<Rule>): SafetyProperty {
  return { ...noFall, rules: [{ name: "down", ...rule }] };
}

function withSystem(change: (system: System) => Partial<System>): Scenario {
  const build: Scenario["build"] = (driver, configuration) => {
    const system = rollingBall.build(driver, configuration);
    return { ...system, ...change(system) };
  };
  return { ...rollingBall, build };
}

const error = (reason: string) => ({ verdict: "error", reason });
const coded = (code: string, message: string): unknown =>
  expect.objectContaining({ code, message, cause: OOPS });

describe("a rule that throws", () => {
  const by = `property no-fall (down): brokenBy() of 'crossing' failed: oops; ${OF_A_PROPERTY}`;
  const inside = `property no-fall (down): brokenIn() of A failed: oops; ${OF_A_PROPERTY}`;

  test.each<readonly [string, Partial<Rule>, string]>([
    ["of an observation", { brokenBy: oops }, by],
    ["of a state", { brokenIn: oops }, inside],
  ])("%s", (_, rule, message) => {
    const property = withRule(rule);
    const request = requestOf(property);
    expect(check(request)).toMatchObject(error(`PMC208: ${message}`));
    expect(check({ ...request, reduction: "safe-steps" })).toMatchObject(error(`PMC208: ${message}`));
    const walking = { ...request, walks: 10, steps: 50, seed: 1 };
    expect(checkBySimulation(walking)).toMatchObject(error(`PMC208: ${message}`));
    expect(() => replay(replayOf(property))).toThrow(coded("PMC208", message));
  });

  test("where it is asked of one state only: a trace that is explained", () => {
    // The search and the replay ask the second rule of nothing after the first is broken; an explanation does.
    const first = { ...neverAtBottom.rules[0], name: "bottom" };
    const onBottom = (view: ReadView, event: string) => first.brokenIn?.(view, event) === true && oops();
    const property = { ...noFall, rules: [first, { name: "down", brokenIn: onBottom }] };
    expect(replay(replayOf(property)).trace.rule).toBe("bottom");
    const explaining = { ...replayOf(property), maxStates: 100, whyNot: [] };
    expect(() => explain(explaining)).toThrow(coded("PMC208", inside));
  });
});

describe("a liveness property that throws", () => {
  const stays: LivenessProperty = {
    name: "comes-back",
    kind: "eventually",
    sentence: "The ball comes back.",
    reference: "none",
    subjects: "events",
    waiting: () => true,
  };

  test.each<readonly [string, Partial<LivenessProperty>, string]>([
    ["waiting", { waiting: oops }, "waiting() of A"],
    ["without", { without: oops }, "without() of 'crossing' for A"],
    ["through", { through: oops }, "through() of 'crossing' for A"],
  ])("by %s", (_, change, place) => {
    const property = { ...stays, ...change };
    const message = `property comes-back: ${place} failed: oops; ${OF_A_PROPERTY}`;
    expect(check(requestOf(property))).toMatchObject(error(`PMC208: ${message}`));
    const turn = { ...replayOf(property), steps: ballSteps(["left", "fall", "top"]), loop: 0 };
    expect(() => replay(turn)).toThrow(coded("PMC208", message));
  });

  test("is violated if it does not", () => {
    expect(check(requestOf(stays))).toMatchObject({ verdict: "violated" });
    const observed = { without: () => false, through: () => true };
    expect(check(requestOf({ ...stays, ...observed }))).toMatchObject({ verdict: "violated" });
    expect(check(requestOf({ ...stays, without: () => true, through: () => true }))).toMatchObject({
      verdict: "holds",
    });
  });
});

test("a witness that throws", () => {
  const scenario = { ...rollingBall, witnesses: () => ["fell"] };
  const witnesses = [{ name: "fell", sentence: "It fell.", reachedBy: oops }];
  const request = { ...requestOf(withRule({ brokenBy: () => false }), scenario), witnesses };
  const reason = `PMC208: witness fell: reachedBy() of 'crossing' failed: oops; ${OF_A_PROPERTY}`;
  expect(check(request)).toMatchObject(error(reason));
  expect(checkBySimulation({ ...request, walks: 10, steps: 50, seed: 1 })).toMatchObject(error(reason));
});

describe("a model that throws where no state is searched", () => {
  const dark = withSystem(() => ({
    signals: [
      { name: "place", headline: true, value: () => "here" },
      { name: "light", cpu: 2, headline: true, value: oops },
    ],
  }));
  const ofSignal = `signal light of cpu2 failed: oops; ${OF_A_MODEL}`;

  test("a signal, which only a trace asks: the verdict of that property, and of no other", () => {
    const { property: _, ...request } = requestOf(noFall, dark);
    const verdicts = checkAll({ ...request, properties: [withRule({ brokenBy: () => false }), noFall] });
    expect(verdicts).toMatchObject([{ verdict: "holds" }, error(`PMC207: ${ofSignal}`)]);
    expect(verdicts[1]).not.toHaveProperty("trace");
  });

  test("a signal, in random walks, a replay and a smaller trace", () => {
    const walking = { ...requestOf(noFall, dark), walks: 10, steps: 50, seed: 1 };
    expect(checkBySimulation(walking)).toMatchObject(error(`PMC207: ${ofSignal}`));
    expect(() => replay(replayOf(noFall, dark))).toThrow(coded("PMC207", ofSignal));
    expect(() => replay({ ...replayOf(noFall, dark), steps: [] })).toThrow(coded("PMC207", ofSignal));
    const minimizing = { ...replayOf(noFall, dark), budget: 100, search: 100, parameters: "keep" as const };
    expect(() => minimize(minimizing)).toThrow(coded("PMC207", ofSignal));
  });

  test("whyNot, which only an explanation asks", () => {
    const scenario = withSystem(({ processes }) => ({
      processes: processes.map((process) => ({ ...process, whyNot: oops })),
    }));
    const explaining = { ...replayOf(noFall, scenario), maxStates: 100, whyNot: ["gravity@1"] };
    expect(() => explain(explaining)).toThrow(
      coded("PMC207", `gravity: whyNot() failed: oops; ${OF_A_MODEL}`),
    );
  });

  test("a scenario: its system, and the last line of a trace", () => {
    const build = requestOf(noFall, { ...rollingBall, build: oops });
    expect(check(build)).toMatchObject(
      error(`PMC207: scenario rolling-ball with none: build() failed: oops; ${OF_A_MODEL}`),
    );
    const epilogue = requestOf(noFall, { ...rollingBall, epilogue: oops });
    expect(check(epilogue)).toMatchObject(
      error(`PMC207: scenario rolling-ball: epilogue() failed: oops; ${OF_A_MODEL}`),
    );
  });
});

test("a process that throws in the reduced search only costs that search", () => {
  // Where a violation comes first, a model that is faulty further on is violated: with a reduction as without.
  const scenario = withSystem(({ processes }) => ({
    processes: processes.map((process) =>
      process.name === "hand"
        ? {
            ...process,
            alternatives: (view: ReadView) => {
              const ways = process.alternatives(view);
              return ways.some(({ name }) => name === "top") ? oops() : ways;
            },
          }
        : process,
    ),
  }));
  expect(check(requestOf(noFall, scenario))).toMatchObject({ verdict: "violated" });
  expect(check({ ...requestOf(noFall, scenario), reduction: "safe-steps" })).toMatchObject({
    verdict: "violated",
  });
  const holding = requestOf(withRule({ brokenBy: () => false }), scenario);
  const reason = `PMC207: hand: alternatives() failed: oops; ${OF_A_MODEL}`;
  expect(check(holding)).toMatchObject(error(reason));
  expect(check({ ...holding, reduction: "safe-steps" })).toMatchObject(error(reason));
});
