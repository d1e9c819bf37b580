/** Shipped fixes, written in C for the driver of our own from their words alone, come to what the fixes by hand come to. */
import { afterAll, describe, expect, test } from "vitest";

import { fixes } from "../../../../models/fixes/catalogue.js";
import { driverNamed } from "../../../../src/cli/arguments/catalogue.js";
import { kernelDriver } from "../../../../src/kernel-tree/driver.js";
import type { Driver } from "../../../../src/spec/scenario.js";
import { C_FIXES } from "../../../support/models/c-fixes.js";
import { counts, type Cell } from "../../../support/models/counts.js";
import { diffOf, PatchFolder } from "../../../support/models/edited-fixture.js";
import { FIXTURE } from "../../../support/models/fixture-tree.js";
import { fixed } from "../../../support/models/fixes.js";

const byHand = driverNamed("linux-6.12");
const patches = new PatchFolder();
afterAll(() => patches.remove());

function inC(name: string): Driver {
  const file = patches.write(`${name}.patch`, diffOf(...(C_FIXES[name] ?? [])));
  return kernelDriver({ name: "kernel:fixture", folder: FIXTURE, patches: [file], baseFor: () => byHand });
}

function cell(scenario: string, irq = "irq"): Cell {
  return { scenario, property: "exactly-once", settings: { irq } };
}

/** The fixes by hand look at a mark or at hw.state without a step where the C makes a load. */
const MORE_STEPS = [
  "save-restore-flag",
  "split-period",
  "relatch-at-start",
  "sample-in-del",
  "task-work-at-start",
  "task-work-at-start+veto-power-down+mask-around-read",
];

describe("the same accesses, so the same states, transitions and depth", () => {
  const names = Object.keys(C_FIXES).filter((name) => !MORE_STEPS.includes(name));
  test.each(names)("%s", (name) => {
    expect(counts(inC(name), cell("one-cpu"))).toEqual(counts(fixed(byHand, name), cell("one-cpu")));
  });
});

describe("a shipped fix over the C", () => {
  const c = kernelDriver({ name: "kernel:fixture", folder: FIXTURE, patches: [], baseFor: () => byHand });
  test.each(fixes.map(({ name }) => name))("%s", (name) => {
    const of: Cell = { ...cell("one-cpu"), maxStates: 10_000 };
    expect(counts(fixed(c, name), of)).toEqual(counts(fixed(byHand, name), of));
  });
});

describe("the same verdict", () => {
  test.each([
    ["save-restore-flag", "one-cpu", "violated"],
    ["split-period", "one-cpu", "holds"],
    ["split-period", "disable-enable", "violated"],
    ["relatch-at-start", "one-cpu", "holds"],
    ["relatch-at-start", "disable-enable", "violated"],
    ["sample-in-del", "one-cpu", "holds"],
    ["sample-in-del", "frequency", "violated"],
    ["sample-in-stop", "frequency", "holds"],
    ["detect-at-start", "period-change", "violated"],
    ["restart-short", "disable-enable", "violated"],
    ["task-work-at-start", "one-cpu", "holds"],
    ["task-work-at-start", "disable-enable", "holds"],
    ["veto-power-down", "cpu-pm", "holds"],
  ])("%s in %s: %s", (name, scenario, verdict) => {
    expect(counts(inC(name), cell(scenario)).verdict).toBe(verdict);
    expect(counts(fixed(byHand, name), cell(scenario)).verdict).toBe(verdict);
  });

  test("no-lost-overflow in period-change: the driver's part in C, that of perf's core by hand", () => {
    const core = "whole-on-period+whole-on-rate+whole-in-kvm";
    const of = cell("period-change");
    const patch = inC("task-work-at-start+veto-power-down+mask-around-read");
    expect(counts(patch, of).verdict).toBe("violated");
    expect(counts(fixed(patch, core), of).verdict).toBe("holds");
    expect(counts(fixed(byHand, "no-lost-overflow"), of).verdict).toBe("holds");
  });

  test.each(["disable-around-read", "relatch-after-read", "mask-around-read"])(
    "%s in read-own, by NMI",
    (name) => {
      const of = cell("read-own", "nmi");
      expect(counts(inC(name), of).verdict).toBe(counts(fixed(byHand, name), of).verdict);
    },
  );
});
