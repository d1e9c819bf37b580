/**
 * Patches of C: what comes out is what the same idea by hand comes to; what cannot be run is said by name and line; and what was
 * not looked at is said too.
 */
import { afterAll, describe, expect, test } from "vitest";

import { fixes } from "../../../../models/fixes/catalogue.js";
import { driverNamed } from "../../../../src/cli/arguments/catalogue.js";
import { kernelDriver } from "../../../../src/kernel-tree/driver.js";
import { withFixes } from "../../../../src/spec/fix.js";
import type { Driver } from "../../../../src/spec/scenario.js";
import { checked, counts } from "../../../support/models/counts.js";
import {
  ARM_PMU,
  ARM_PMU_H,
  ARM_PMUV3,
  diffOf,
  PatchFolder,
  PMUV3_ASM_H,
  type FileEdit,
} from "../../../support/models/edited-fixture.js";
import { FIXTURE } from "../../../support/models/fixture-tree.js";

const byHand = driverNamed("linux-6.12");
const patches = new PatchFolder();
afterAll(() => patches.remove());

function patched(...texts: readonly string[]): Driver {
  const files = texts.map((text, i) => patches.write(`${i}-${texts.length}.patch`, text));
  return kernelDriver({ name: "kernel:fixture", folder: FIXTURE, patches: files, baseFor: () => byHand });
}

function fixedByHand(name: string): Driver {
  return withFixes(
    byHand,
    name,
    fixes.filter((fix) => fix.name === name),
  );
}

const ONE_CPU = { scenario: "one-cpu", property: "exactly-once", settings: {} };

const REPORT_IN_START: FileEdit = [
  ARM_PMU,
  "	event->hw.state = 0;\n	armpmu_event_set_period(event);\n	unit->enable(event);\n",
  [
    "	event->hw.state = 0;",
    "	ended = armpmu_event_set_period(event);",
    "	unit->enable(event);",
    "	if (ended) {",
    "		struct perf_sample_data data;",
    "",
    "		perf_sample_data_init(&data, 0, event->hw.last_period);",
    "		if (perf_event_overflow(event, &data, get_irq_regs()))",
    "			unit->disable(event);",
    "	}",
    "",
  ].join("\n"),
];
const DECLARE_ENDED: FileEdit = [
  ARM_PMU,
  "	if (flags & PERF_EF_RELOAD)\n",
  "	int ended;\n\n	if (flags & PERF_EF_RELOAD)\n",
];

/** A field of its own, a callback of its own, and a register that the driver did not use: in four files. */
const RELATCH: readonly FileEdit[] = [
  [
    ARM_PMU,
    "	event->hw.state |= PERF_HES_STOPPED",
    "	if (local64_read(&event->hw.period_left) <= 0)\n		this_cpu_ptr(unit->hw_events)->untold[event->hw.idx] = true;\n	event->hw.state |= PERF_HES_STOPPED",
  ],
  [
    ARM_PMU,
    "	event->hw.state = 0;\n	armpmu_event_set_period(event);\n	unit->enable(event);\n",
    [
      "	event->hw.state = 0;",
      "	if (this_cpu_ptr(unit->hw_events)->untold[event->hw.idx]) {",
      "		this_cpu_ptr(unit->hw_events)->untold[event->hw.idx] = false;",
      "		local64_set(&event->hw.prev_count, 0);",
      "		unit->write_counter(event, 0);",
      "		unit->latch(event);",
      "	} else {",
      "		armpmu_event_set_period(event);",
      "	}",
      "	unit->enable(event);",
      "",
    ].join("\n"),
  ],
  [
    ARM_PMU_H,
    "	struct arm_pmu *percpu_pmu;\n",
    "	bool untold[ARMPMU_MAX_HWEVENTS];\n	struct arm_pmu *percpu_pmu;\n",
  ],
  [
    ARM_PMU_H,
    "	void (*reset)(void *unit);\n",
    "	void (*reset)(void *unit);\n	void (*latch)(struct perf_event *event);\n",
  ],
  [
    PMUV3_ASM_H,
    "PMU_WRITER(pmuserenr, pmuserenr_el0)\n",
    "PMU_WRITER(pmuserenr, pmuserenr_el0)\nPMU_WRITER(pmovsset, pmovsset_el0)\n",
  ],
  [
    ARM_PMUV3,
    "static void armv8pmu_start(",
    "static void armv8pmu_latch(struct perf_event *event)\n{\n	write_pmovsset(BIT_ULL(event->hw.idx));\n}\n\nstatic void armv8pmu_start(",
  ],
  [
    ARM_PMUV3,
    "	unit->reset = armv8pmu_reset;\n",
    "	unit->reset = armv8pmu_reset;\n	unit->latch = armv8pmu_latch;\n",
  ],
];

describe("an idea as a patch, and by hand", () => {
  test("detect-at-start", () => {
    const inC = counts(patched(diffOf(DECLARE_ENDED, REPORT_IN_START)), ONE_CPU);
    expect(inC).toEqual(counts(fixedByHand("detect-at-start"), ONE_CPU));
    expect(inC.verdict).toBe("holds");
  });

  test("no write to PMOVSCLR when an event is disabled", () => {
    const text = diffOf([ARM_PMUV3, "	isb();\n	write_pmovsclr(mask);\n	isb();\n", "	isb();\n"]);
    expect(counts(patched(text), ONE_CPU).verdict).toBe(counts(fixedByHand("no-clear"), ONE_CPU).verdict);
  });

  test("relatch-at-start: state, callback and register of its own", () => {
    const driver = patched(diffOf(...RELATCH));
    expect(counts(driver, ONE_CPU).verdict).toBe("holds");
    const report = driver.source?.report();
    expect(report?.ownState).toContain("untold.0 (per cpu)");
    expect(report?.neverRan).toEqual([]);
  });

  test("the same with counters numbered as before 6.12 is caught", () => {
    const wrong = RELATCH.map(([file, from, to]): FileEdit => [
      file,
      from,
      to.replace("BIT_ULL(event->hw.idx)", "BIT_ULL(event->hw.idx + 1)"),
    ]);
    expect(checked(patched(diffOf(...wrong)), ONE_CPU).verdict).toBe("violated");
  });
});

describe("what cannot be run is an error, by name and line", () => {
  const inStart = (line: string): FileEdit => [
    ARM_PMU,
    "	event->hw.state = 0;\n",
    `	event->hw.state = 0;\n	${line}\n`,
  ];
  test.each<[string, string, string]>([
    ["a function that nobody has", "schedule_timeout_idle(1);", "PMC221"],
    ["NULL", "{ struct perf_event *none = NULL; none->hw.flags = 1; }", "PMC225"],
    ["a local variable without a value", "{ int n; event->hw.flags = n; }", "PMC226"],
    ["a field that nobody writes", "event->hw.flags = event->hw.last_tag;", "PMC223"],
    ["a register that is not modelled", "write_sysreg(1, pmsicr_el1);", "PMC224"],
    ["an index outside of its array", "this_cpu_ptr(unit->hw_events)->events[32] = NULL;", "PMC227"],
    ["another CPU's counters", "unit->clear_event_idx(per_cpu_ptr(unit->hw_events, 7), event);", "PMC231"],
  ])("%s", (_, line, code) => {
    const { verdict, reason } = checked(patched(diffOf(inStart(line))), ONE_CPU);
    expect(verdict).toBe("error");
    expect(reason).toMatch(new RegExp(`^${code}.*drivers/perf/arm_pmu\\.c:\\d+( |:)`));
  });

  test("a first value from code that is not run", () => {
    const text = diffOf(
      inStart("this_cpu_ptr(unit->hw_events)->starts++;"),
      [ARM_PMU_H, "	struct arm_pmu *percpu_pmu;\n", "	int starts;\n	struct arm_pmu *percpu_pmu;\n"],
      [
        ARM_PMU,
        "	event->hw.idx = -1;\n	return 0;\n",
        "	event->hw.idx = -1;\n	this_cpu_ptr(to_arm_pmu(event->pmu)->hw_events)->starts = event->hw.idx;\n	return 0;\n",
      ],
    );
    expect(() => patched(text)).toThrow(
      /starts gets its first value in armpmu_event_init\(\), which is not run here/,
    );
  });
});

describe("what a patch must be", () => {
  test("context that is not there is named, with the hunk", () => {
    const text = diffOf(REPORT_IN_START).replace("	unit->enable(event);", "	unit->enabled(event);");
    expect(() => patched(text)).toThrow(
      /does not fit drivers\/perf\/arm_pmu\.c: hunk @@ -\d+,\d+ \+\d+,\d+ @@/,
    );
  });

  test("a text without a diff is refused", () => {
    expect(() => patched("Subject: [PATCH 0/2] a cover letter\n\nwords\n")).toThrow(/there is no diff/);
  });

  test("a mail, and the mails of a series in any order, with offsets", () => {
    const first = diffOf(DECLARE_ENDED);
    const second = diffOf(REPORT_IN_START);
    const mail = (n: number, diff: string): string =>
      `From ${"0".repeat(40)} Mon Sep 17 00:00:00 2001\nFrom: A <a@b>\nSubject: [PATCH v2 ${n}/2] part ${n}\n\nWhy --- so.\n---\n file | 1 +\n\n${diff}-- \n2.40.0\n\n`;
    const driver = patched(mail(2, second) + mail(1, first));
    expect(counts(driver, ONE_CPU).verdict).toBe("holds");
  });

  test("what is patched and not read is not verified; added lines that did not run are said", () => {
    const text =
      diffOf([
        ARM_PMU,
        "	event->hw.idx = -1;\n	return 0;\n",
        "	event->hw.idx = -1;\n	event->cpu = 0;\n	return 0;\n",
      ]) + "--- /dev/null\n+++ b/drivers/perf/other.c\n@@ -0,0 +1,1 @@\n+int other;\n";
    const driver = patched(text);
    const { kernel } = checked(driver, ONE_CPU);
    expect(kernel?.notVerified).toEqual(["drivers/perf/other.c"]);
    expect(kernel?.addedLines).toBe(1);
    expect(kernel?.neverRan).toEqual([expect.stringMatching(/^drivers\/perf\/arm_pmu\.c:\d+$/)]);
  });
});
