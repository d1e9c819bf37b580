/**
 * Debian's kernels in an emulated machine do what the models say: relations, not numbers, which Debian's next kernel
 * would change.
 *
 * Runs with REAL_KERNEL=1 where QEMU, the cross compiler and the kernels that `npm run real-kernel` has fetched are there; else it is
 * skipped and says why. It fetches and installs nothing.
 */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { boot } from "../../../bench/real-kernel/boot.js";
import { buildGuest } from "../../../bench/real-kernel/build.js";
import { measured, type Measured } from "../../../bench/real-kernel/flaws.js";
import { whyNotHere } from "../../../bench/real-kernel/machine.js";
import { realKernelOptions } from "../../../bench/real-kernel/options.js";
import { unpacked } from "../../../bench/real-kernel/packages.js";
import { runsOf } from "../../../bench/real-kernel/results.js";
import { KERNELS } from "../../../bench/real-kernel/subjects.js";

const { folder } = realKernelOptions([]);
const fetched = KERNELS.every(({ version }) => existsSync(join(folder, `linux-${version}`)));
const asked = process.env["REAL_KERNEL"] === "1" ? undefined : "set REAL_KERNEL=1 to boot them";
const reason =
  asked ?? whyNotHere() ?? (fetched ? undefined : "no kernels: `npm run real-kernel` fetches them");
if (reason !== undefined) process.stderr.write(`SKIPPED: relations of real kernels: ${reason}\n`);

/** Of what boots guests, in milliseconds: a machine may be busy. */
const BOUND = 900_000;

const FIXES = [
  "none",
  "no-clear",
  "save-restore-flag",
  "sample-in-stop",
  "irq-work-at-sched-out",
  "task-work",
];

describe.skipIf(reason !== undefined)(
  `real kernels${reason === undefined ? "" : ` (skipped: ${reason})`}`,
  () => {
    const work = mkdtempSync(join(tmpdir(), "pmucheck-relations-"));
    const consoles = new Map<string, string>();

    function run(version: string, scenarios: string, fixes: string): string {
      const kernel = KERNELS.find((one) => one.version === version);
      if (kernel === undefined) throw new Error(`no kernel ${version}`);
      const found = unpacked(kernel, folder);
      return boot(found, buildGuest(found, work, []), {
        scenarios,
        fixes,
        period: 200_000,
        ms: 150,
        seed: 1,
      });
    }

    function of(version: string, scenario: string, fix: string): Measured {
      const found = runsOf(consoles.get(version) ?? "").find(
        (one) => one.scenario === scenario && one.fix === fix,
      );
      if (found === undefined) throw new Error(`${scenario} with ${fix} did not run`);
      return measured(found);
    }

    beforeAll(() => {
      consoles.set("6.1", run("6.1", "pinned,one-cpu", FIXES.join(",")));
      consoles.set("6.12", run("6.12", "one-cpu", "none"));
    }, BOUND);

    afterAll(() => {
      rmSync(work, { recursive: true });
    });

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

    test("task-work loses nothing, and reports to the right task with user registers", () => {
      const { noticed, flaws } = of("6.1", "one-cpu", "task-work");
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
