/**
 * What reductions are worth, on the scenarios as they ship, as the table of docs/internals/reductions.md:
 * `node dist/bench/reductions.js [SCENARIO ...]`.
 *
 * Every scenario is checked with and without, to the end (property count-conservation). Where that property is violated, the
 * verdict comes from the whole system both times, so that such a scenario has no row.
 */
import { defaultDriver, scenarios } from "../models/catalogue.js";
import { witnesses } from "../properties/catalogue.js";
import { countConservation } from "../properties/count-conservation.js";
import { configure } from "../src/spec/parameter.js";
import type { Scenario } from "../src/spec/scenario.js";
import type { CheckDocument } from "../src/trace/document.js";
import { check } from "../src/check/verdict/check.js";
import type { ReductionName } from "../src/check/request.js";

const HEADER = ["scenario", "states", "reduced", "factor", "seconds", "reduced", "bytes/state", "reduced"];

function main(names: readonly string[]): void {
  const chosen = scenarios.filter(({ name }) => names.length === 0 || names.includes(name));
  const rows = chosen.flatMap((scenario) => ["irq", "nmi"].flatMap((irq) => row(scenario, irq)));
  const lines = [HEADER, HEADER.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  process.stdout.write(`${lines.join("\n")}\n`);
}

/** None for a scenario in which the property does not hold. */
function row(scenario: Scenario, irq: string): string[][] {
  const plain = checked(scenario, irq, undefined);
  const reduced = checked(scenario, irq, "safe-steps");
  if (plain.verdict !== reduced.verdict) throw new Error(`${scenario.name}, ${irq}: the verdicts differ`);
  if (plain.verdict !== "holds") return [];
  return [
    [
      `${scenario.name}, ${irq}`,
      plain.states.toLocaleString("en"),
      reduced.states.toLocaleString("en"),
      (plain.states / reduced.states).toFixed(1),
      plain.seconds.toFixed(2),
      reduced.seconds.toFixed(2),
      plain.bytesPerState.toFixed(1),
      reduced.bytesPerState.toFixed(1),
    ],
  ];
}

function checked(scenario: Scenario, irq: string, reduction: ReductionName | undefined): CheckDocument {
  const configuration = configure(scenario.parameters, { irq });
  const target = { scenario, driver: defaultDriver, property: countConservation, configuration };
  return check({ ...target, witnesses, maxStates: 1e8, reduction });
}

main(process.argv.slice(2));
