/**
 * Debian's kernels in an emulated machine do what the models say: relations, not numbers, which Debian's next kernel
 * would change.
 *
 * Runs with REAL_KERNEL=1 where QEMU, the cross compiler and the kernels that `npm run real-kernel` has fetched are there; else it is
 * skipped and says why. It fetches and installs nothing.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { boot, type GuestArguments } from "../../../bench/real-kernel/boot.js";
import { buildGuest } from "../../../bench/real-kernel/build.js";
import { measured, type Measured } from "../../../bench/real-kernel/flaws.js";
import { isReady, ready } from "../../../bench/real-kernel/kernels.js";
import { whyNotHere } from "../../../bench/real-kernel/machine.js";
import { realKernelOptions } from "../../../bench/real-kernel/options.js";
import { runsOf, type Run } from "../../../bench/real-kernel/results.js";
import {
  BEST_FIX,
  DEBIAN_KERNELS,
  KERNELS,
  OWN_KERNELS,
  type Kernel,
} from "../../../bench/real-kernel/subjects.js";

const { folder } = realKernelOptions([]);
const isThere = (kernels: readonly Kernel[]) => kernels.every((kernel) => isReady(kernel, folder));
const asked = process.env["REAL_KERNEL"] === "1" ? undefined : "set REAL_KERNEL=1 to boot them";
const reason =
  asked ??
  whyNotHere(false) ??
  (isThere(DEBIAN_KERNELS) ? undefined : "no kernels: `npm run real-kernel` fetches them");
if (reason !== undefined) process.stderr.write(`SKIPPED: relations of real kernels: ${reason}\n`);
const noNmi =
  reason ??
  (isThere(OWN_KERNELS) ? undefined : "none is built: `npm run real-kernel -- --kernel 6.1-nmi` does so");
if (noNmi !== undefined) process.stderr.write(`SKIPPED: relations of a kernel with pseudo-NMIs: ${noNmi}\n`);

/** Of what boots guests, in milliseconds: a machine may be busy. */
const BOUND = 900_000;

const FIXES = [
  "none",
  "no-clear",
  "save-restore-flag",
  "sample-in-stop",
  "irq-work-at-sched-out",
  "task-work",
  BEST_FIX,
];

const work = mkdtempSync(join(tmpdir(), "pmucheck-relations-"));
const consoles = new Map<string, string>();

afterAll(() => {
  rmSync(work, { recursive: true });
});

function run(version: string, scenarios: string, fixes: string, changes: GuestArguments = {}): string {
  const kernel = KERNELS.find((one) => one.version === version);
  if (kernel === undefined) throw new Error(`no kernel ${version}`);
  const found = ready(kernel, folder);
  const given = { scenarios, fixes, period: 200_000, ms: 150, seed: 1, ...changes };
  return boot(found, buildGuest(found, work, []), given);
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

describe.skipIf(reason !== undefined)(
  `real kernels${reason === undefined ? "" : ` (skipped: ${reason})`}`,
  () => {
    beforeAll(() => {
      consoles.set("6.1", run("6.1", "pinned,one-cpu", FIXES.join(",")));
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

    test(
      "the same command twice gives the same bytes",
      () => {
        expect(run("6.12", "one-cpu", "none")).toBe(consoles.get("6.12"));
      },
      BOUND,
    );
  },
);

const READ_FIXES = ["mask-around-read", "relatch-after-read", "disable-around-read", BEST_FIX];

describe.skipIf(noNmi !== undefined)(
  `a kernel with pseudo-NMIs${noNmi === undefined ? "" : ` (skipped: ${noNmi})`}`,
  () => {
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
  },
);
