/**
 * What pmucheck predicts of a cell: the same scenario, driver and fix, with a line that is never late.
 */
import { drivers, scenarios } from "../../models/catalogue.js";
import { fixes } from "../../models/fixes/catalogue.js";
import { properties, witnesses } from "../../properties/catalogue.js";
import { checkAll } from "../../src/check/verdict/check.js";
import { withFixes } from "../../src/spec/fix.js";
import { configure } from "../../src/spec/parameter.js";
import type { Driver } from "../../src/spec/scenario.js";
import type { Verdict } from "../../src/trace/document.js";
import { FLAWS, PROPERTIES, type Flaw } from "./flaws.js";
import type { Kernel } from "./subjects.js";

export interface Predicted {
  /** Undefined if pmucheck has no such scenario. */
  readonly flaws: readonly Flaw[] | undefined;
  /** Flaws that no execution could show, because nothing was due at a stop. */
  readonly vacuous: readonly Flaw[];
}

const MAX_STATES = 20_000_000;

export interface Asked {
  readonly scenario: string;
  readonly fix: string;
  readonly excludesKernel: boolean;
}

export function predicted({ driver, interrupts }: Kernel, asking: Asked): Predicted {
  const { scenario: scenarioName, fix, excludesKernel } = asking;
  const scenario = scenarios.find(({ name }) => name === scenarioName);
  if (scenario === undefined) return { flaws: undefined, vacuous: [] };
  const asked = properties.filter(
    ({ name }) => scenario.properties.includes(name) && FLAWS.some((flaw) => PROPERTIES[flaw].includes(name)),
  );
  const documents = checkAll({
    scenario,
    driver: driverWith(driver, fix),
    configuration: configure(scenario.parameters, {
      irq: interrupts,
      excludeKernel: excludesKernel ? "1" : "0",
      // QEMU raises the line at once.
      lag: "0",
    }),
    properties: asked,
    witnesses,
    maxStates: MAX_STATES,
  });
  const bad = documents.find(({ verdict }) => verdict === "error" || verdict === "inconclusive");
  if (bad !== undefined) {
    throw new Error(
      `${scenarioName}, ${driver}, ${fix}: ${bad.property} is ${bad.verdict}: ${bad.reason ?? ""}`,
    );
  }
  const having = (verdict: Verdict) =>
    FLAWS.filter((flaw) =>
      documents.some((one) => PROPERTIES[flaw].includes(one.property) && one.verdict === verdict),
    );
  const flaws = having("violated");
  return { flaws, vacuous: having("vacuous").filter((flaw) => !flaws.includes(flaw)) };
}

function driverWith(name: string, fix: string): Driver {
  const driver = drivers.find((one) => one.name === name);
  if (driver === undefined) throw new Error(`no driver ${name}`);
  if (fix === "none") return driver;
  const parts = fix.split("+").map((part) => {
    const found = fixes.find((one) => one.name === part);
    if (found === undefined) throw new Error(`no fix ${part}`);
    return found;
  });
  return withFixes(driver, fix, parts);
}
