/**
 * A counting machine for random mode and estimates: `tick` counts to a limit and starts again and then says what
 * the noise is, `shake` makes noise, and to start again at a noise of zero is the bug.
 */
import type { Driver, Scenario } from "../../../src/spec/scenario.js";
import { component } from "../../../src/spec/component.js";
import type { Observation } from "../../../src/spec/observation.js";
import { integer, valueOf } from "../../../src/spec/parameter.js";
import type { SafetyProperty } from "../../../src/spec/property.js";
import type { Process } from "../../../src/spec/system.js";
import type { Target } from "../../../src/check/target.js";

interface Count {
  readonly value: number;
}

const ticks = component<Count>("ticks");
const noise = component<Count>("noise");

export const limit = integer({ name: "limit", default: 5, minimum: 1, maximum: 1000, meaning: "ticks" });
export const width = integer({
  name: "width",
  default: 4,
  minimum: 1,
  maximum: 1000,
  meaning: "noise values",
});

const tick: Process = {
  name: "tick",
  alternatives: (view) => [
    {
      name: "tick",
      perform: (step) => {
        const full = view.read(ticks).value === view.parameter(limit);
        if (full) step.observe({ kind: "spurious", cpu: view.read(noise).value });
        step.update<Count & { value: number }>(ticks, (of) => {
          of.value = full ? 0 : of.value + 1;
        });
      },
    },
  ],
};

const shake: Process = {
  name: "shake",
  alternatives: (view) =>
    [1, 2].map((by) => ({
      name: `by ${by}`,
      perform: (step) =>
        step.update<Count & { value: number }>(noise, (of) => {
          of.value = (of.value + by) % view.parameter(width);
        }),
    })),
};

export const toyScenario: Scenario = {
  name: "toy",
  summary: "counts",
  shows: "nothing",
  parameters: [limit, width],
  build: (_driver, configuration) => ({
    configuration,
    reset: { ticks: { value: 0 }, noise: { value: 1 % valueOf(configuration, width) } },
    functions: new Map(),
    processors: [],
    processes: [tick, shake],
    signals: [],
    events: [],
  }),
  witnesses: () => [],
  properties: [],
  start: "Everything is new.",
};

const toyDriver: Driver = {
  name: "none",
  summary: "none",
  functions: new Map(),
  base: null,
  differences: [],
  lacks: {},
  deviations: [],
};

/** The count began again at this noise. */
export function fullAt(value: number): (of: Observation) => boolean {
  return (of) => of.kind === "spurious" && of.cpu === value;
}

const neverFullAtZero: SafetyProperty = {
  name: "never-full-at-zero",
  kind: "always",
  sentence: "The count never overflows at a noise of zero.",
  reference: "none",
  rules: [{ name: "never-full-at-zero", brokenBy: fullAt(0) }],
};

/** It has (limit + 1) * width states. */
export function toyTarget(
  configuration: Readonly<Record<string, number>>,
): Target & { readonly property: SafetyProperty } {
  return {
    scenario: toyScenario,
    driver: toyDriver,
    property: neverFullAtZero,
    configuration: { limit: limit.default, width: width.default, ...configuration },
  };
}
