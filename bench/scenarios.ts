/**
 * How fast and how frugal the engine is, on the scenarios as they ship.
 *
 * `npm run bench -- --scenarios` explores each scenario completely (property count-conservation, which holds) and prints a row.
 */
import { defaultDriver, scenarios } from "../models/catalogue.js";
import { witnesses } from "../properties/catalogue.js";
import { countConservation } from "../properties/count-conservation.js";
import { configure } from "../src/spec/parameter.js";
import { check } from "../src/check/verdict/check.js";
import { table } from "./table.js";

interface Row {
  readonly scenario: string;
  readonly states: number;
  readonly transitions: number;
  readonly seconds: number;
  readonly bytesPerState: number;
}

function measureScenarios(): Row[] {
  return scenarios.flatMap((scenario) =>
    ["irq", "nmi"].map((irq) => {
      const configuration = configure(scenario.parameters, { irq });
      const request = { scenario, driver: defaultDriver, property: countConservation, configuration };
      const { states, transitions, seconds, bytesPerState } = check({
        ...request,
        witnesses,
        maxStates: 1e8,
      });
      return { scenario: `${scenario.name}, ${irq}`, states, transitions, seconds, bytesPerState };
    }),
  );
}

export function scenarioTable(): string {
  const cells = measureScenarios().map(({ scenario, states, transitions, seconds, bytesPerState }) => [
    scenario,
    String(states),
    String(transitions),
    seconds.toFixed(2),
    Math.round(states / seconds).toString(),
    bytesPerState.toFixed(1),
  ]);
  return table(["scenario", "states", "transitions", "seconds", "states/s", "bytes/state"], cells);
}
