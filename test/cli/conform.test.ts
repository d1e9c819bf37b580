/**
 * `pmucheck conform` on the command line.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";

import { pmucheck, type Ran } from "../support/cli/command-line.js";

const folder = mkdtempSync(join(tmpdir(), "pmucheck-conform-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const log = join(folder, "run.log");
const recorded = gunzipSync(
  readFileSync(new URL("../conform/logs/one-cpu-6.1.192.log.gz", import.meta.url)),
).toString();
writeFileSync(log, recorded.split("\n").slice(0, 300).join("\n"));

test("an accepted log ends with 0, and says what was compared", () => {
  const { status, stdout } = pmucheck("conform", log, "--driver", "linux-6.1.y");
  expect(stdout).toContain("ACCEPTED: one-cpu, linux-6.1.y");
  expect(stdout).toContain("armpmu_event_set_period");
  expect(status).toBe(0);
});

test("a refused one ends with 12; --why-not and --json say more", () => {
  const { status, stdout } = pmucheck("conform", log, "--driver", "linux-6.1", "--why-not", "irq0", "--json");
  expect(status).toBe(12);
  expect(JSON.parse(stdout)).toMatchObject({
    format: "pmucheck-conform/1",
    verdict: "refused",
    refusal: { line: 101, offers: ["CPU0 > armv8pmu_disable_event"] },
    whyNot: [{ process: "irq0", enabled: false, reasons: ["PSTATE.I is 1"] }],
  });
});

test("a machine may stop a task at once: scenarios let it count before, and conform does not unless it is told to", () => {
  const lines = recorded.split("\n");
  // From a switch away from the task to the next one, without an interrupt of the PMU: what it counts is less than a period.
  const [from, to] = [126, 200];
  const often = join(folder, "often.log");
  const turn = lines.slice(from, to);
  writeFileSync(often, [...lines.slice(0, to), ...turn, ...turn, ...lines.slice(to, to + 60)].join("\n"));
  const onItsVersion = ["conform", often, "--driver", "linux-6.1.y"];
  expect(pmucheck(...onItsVersion).status).toBe(0);
  expect(pmucheck(...onItsVersion, "--set", "slice=4").status).toBe(12);
});

test("a log that does not say what it is of is asked for it", () => {
  const bare = join(folder, "bare.log");
  writeFileSync(
    bare,
    recorded
      .split("\n")
      .filter((line) => !line.startsWith("#"))
      .slice(0, 20)
      .join("\n"),
  );
  expectRefusal(pmucheck("conform", bare), "--scenario");
  expectRefusal(pmucheck("conform", bare, "--scenario", "one-cpu"), "--pid");
  expectRefusal(
    pmucheck("conform", bare, "--scenario", "one-cpu", "--pid", "1", "--pid", "2"),
    "the scenario samples T",
  );
});

test("what is no log is refused with its code", () => {
  const other = join(folder, "other");
  writeFileSync(other, "{}");
  expectRefusal(pmucheck("conform", other), "PMC161");
});

function expectRefusal({ status, stderr }: Ran, reason: string): void {
  expect(stderr).toContain(reason);
  expect(status).toBe(129);
}
