/**
 * The probe: where its script is exact, where it misses and where it counts too many.
 */
import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";

import { drivers, scenarios } from "../../models/catalogue.js";
import { probe } from "../../models/observers/probe.js";
import { noDuplicate, noLoss } from "../../properties/exactly-once.js";
import { witnesses } from "../../properties/catalogue.js";
import { accuracyOf, type AccuracyCell } from "../../src/probe/accuracy.js";
import { PROBE_SCRIPT } from "../../src/probe/script.js";
import { accuracyTable } from "../../src/probe/text.js";
import { configure } from "../../src/spec/parameter.js";
import { pmucheck } from "../support/cli/command-line.js";

function cellOf(
  name: string,
  driverName: string,
  settings: Readonly<Record<string, string>> = {},
): AccuracyCell {
  const scenario = scenarios.find((one) => one.name === name);
  const driver = drivers.find((one) => one.name === driverName);
  if (scenario === undefined || driver === undefined) throw new Error("not in the catalogue");
  return accuracyOf({
    scenario,
    driver,
    configuration: configure(scenario.parameters, settings),
    observer: probe,
    noLoss,
    noDuplicate,
    witnesses,
    maxStates: 3_000_000,
  });
}

describe("accuracy", () => {
  test("where a task is switched out and in it counts every loss and nothing else", () => {
    expect(cellOf("one-cpu", "linux-6.1.y")).toMatchObject({ accuracy: "exact", missed: null, excess: null });
  });

  test("where nothing is lost it counts nothing", () => {
    expect(cellOf("one-cpu", "linux-6.1.y", { switches: "0" }).accuracy).toBe("nothing");
  });

  test("IOC_PERIOD makes it count too many, and the trace shows one", () => {
    const { accuracy, excess } = cellOf("period-change", "linux-6.1.y");
    expect(accuracy).toBe("too-many");
    const entered = excess?.steps.flatMap(({ events }) =>
      events.flatMap((event) => (event.kind === "enter" ? [event.function] : [])),
    );
    expect(entered).toContain("__perf_event_period");
    expect(entered).toContain("probe_counts_a_loss");
  });

  test("two overflows before any interrupt are one, and it misses the other", () => {
    const { accuracy, missed } = cellOf("merge", "linux-6.1.y");
    expect(accuracy).toBe("misses");
    expect(missed?.rule).toBe("no-loss");
  });

  test("a bound that is hit decides nothing", () => {
    const scenario = scenarios.find((one) => one.name === "one-cpu");
    const [driver] = drivers;
    if (scenario === undefined || driver === undefined) throw new Error("not in the catalogue");
    const configuration = configure(scenario.parameters, {});
    const request = { scenario, driver, configuration, observer: probe, noLoss, noDuplicate, witnesses };
    expect(accuracyOf({ ...request, maxStates: 10 }).accuracy).toBe("undecided");
  });

  test("a scenario that a driver refuses is a cell", () => {
    expect(cellOf("one-cpu", "linux-5.4", { irq: "nmi" }).accuracy).toBe("refused");
  });

  test("the table has a row per scenario and a column per driver and mode", () => {
    const cell = { ...cellOf("one-cpu", "linux-6.1.y"), missed: null };
    expect(accuracyTable([cell, { ...cell, driver: "linux-5.4", accuracy: "refused" }])).toBe(
      "| scenario | linux-6.1.y irq | linux-5.4 irq |\n| --- | --- | --- |\n| one-cpu | exact | - |",
    );
  });
});

describe("the script", () => {
  test("is valid sh, and refuses where it cannot count", () => {
    const run = (...args: readonly string[]) =>
      spawnSync("sh", [...args], { input: PROBE_SCRIPT, encoding: "utf8" });
    expect(run("-n").status).toBe(0);
    expect(run("-s", "dance")).toMatchObject({
      status: 1,
      stderr: "probe: refused: say start, count or stop\n",
    });
  });

  test("is what the command prints", () => {
    expect(pmucheck("probe")).toMatchObject({ status: 0, stdout: PROBE_SCRIPT });
  });

  test("is the same for every kernel", () => {
    const { status, stderr } = pmucheck("probe", "--driver", "linux-6.1");
    expect(stderr).toContain("--accuracy");
    expect(status).toBe(129);
  });
});
