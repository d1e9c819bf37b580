/**
 * How wrong estimates are: the rows of the table in docs/use/random-and-estimates.md.
 *
 * `node dist/bench/estimates.js [ROW ...]` counts every world of the table with the engine, estimates it twice, and prints
 * estimate / truth in Markdown. ROW is a number, from 0; without one, all of them, which takes some minutes. Deterministic.
 */
import { defaultDriver, scenarios } from "../models/catalogue.js";
import { explore } from "../src/engine/explore.js";
import { Machine } from "../src/runtime/machine.js";
import { configure } from "../src/spec/parameter.js";
import { CAREFUL, QUICK, sizeOf, type Effort, type EstimateTarget } from "../src/check/sampling/estimate.js";
import { systemOf } from "../src/check/target.js";

/** A scenario, and what is set in it. */
const WORLDS: readonly (readonly [scenario: string, set?: Readonly<Record<string, string>>])[] = [
  ["ping-pong"],
  ["ping-pong", { skid: "0" }],
  ["ping-pong", { skid: "2" }],
  ["ping-pong", { period: "5" }],
  ["ping-pong", { period: "8" }],
  ["ping-pong", { irq: "nmi" }],
  ["rr-rearm"],
  ["rr-rearm", { period: "8" }],
  ["rr-rearm", { excludeKernel: "0" }],
  ["rr-rearm", { irq: "nmi" }],
  ["rr-rearm", { irq: "nmi", skid: "2" }],
  ["late-writes"],
  ["late-writes", { period: "6" }],
  ["late-writes", { period: "8" }],
  ["late-writes", { kernelCounts: "2" }],
  ["late-writes", { kernelCounts: "3" }],
  ["late-writes", { irq: "nmi" }],
  ["hotplug"],
  ["hotplug", { irq: "nmi" }],
  ["innocent"],
  ["innocent", { irq: "nmi" }],
  ["half-range", { excludeKernel: "0" }],
  ["half-range", { irq: "nmi" }],
  ["multiplex"],
  ["multiplex", { irq: "nmi" }],
  ["cpu-pm", { irq: "nmi" }],
  ["clones", { irq: "nmi" }],
  ["chained-reuse"],
  ["chained-reuse", { irq: "nmi" }],
  ["next-task"],
  ["next-task", { irq: "nmi" }],
];

function targetOf(name: string, set: Readonly<Record<string, string>>): EstimateTarget {
  const scenario = scenarios.find((one) => one.name === name);
  if (scenario === undefined) throw new Error(`there is no scenario ${name}`);
  return { scenario, driver: defaultDriver, configuration: configure(scenario.parameters, set) };
}

function statesOf(target: EstimateTarget): number {
  // A goal that nothing breaks: all states have to be looked at.
  const watch = { goals: [{ transitions: [() => false], states: [] }], cycles: [], witnesses: [] };
  const { states, end } = explore(new Machine(systemOf(target)), watch, { maxStates: 1e9 });
  if (end.kind !== "complete") throw new Error(`${target.scenario.name} was not explored completely`);
  return states;
}

/** Estimate / truth. */
function ratio(target: EstimateTarget, effort: Effort, truth: number): string {
  const { method, states, atLeast } = sizeOf(target, effort);
  if (method === "counted") return atLeast === truth ? "counted" : `counted ${atLeast}`;
  return states === null ? "lower bound" : (states.middle / truth).toFixed(2);
}

const asked = process.argv.slice(2);
for (const [i, [name, set = {}]] of WORLDS.entries()) {
  if (asked.length > 0 && !asked.includes(String(i))) continue;
  const target = targetOf(name, set);
  const states = statesOf(target);
  const settings = Object.entries(set).map(([parameter, value]) => `${parameter}=${value}`);
  const world = [name, settings.join(", ")].filter((part) => part !== "").join(" ");
  const [careful, quick] = [CAREFUL, QUICK].map((effort) => ratio(target, effort, states));
  process.stdout.write(`| ${world} | ${states.toLocaleString("en")} | ${careful} | ${quick} |\n`);
}
