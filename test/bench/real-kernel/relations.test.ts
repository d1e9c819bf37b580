/**
 * Debian's kernels in an emulated machine do what the models say: relations, not numbers, which Debian's next kernel
 * would change.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { GuestArguments } from "../../../bench/real-kernel/boot.js";
import { buildGuest } from "../../../bench/real-kernel/build.js";
import { measured, type Measured } from "../../../bench/real-kernel/flaws.js";
import { runsOf, type Run } from "../../../bench/real-kernel/results.js";
import { BEST_FIX } from "../../../bench/real-kernel/subjects.js";
import { BOUND, console, kernelOf, noGuests, noNmi, skipped } from "../../support/real-kernel/guests.js";

if (noGuests !== undefined) process.stderr.write(`SKIPPED: relations of real kernels: ${noGuests}\n`);
else if (noNmi !== undefined)
  process.stderr.write(`SKIPPED: relations of a kernel with pseudo-NMIs: ${noNmi}\n`);

const FIXES = [
  "none",
  "no-clear",
  "save-restore-flag",
  "sample-in-stop",
  "irq-work-at-sched-out",
  "task-work",
  BEST_FIX,
];

const NEW_PERIOD_FIXES = ["task-work", "detect-at-start", BEST_FIX];

const work = mkdtempSync(join(tmpdir(), "pmucheck-relations-"));
const consoles = new Map<string, string>();

afterAll(() => {
  rmSync(work, { recursive: true });
});

function run(version: string, scenarios: string, fixes: string, changes: GuestArguments = {}): string {
  return console(version, work, { scenarios, fixes, ...changes });
}

function runOf(version: string, scenario: string, fix: string): Run {
  const found = runsOf(consoles.get(version) ?? "").find(
    (one) => one.scenario === scenario && one.fix === fix,
  );
  if (found === undefined) throw new Error(`${scenario} with ${fix} did not run`);
  return found;
}

function of(version: string, scenario: string, fix: string): Measured {
  return measured(runOf(version, scenario, fix));
}

describe.skipIf(noGuests !== undefined)(`real kernels${skipped(noGuests)}`, () => {
  beforeAll(() => {
    consoles.set("6.1", run("6.1", "pinned,one-cpu", FIXES.join(",")));
    consoles.set(
      "new periods",
      run("6.1", "period-change", ["none", ...NEW_PERIOD_FIXES].join(","), { ms: 400 }),
    );
    consoles.set("softirqs", run("6.1", "one-cpu", BEST_FIX, { softirqs: 5_000_001 }));
    consoles.set("6.12", run("6.12", "one-cpu", "none"));
  }, BOUND);

  test("the driver of the mail loses what it finds completed at a stop, and nothing without a stop", () => {
    const switched = of("6.1", "one-cpu", "none");
    expect(switched.noticed).toBeGreaterThan(0);
    expect(switched.lost).toBe(switched.noticed);
    expect(switched.flaws).toEqual(["L"]);
    expect(of("6.1", "pinned", "none").flaws).toEqual([]);
  });

  test.each(["no-clear", "save-restore-flag"])("%s keeps the flag and loses all the same", (fix) => {
    const { lost, noticed, flaws } = of("6.1", "one-cpu", fix);
    expect(noticed).toBeGreaterThan(0);
    expect(lost).toBe(noticed);
    expect(flaws).toEqual(["L"]);
  });

  test.each(["task-work", BEST_FIX])("%s loses nothing, to the right task, with user registers", (fix) => {
    const { noticed, flaws } = of("6.1", "one-cpu", fix);
    expect(noticed).toBeGreaterThan(0);
    expect(flaws).toEqual([]);
  });

  test("sample-in-stop loses nothing, and every such sample has kernel registers", () => {
    const { noticed, kernelIp, flaws } = of("6.1", "one-cpu", "sample-in-stop");
    expect(flaws).toEqual(["K"]);
    expect(kernelIp).toBe(noticed);
  });

  test("irq-work-at-sched-out charges the other task each time", () => {
    const { noticed, wrongTask, flaws } = of("6.1", "one-cpu", "irq-work-at-sched-out");
    expect(noticed).toBeGreaterThan(0);
    expect(wrongTask).toBe(noticed);
    expect(flaws).toEqual(["K", "W"]);
  });

  test("on 6.12 nothing is due at a switch, and kernel registers appear instead", () => {
    const { noticed, kernelIp, flaws } = of("6.12", "one-cpu", "none");
    expect(noticed).toBe(0);
    expect(kernelIp).toBeGreaterThan(0);
    expect(flaws).toEqual(["K"]);
  });

  test("after a new period a fix without a guard reports what is not wanted any more, and the driver nothing false", () => {
    const [driver, later, atOnce, best] = ["none", ...NEW_PERIOD_FIXES].map((fix) =>
      of("new periods", "period-change", fix),
    );
    expect(driver).toMatchObject({ flaws: [], falseReports: 0 });
    expect(later?.noticed).toBeGreaterThan(0);
    expect(later).toMatchObject({ flaws: ["F"], falseReports: later?.noticed });
    // A start after a new period looks like one after a completed period.
    expect(atOnce?.falseReports).toBeGreaterThan(10 * (atOnce?.noticed ?? 0));
    expect(best).toMatchObject({ flaws: [], falseReports: 0 });
  });

  test("registers of the kernel that nobody predicted are in softirqs, and the guest says so", () => {
    const { flaws, kernelSamples } = of("softirqs", "one-cpu", BEST_FIX);
    expect(flaws).toEqual(["K"]);
    expect(kernelSamples).toEqual([[expect.stringMatching(/softirq/), "softirq", expect.any(Number)]]);
  });

  test(
    "the same sources make the same guest in another folder, and it does the same, byte for byte",
    () => {
      const other = join(work, "other");
      mkdirSync(other);
      const archive = (folder: string) => readFileSync(buildGuest(kernelOf("6.12"), folder, []));
      expect(archive(other).equals(archive(work))).toBe(true);
      expect(console("6.12", other, { scenarios: "one-cpu", fixes: "none" })).toBe(consoles.get("6.12"));
    },
    BOUND,
  );
});

const READ_FIXES = ["mask-around-read", "relatch-after-read", "disable-around-read", BEST_FIX];

describe.skipIf(noNmi !== undefined)(`a kernel with pseudo-NMIs${skipped(noNmi)}`, () => {
  beforeAll(() => {
    const reading = { period: 30_011, exclude_kernel: 0, ms: 700 };
    const fixes = ["none", ...READ_FIXES].join(",");
    consoles.set("6.1-nmi", run("6.1-nmi", "read-own", fixes, reading));
    consoles.set("6.1-own", run("6.1-own", "read-own", "none", reading));
  }, BOUND);

  test("loses an overflow if it comes in the middle of a read, each time in the window, and nowhere else", () => {
    const { flaws, late, window } = of("6.1-nmi", "read-own", "none");
    expect(flaws).toEqual(["L"]);
    expect(window).toMatchObject({ silent: late, silentElsewhere: 0 });
    // A read just before, nearer to the overflow than the handler's delay, leaves something to report.
    expect(window?.reported).toBeLessThan(late);
  });

  test("does not by ordinary interrupts", () => {
    const { counts } = runOf("6.1-own", "read-own", "none");
    expect(counts.reads).toBeGreaterThan(0);
    expect(counts.silent).toBe(0);
  });

  test.each(READ_FIXES)("%s loses nothing", (fix) => {
    expect(runOf("6.1-nmi", "read-own", fix).counts.reads).toBeGreaterThan(0);
    expect(of("6.1-nmi", "read-own", fix)).toMatchObject({ flaws: [], lost: 0 });
  });
});
