/**
 * Every event is judged by its own sample period.
 */
import { describe, expect, test } from "vitest";

import { commonParameters, adapt, scenario } from "../../../models/scenarios/common.js";
import { counters } from "../../../models/parameters.js";
import { linux_6_5 } from "../../../models/linux/versions/linux-6.5.js";
import { properties, witnesses } from "../../../properties/catalogue.js";
import { check } from "../../../src/check/verdict/check.js";
import { configure, withDefault } from "../../../src/spec/parameter.js";

/** A group of two events with these periods, on one CPU, whose task is never switched out. */
function group(a: number, b: number) {
  return scenario({
    name: "two-periods",
    summary: "",
    shows: "",
    parameters: adapt(commonParameters, withDefault(counters, 2)),
    inventory: () => ({
      cpus: 1,
      tasks: [{ name: "T" }],
      events: [
        { name: "A", of: "T", period: a },
        { name: "B", of: "T", period: b, leader: "A" },
      ],
      environment: [],
    }),
    start: "",
  });
}

function verdictOf(name: string, periods: readonly [number, number], set: Readonly<Record<string, string>>) {
  const of = group(...periods);
  const property = properties.find((one) => one.name === name);
  if (property === undefined) throw new Error(`there is no ${name}`);
  const configuration = configure(of.parameters, set);
  return check({
    scenario: of,
    driver: linux_6_5,
    property,
    configuration,
    witnesses,
    maxStates: 1e6,
    shortest: "steps",
  });
}

describe("two events of a group with different periods", () => {
  test.each(["no-loss", "no-duplicate", "phase", "count-conservation"])("%s holds", (name) => {
    expect(verdictOf(name, [4, 8], { lag: "0", skid: "0" }).verdict).toBe("holds");
  });

  test("no-loss is violated for one whose period its skid reaches", () => {
    const { verdict, trace } = verdictOf("no-loss", [8, 2], { lag: "0", skid: "4" });
    expect(verdict).toBe("violated");
    expect(trace?.steps.at(-1)?.observations).toContainEqual(
      expect.objectContaining({ kind: "crossing", event: "B" }),
    );
  });
});
