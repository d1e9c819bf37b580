/**
 * What the engine costs on the largest real scenarios: one row per run.
 *
 * `node dist/bench/engine.js [SCENARIO IRQ ENGINE]` explores completely (property count-conservation, which holds). One
 * run per process, for the peak memory; without arguments, all of them one after another. CPU seconds are those of all
 * threads: on a machine that does other things too, they say more than the clock.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

import { defaultDriver, scenarios } from "../models/catalogue.js";
import { witnesses } from "../properties/catalogue.js";
import { countConservation } from "../properties/count-conservation.js";
import { configure } from "../src/spec/parameter.js";
import { check } from "../src/check/verdict/check.js";

const RUNS = [
  ["ping-pong", "irq"],
  ["ping-pong", "nmi"],
  ["hotplug", "nmi"],
] as const;

function measure(name: string, irq: string, engine: string): string {
  const scenario = scenarios.find((one) => one.name === name);
  if (scenario === undefined) throw new Error(`there is no scenario ${name}`);
  const before = process.cpuUsage();
  const { states, transitions, seconds, bytesPerState, peakRssBytes } = check({
    scenario,
    driver: defaultDriver,
    property: countConservation,
    configuration: configure(scenario.parameters, { irq }),
    witnesses,
    maxStates: 1e9,
    engine: engine === "js" ? "js" : "wasm",
  });
  const { user, system } = process.cpuUsage(before);
  const cpuSeconds = (user + system) / 1e6;
  return [
    `${name}, ${irq}, ${engine}`.padEnd(22),
    `${states} states, ${transitions} transitions`.padEnd(40),
    `${seconds.toFixed(2)} s, ${cpuSeconds.toFixed(2)} s CPU`.padEnd(22),
    `${(states / cpuSeconds / 1e6).toFixed(2)} M states/s CPU`,
    `${bytesPerState.toFixed(1)} bytes/state`,
    `peak ${Math.round(peakRssBytes / 2 ** 20)} MiB`,
  ].join("  ");
}

const [name, irq, engine] = process.argv.slice(2);
if (name !== undefined && irq !== undefined)
  process.stdout.write(`${measure(name, irq, engine ?? "wasm")}\n`);
else {
  for (const run of RUNS) {
    for (const kernel of ["wasm", "js"]) {
      spawnSync(process.execPath, [fileURLToPath(import.meta.url), ...run, kernel], { stdio: "inherit" });
    }
  }
}
