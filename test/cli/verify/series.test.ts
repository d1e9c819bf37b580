/**
 * `pmucheck verify --kernel DIR --patch series.mbox`: a series is judged patch by patch, so that one which breaks something on the
 * way, and mends it, is found out.
 */
import { formatPatch, parsePatch, reversePatch } from "diff";
import { afterAll, describe, expect, test } from "vitest";

import { pmucheck } from "../../support/cli/command-line.js";
import { ARM_PMU, diffOf, PatchFolder } from "../../support/models/edited-fixture.js";
import { FIXTURE } from "../../support/models/fixture-tree.js";

const patches = new PatchFolder();
afterAll(() => patches.remove());

/** armpmu_stop() no longer folds in what was counted. */
const FORGETS = diffOf([ARM_PMU, "	armpmu_event_update(event);\n	event->hw.state |=", "	event->hw.state |="]);
const REMEMBERS = formatPatch(reversePatch(parsePatch(FORGETS)));

function mail(number: number, subject: string, diff: string): string {
  return `From ${"0".repeat(40)} Mon Sep 17 00:00:00 2001\nFrom: A <a@b>\nSubject: [PATCH ${number}/2] ${subject}\n\nWhy.\n---\n file | 1 +\n\n${diff}-- \n2.40.0\n\n`;
}

const series = patches.write(
  "series.mbox",
  mail(1, "forget what was counted", FORGETS) + mail(2, "remember it again", REMEMBERS),
);
const CELL = ["--scenario=one-cpu", "--irq=irq", "--property=count-conservation", "--jobs=1"];

function verify(...args: readonly string[]) {
  return pmucheck("verify", `--kernel=${FIXTURE}`, `--patch=${series}`, ...CELL, ...args);
}

describe("a series that breaks something and mends it", () => {
  const { status, stdout } = verify();

  test("is not taken for right, and the patch that breaks is named", () => {
    expect(status).toBe(12);
    expect(stdout).toMatch(/ 1 {2}forget what was counted: .*1 newly broken/);
    expect(stdout).toContain("breaks count-conservation in one-cpu, irq");
    expect(stdout).toMatch(/ 2 {2}remember it again: .*0 newly broken/);
    expect(stdout).toContain("1 cell is broken on the way and hold");
  });

  test("as a document has a step for each patch", () => {
    const { series: steps } = JSON.parse(verify("--json").stdout) as { series: readonly object[] };
    expect(steps).toMatchObject([
      { subject: "forget what was counted", breaks: [{ scenario: "one-cpu" }] },
      { subject: "remember it again", breaks: [] },
    ]);
  });

  test("is judged by its end alone with --whole", () => {
    const whole = verify("--whole");
    expect(whole.stdout).not.toContain("Patch by patch");
    expect(whole.status).not.toBe(12);
  });
});
