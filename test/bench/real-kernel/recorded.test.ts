/**
 * A log is recorded of an unmodified kernel and held against the models: from the boot to the verdict.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { RECORDING_CPUS, recordedLog, recordingOf } from "../../../bench/real-kernel/recording.js";
import { drivers, scenarios } from "../../../models/catalogue.js";
import { conform, type ConformDocument } from "../../../src/conform/conform.js";
import { readLog } from "../../../src/conform/log.js";
import { Machine } from "../../../src/runtime/machine.js";
import { configure } from "../../../src/spec/parameter.js";
import { BOUND, console, kernelOf, noGuests, skipped } from "../../support/real-kernel/guests.js";

const work = mkdtempSync(join(tmpdir(), "pmucheck-recorded-"));
const logs = new Map<string, string>();

afterAll(() => {
  rmSync(work, { recursive: true });
});

function held(version: string, driverName: string): ConformDocument {
  const driver = drivers.find(({ name }) => name === driverName);
  const scenario = scenarios.find(({ name }) => name === "one-cpu");
  if (driver === undefined || scenario === undefined) throw new Error("not in the catalogue");
  const log = readLog(logs.get(version) ?? "", "log");
  return conform({
    // The emulator's line is never late, and now and then it stops the task at once.
    machine: new Machine(scenario.build(driver, configure(scenario.parameters, { lag: "0", slice: "1" }))),
    log,
    tasks: ["T"],
    pids: log.sampled ?? [],
    inlined: [],
    maxPlaces: 500_000,
  });
}

describe.skipIf(noGuests !== undefined)(`logs of real kernels${skipped(noGuests)}`, () => {
  beforeAll(() => {
    for (const version of ["6.1", "6.12"]) {
      const text = console(version, work, recordingOf("one-cpu", 1), RECORDING_CPUS);
      logs.set(version, recordedLog(text, { scenario: "one-cpu", ...kernelOf(version) }));
    }
  }, BOUND);

  test("6.1 is accepted by its own version, with more than 100 switches and 10 losses", () => {
    const { verdict, switches, unreported } = held("6.1", "linux-6.1.y");
    expect(verdict).toBe("accepted");
    expect(switches).toBeGreaterThan(100);
    expect(unreported).toBeGreaterThan(10);
  });

  test("6.12 is accepted by its own version, and leaves nothing without a report", () => {
    const { verdict, switches, unreported } = held("6.12", "linux-6.12.y");
    expect(verdict).toBe("accepted");
    expect(switches).toBeGreaterThan(100);
    expect(unreported).toBe(0);
  });

  test.each([
    ["6.1", "linux-6.12.y"],
    ["6.1", "linux-6.1"],
  ])("%s is refused by %s", (version, driver) => {
    expect(held(version, driver).verdict).toBe("refused");
  });
});
