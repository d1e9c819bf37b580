/**
 * What a user of the library may pass, and a model may leave in its states.
 */
import { describe, expect, test } from "vitest";

import { witnesses } from "../../../properties/catalogue.js";
import { check } from "../../../src/check/verdict/check.js";
import { kernelFunction } from "../../../src/spec/kernel-function.js";
import { integer } from "../../../src/spec/parameter.js";
import type { Process, System } from "../../../src/spec/system.js";
import { frozen } from "../../../src/spec/value.js";
import { resolve } from "../../support/models/checks.js";
import { noDriver, noFall, rollingBall } from "../../support/systems/toy-scenario.js";

describe("a limit that is none is refused", () => {
  test.each([
    ["maxStates", NaN],
    ["maxStates", -1],
    ["maxStates", 0],
    ["maxStates", 1.5],
    ["maxBytes", NaN],
    ["jobs", -1],
  ])("%s = %d", (name, value) => {
    const request = { ...resolve({ scenario: "one-cpu" }), witnesses, maxStates: 10, [name]: value };
    expect(() => check(request)).toThrow(`${name} is ${value}: it takes a whole number from 1 on`);
  });
});

describe("what a key does not show cannot be part of a state", () => {
  test.each<readonly [string, object]>([
    ["a symbol", { [Symbol("hidden")]: 1 }],
    ["a hidden field", Object.defineProperty({}, "hidden", { value: 1 })],
    [
      "a getter",
      {
        get now() {
          return 1;
        },
      },
    ],
    ["an array's own field", Object.assign([1], { extra: 2 })],
  ])("%s", (_, value) => {
    expect(() => frozen({ value })).toThrow(/cannot be part of a state/);
  });
});

const ball = {
  scenario: rollingBall,
  driver: noDriver,
  property: noFall,
  configuration: {},
  witnesses: [],
  maxStates: 100,
};

/** As a program in JavaScript, or with a cast, may ask. */
function asking(changed: object): () => unknown {
  return () => check({ ...ball, ...changed });
}

describe("each field of a request is looked at, and named with its value", () => {
  const skid = integer({ name: "skid", default: 1, minimum: 0, maximum: 3, meaning: "" });
  const of = (changed: object) => ({ scenario: { ...rollingBall, ...changed } });
  const by = (changed: object) => ({ driver: { ...noDriver, ...changed } });
  const that = (changed: object) => ({ property: { ...noFall, ...changed } });
  const start = kernelFunction("start", function* () {});
  test.each<readonly [string, object]>([
    ["scenario is undefined", { scenario: undefined }],
    ["scenario.name is '': an empty name", of({ name: "" })],
    ["scenario.build is 3: not a function", of({ build: 3 })],
    ["scenario.witnesses is a list of 0: not a function", of({ witnesses: [] })],
    [
      "scenario.parameters.0.minimum is 5: above the maximum, 3",
      of({ parameters: [{ ...skid, minimum: 5 }] }),
    ],
    ["scenario.parameters.0.default is 9: outside of", of({ parameters: [{ ...skid, default: 9 }] })],
    ["scenario.parameters.0.maximum is NaN", of({ parameters: [{ ...skid, maximum: NaN }] })],
    ["scenario.parameters.1.name is 'skid': there is another one", of({ parameters: [skid, skid] })],
    ["driver.functions is an object: not a Map", by({ functions: {} })],
    [
      "driver.functions is an object: 'stop' is no kernel function",
      by({ functions: new Map([["stop", start]]) }),
    ],
    ["driver.deviations.0.does is 'fewer'", by({ deviations: [{ name: "d", what: "", does: "fewer" }] })],
    ["properties.0.kind is 'sometimes'", that({ kind: "sometimes" })],
    ["properties.0.rules is a list of 0: no rule", that({ rules: [] })],
    ["properties.0.rules.0 is an object: neither brokenBy nor brokenIn", that({ rules: [{ name: "r" }] })],
    [
      "properties.0.rules.1.name is 'no-fall': there is another",
      that({ rules: [...noFall.rules, ...noFall.rules] }),
    ],
    ["witnesses.0.reachedBy is undefined: not a function", { witnesses: [{ name: "w", sentence: "" }] }],
    ["configuration is null", { configuration: null }],
    ["engine is 'rust'", { engine: "rust" }],
    ["shortest is 'time'", { shortest: "time" }],
    ["audit is 'some'", { audit: "some" }],
    ["onProgress is true: not a function", { onProgress: true }],
  ])("%s", (message, changed) => {
    expect(asking(changed)).toThrow(
      expect.objectContaining({
        code: "PMC109",
        message: expect.stringContaining(`check(): ${message}`) as string,
      }),
    );
  });

  test("a configuration is one of the scenario's parameters", () => {
    const scenario = { ...rollingBall, parameters: [skid] };
    expect(asking({ scenario, configuration: { skid: 2 } })).not.toThrow();
    expect(asking({ scenario, configuration: { skip: 2 } })).toThrow(
      "has no parameter 'skip'; did you mean 'skid'?",
    );
    expect(asking({ scenario, configuration: { skid: "2" } })).toThrow(
      /'skid' cannot be '2': it takes a whole/,
    );
    expect(asking({ scenario, configuration: { skid: 4 } })).toThrow("it takes a whole number from 0 to 3");
  });
});

describe("each record of a system is looked at: the verdict is error, and names it with its value", () => {
  const built = (change: (of: System) => object) => ({
    scenario: {
      ...rollingBall,
      build: (...given: Parameters<typeof rollingBall.build>) => {
        const system = rollingBall.build(...given);
        return { ...system, ...change(system) };
      },
    },
  });
  const doing = (process: object) =>
    built(({ processes }) => ({
      processes: [...processes, { name: "own", alternatives: () => [], ...process } as Process],
    }));
  const place = { name: "place", headline: true, value: () => "" };
  test.each<readonly [string, object]>([
    [
      "PMC209: .* reset.light is true: a component's value is an object",
      built(({ reset }) => ({ reset: { ...reset, light: true } })),
    ],
    [
      "PMC209: .* reset.light is a promise",
      built(({ reset }) => ({ reset: { ...reset, light: Promise.resolve({}) } })),
    ],
    ["PMC209: .*Symbol\\(hidden\\)", built(({ reset }) => ({ reset: { ...reset, [Symbol("hidden")]: {} } }))],
    ["PMC209: .* events.1 is 'A': there is another event", built(() => ({ events: ["A", "A"] }))],
    ["PMC209: .* signals.1.name is 'place'", built(() => ({ signals: [place, place] }))],
    ["PMC209: .* processors.0.cpu is -1", built(() => ({ processors: [{ cpu: -1 }] }))],
    ["PMC209: .* processes.3.alternatives is a list of 0: not a function", doing({ alternatives: [] })],
    ["PMC207: two processes are called 'hand'", doing({ name: "hand" })],
    [
      "PMC207: own: alternatives\\(\\) failed: alternatives\\(\\) returned a promise",
      doing({ alternatives: async () => [] }),
    ],
    [
      "PMC207: own: alternatives\\(\\) failed: alternatives\\(\\) returned no list",
      doing({ alternatives: () => 1 }),
    ],
    [
      "PMC208: .* brokenBy\\(\\) of 'crossing' failed: it returned a promise",
      { property: { ...noFall, rules: [{ name: "r", brokenBy: async () => false }] } },
    ],
  ])("%s", (message, changed) => {
    expect(asking(changed)()).toMatchObject({
      verdict: "error",
      reason: expect.stringMatching(new RegExp(`^${message}`)) as string,
    });
  });
});
