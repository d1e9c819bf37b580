/**
 * A small score that stays as it is: which mistakes in three functions, and in the interrupt's line, are noticed.
 *
 * Without context switches nothing is lost, so every property can be broken; throttling stops and starts the event.
 */
import { describe, expect, test } from "vitest";

import { witnesses } from "../../properties/catalogue.js";
import { shippedProperty } from "../../src/cli/arguments/catalogue.js";
import { hardwareHooks } from "../../src/cli/commands/mutate/defaults.js";
import { differences, verdictsOf, type Cell } from "../../src/mutate/cell.js";
import { score, type Fate, type ScoreRequest } from "../../src/mutate/score.js";
import type { System } from "../../src/spec/system.js";
import { resolve } from "../support/models/checks.js";

function cell(name: string, set: Readonly<Record<string, string>>): Cell {
  const { scenario, driver, configuration } = resolve({ scenario: name, set });
  return { name, driver, scenario, configuration, properties: scenario.properties.map(shippedProperty) };
}

const SMALL = cell("one-cpu", { switches: "0" });

function fates(request: Partial<ScoreRequest>): Record<string, string> {
  const { driver } = resolve({ scenario: "one-cpu" });
  const { mutants } = score({
    driver,
    cells: [SMALL],
    functions: [],
    hardware: undefined,
    witnesses,
    maxStates: 10_000,
    ...request,
  });
  return Object.fromEntries(mutants.map(({ name, fate }) => [name, shortly(fate)]));
}

function shortly(fate: Fate): string {
  return fate.kind === "killed" ? `killed in ${fate.cell}` : fate.kind;
}

describe("the score of", () => {
  test("three functions of the driver", () => {
    const functions = ["armv8pmu_disable_intens", "armpmu_stop", "armpmu_event_set_period"];
    expect(fates({ functions, cells: [SMALL, cell("throttle", {})] })).toMatchInlineSnapshot(`
      {
        "drop armpmu_event_set_period: armv8pmu_write_counter()": "killed in one-cpu",
        "drop armpmu_event_set_period: store hw.last_period": "equivalent",
        "drop armpmu_event_set_period: store hw.period_left": "killed in one-cpu",
        "drop armpmu_event_set_period: store hw.prev_count": "killed in one-cpu",
        "drop armv8pmu_disable_intens: isb": "equivalent",
        "drop armv8pmu_disable_intens: isb #2": "equivalent",
        "drop armv8pmu_disable_intens: write_pmintenclr": "survived",
        "drop armv8pmu_disable_intens: write_pmovsclr": "killed in one-cpu",
        "repeat armpmu_event_set_period: armv8pmu_write_counter()": "equivalent",
        "repeat armpmu_event_set_period: store hw.last_period": "equivalent",
        "repeat armpmu_event_set_period: store hw.period_left": "equivalent",
        "repeat armpmu_event_set_period: store hw.prev_count": "equivalent",
        "repeat armv8pmu_disable_intens: isb": "equivalent",
        "repeat armv8pmu_disable_intens: isb #2": "equivalent",
        "repeat armv8pmu_disable_intens: write_pmintenclr": "equivalent",
        "repeat armv8pmu_disable_intens: write_pmovsclr": "equivalent",
        "swap armpmu_event_set_period: store hw.last_period": "equivalent",
        "swap armpmu_event_set_period: store hw.period_left": "equivalent",
        "swap armpmu_event_set_period: store hw.prev_count": "equivalent",
        "swap armv8pmu_disable_intens: isb": "equivalent",
        "swap armv8pmu_disable_intens: write_pmintenclr": "equivalent",
        "swap armv8pmu_disable_intens: write_pmovsclr": "equivalent",
      }
    `);
  });

  test("the interrupt's line", () => {
    const hardware = { ...hardwareHooks, processes: ["line"], fields: ["none"] };
    expect(fates({ hardware })).toEqual({
      "drop line: PPI 23 rises": "killed in one-cpu",
      "repeat line: PPI 23 rises": "equivalent",
      "drop line: PPI 23 falls": "killed in one-cpu",
      "repeat line: PPI 23 falls": "equivalent",
    });
  });
});

describe("a bound", () => {
  test("that a mutant hits leaves it undecided", () => {
    expect(fates({ functions: ["armv8pmu_getreset_flags"], maxStates: 330 })).toMatchObject({
      "repeat armv8pmu_getreset_flags: write_pmovsclr": "undecided",
    });
  });

  test("that the unchanged system hits leaves nothing to compare with", () => {
    const { driver } = resolve({ scenario: "one-cpu" });
    const request = { driver, cells: [SMALL], hardware: undefined, witnesses };
    expect(score({ ...request, functions: ["armpmu_start"], maxStates: 100 })).toMatchObject({
      incomplete: [{ name: "one-cpu", bound: "more than 100 states" }],
      cells: [],
      mutants: [],
    });
  });
});

test("a system that throws is told from one that does not, by the model", () => {
  const verdicts = (rewrite: (system: System) => System) =>
    verdictsOf({ cell: SMALL, witnesses, maxStates: 10_000, rewrite });
  const throwing = (system: System): System => ({
    ...system,
    processes: system.processes.map((process) => ({
      ...process,
      alternatives: () => {
        throw new Error("oops");
      },
    })),
  });
  expect(
    differences(
      verdicts((system) => system),
      verdicts(throwing),
    ),
  ).toEqual(["model-error"]);
});
