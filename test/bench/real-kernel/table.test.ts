/**
 * The table of predictions beside measurements: what counts as a flaw, as agreement, and as explained.
 */
import { describe, expect, test } from "vitest";

import { differences, judgement, type Cell } from "../../../bench/real-kernel/cells.js";
import { measured, type Flaw, type Measured } from "../../../bench/real-kernel/flaws.js";
import { realKernelOptions } from "../../../bench/real-kernel/options.js";
import { newest } from "../../../bench/real-kernel/packages.js";
import { recordedLog } from "../../../bench/real-kernel/recording.js";
import { realKernelTable } from "../../../bench/real-kernel/report.js";
import { runsOf } from "../../../bench/real-kernel/results.js";
import { batchesFor, DEBIAN_KERNELS, KERNELS } from "../../../bench/real-kernel/subjects.js";
import { windowOf, windowText } from "../../../bench/real-kernel/window.js";

type Changes = Readonly<
  Record<string, number | string | boolean | readonly (readonly (number | string)[])[]>
>;

function console(changes: Changes = {}): string {
  const run = {
    fix: "none",
    scenario: "one-cpu",
    task: 0,
    overflows: 100,
    samples: 90,
    early: 0,
    wrongTask: 0,
    kernelIp: 0,
    largestDelta: 2,
    dropped: 0,
    actions: 50,
    stops: 50,
    flagged: 8,
    noticed: 8,
    reported: 0,
    restored: 0,
    raised: 0,
    excludesKernel: true,
    reads: 0,
    silent: 0,
    silentInUpdate: 0,
    places: [],
    kernelSamples: [],
    ...changes,
  };
  return `boot\nTASK ${JSON.stringify(run)}\nRUN ${JSON.stringify(run)}\nEND\n`;
}

function ofConsole(changes: Changes): Measured {
  const [run] = runsOf(console(changes));
  if (run === undefined) throw new Error("no run");
  return measured(run);
}

function fail(): never {
  throw new Error("not there");
}

describe("what a run shows", () => {
  test("found at a stop and not reported is lost; what is missing besides was merged", () => {
    expect(ofConsole({})).toMatchObject({ flaws: ["L"], lost: 8, merged: 2 });
  });

  test("what the fix reports or restores is not lost", () => {
    expect(ofConsole({ samples: 100, reported: 8 })).toMatchObject({ flaws: [], lost: 0, merged: 0 });
    expect(ofConsole({ samples: 100, restored: 8 }).flaws).toEqual([]);
  });

  test("more samples than overflows are false reports", () => {
    expect(ofConsole({ samples: 103, noticed: 0 })).toMatchObject({ flaws: ["F"], falseReports: 3 });
  });

  test("a report without a period completed since the one before is false, though as many are missing", () => {
    expect(ofConsole({ noticed: 0, early: 2 })).toMatchObject({ flaws: ["F"], falseReports: 2 });
  });

  test("where the count begins afresh no loss is claimed, and no excess of samples", () => {
    const afresh = { scenario: "period-change", samples: 103 };
    expect(ofConsole(afresh)).toMatchObject({ flaws: [], lost: undefined });
    expect(ofConsole({ ...afresh, early: 2 }).flaws).toEqual(["F"]);
  });

  test("a read that is interrupted in its middle is late; lost is only what is missing", () => {
    const reading = { scenario: "read-own", noticed: 0, silent: 5, silentInUpdate: 5 };
    expect(ofConsole({ ...reading, samples: 97 })).toMatchObject({ flaws: ["L"], late: 5, lost: 3 });
    expect(ofConsole({ ...reading, samples: 100 })).toMatchObject({ flaws: [], late: 5, lost: 0 });
    expect(ofConsole({ ...reading, samples: 97, restored: 5 })).toMatchObject({ flaws: [], merged: 3 });
  });

  test("kernel registers are no flaw of an event that counts the kernel", () => {
    const three = { noticed: 0, kernelIp: 3, kernelSamples: [["schedule+0x8/0x90", "task", 3]] };
    expect(ofConsole(three)).toMatchObject({ flaws: ["K"], kernelSamples: three.kernelSamples });
    expect(ofConsole({ ...three, excludesKernel: false })).toMatchObject({ flaws: [], kernelSamples: [] });
  });

  test("a sample that the module did not see is refused, and one of the kernel whose place is not known", () => {
    const run = (changes: Changes) => () =>
      runsOf(console().replace(/^RUN .*$/m, console(changes).match(/^RUN .*$/m)?.[0] ?? fail()));
    expect(run({ samples: 89 })).toThrow(
      "ring buffers have 90 samples, 0 of the kernel; the module saw 89 and 0",
    );
    expect(run({ kernelSamples: [["schedule+0x8/0x90", "task", 1]] })).toThrow("the module saw 90 and 1");
    expect(run({ samples: -1 })).not.toThrow();
  });

  test("next-task has two tasks, and both must be there", () => {
    expect(() => runsOf(console({ scenario: "next-task" }))).toThrow("results of a task are missing");
  });

  test("a ring buffer that dropped samples is refused", () => {
    expect(() => runsOf(console({ dropped: 1 }))).toThrow("the ring buffer was too small");
  });
});

describe("the window of the second loss", () => {
  const window = (places: readonly (readonly number[])[], silent: number, silentInUpdate: number) =>
    windowOf(runsOf(console({ silent, silentInUpdate, places }))[0]?.counts ?? fail());

  test("is from the first to the last place where nothing was reported", () => {
    const found = window(
      [
        [0x10, 9, 0],
        [0x6c, 0, 4],
        [0x70, 0, 3],
        [0xac, 0, 2],
        [0xb0, 7, 0],
      ],
      9,
      9,
    );
    expect(found).toEqual({ first: 0x6c, last: 0xac, silent: 9, reported: 0, silentElsewhere: 0 });
  });

  test("a report in the window and a silent run elsewhere are said", () => {
    const found = window(
      [
        [0x6c, 0, 4],
        [0x70, 1, 0],
        [0xac, 0, 2],
      ],
      8,
      6,
    );
    expect(windowText(found ?? fail())).toBe(
      "the handler reported nothing 6 times where it interrupted armpmu_event_update at +0x6c to +0xac (and did once), and 2 times elsewhere",
    );
  });

  test("there is none where every run reported", () => {
    expect(window([[0x10, 9, 0]], 0, 0)).toBeUndefined();
  });
});

describe("a cell", () => {
  const SOFTIRQ: Measured["kernelSamples"][number] = ["__do_softirq+0xac/0x3b8", "softirq", 2];
  const cell = (
    predicted: readonly Flaw[] | undefined,
    flaws: readonly Flaw[],
    scenario = "one-cpu",
    changes: Partial<Measured> = {},
  ): Cell => ({
    kernel: "6.1.1",
    scenario,
    fix: "none",
    predicted: { flaws: predicted, vacuous: [] },
    measured: { ...ofConsole({ scenario }), ...changes, flaws },
  });

  test.each([
    [cell(["L"], ["L"]), "="],
    [cell(["L", "K"], ["L"]), "K: not-hit"],
    [cell([], ["K"], "one-cpu", { kernelSamples: [SOFTIRQ] }), "K: no-softirq"],
    [
      cell([], ["K"], "disable-enable", { kernelSamples: [SOFTIRQ, ["do_mem_abort+0x44/0xa0", "task", 1]] }),
      "DIFFERS",
    ],
    [cell(["L"], [], "rr-rearm"), "L: count-afresh"],
    [cell([], ["L"], "read-own"), "L: stopped"],
    [cell([], ["L"], "read-own", { late: 1 }), "DIFFERS"],
    [cell(undefined, []), "not-modelled"],
    [cell([], ["L"]), "DIFFERS"],
  ])("is judged %#", (given, expected) => {
    expect(judgement(given)).toBe(expected);
  });

  test("the way to another task explains kernel registers only where the scenario has no other task", () => {
    const unmasked: Measured["kernelSamples"][number] = ["do_notify_resume+0x34/0x168", "task", 1];
    expect(judgement(cell([], ["K"], "disable-enable", { kernelSamples: [unmasked] }))).toBe(
      "K: no-other-task",
    );
    expect(judgement(cell([], ["K"], "one-cpu", { kernelSamples: [unmasked] }))).toBe("DIFFERS");
    expect(judgement(cell([], ["K"], "disable-enable", { kernelSamples: [unmasked, SOFTIRQ] }))).toBe(
      "DIFFERS",
    );
  });

  test("one unexplained flaw is not hidden by an explained one", () => {
    const both = cell(["K"], ["W"]);
    expect(differences(both).map(({ limit }) => limit?.name)).toEqual(["not-hit", undefined]);
    expect(judgement(both)).toBe("DIFFERS");
  });

  test("the table counts what agrees and names the limits it needs", () => {
    const text = realKernelTable([cell(["L"], ["L"]), cell(["L", "K"], ["L"]), cell([], ["W"])]);
    expect(text).toContain("1 of 3 cells agree, 1 are explained by a limit, 1 differ");
    expect(text).toMatch(/^not-hit: /m);
    expect(text).not.toContain("no-softirq");
  });

  test("where the kernel was interrupted is said of what was not predicted, and only of that", () => {
    const text = realKernelTable([
      cell([], ["K"], "period-change", { kernelSamples: [SOFTIRQ] }),
      cell(["K"], ["K"], "one-cpu", { kernelSamples: [["do_notify_resume+0x54/0x100c", "task", 70]] }),
    ]);
    expect(text).toContain(
      "6.1.1, period-change, none: kernel registers 2 times in a softirq, at __do_softirq+0xac/0x3b8",
    );
    expect(text).not.toContain("do_notify_resume");
  });
});

describe("the kernel that is fetched", () => {
  const imageOf = (version: string) =>
    DEBIAN_KERNELS.find((kernel) => kernel.version === version)?.image ?? fail();

  test("is the newest in Debian's order, and no variant", () => {
    const names = [
      "linux-image-6.1.0-9-arm64-unsigned",
      "linux-image-6.1.0-53-arm64-unsigned",
      "linux-image-6.1.0-54-rt-arm64-unsigned",
      "linux-image-6.12.117+deb12-arm64-unsigned",
      "linux-image-6.12.57+deb13-arm64-unsigned",
    ];
    expect(newest(names, "6.1", imageOf("6.1"))).toBe("6.1.0-53");
    expect(newest(names, "6.12", imageOf("6.12"))).toBe("6.12.117+deb12");
  });

  test("where there is none, the message says which Debian has it", () => {
    const trixie = ["linux-image-6.12.57+deb13-arm64-unsigned"];
    expect(() => newest(trixie, "6.1", imageOf("6.1"))).toThrow("bookworm");
  });
});

describe("the command line", () => {
  test("by default both kernels of Debian, all scenarios, the fixes of each batch", () => {
    const { kernels, scenarios, fixes, seed } = realKernelOptions([]);
    expect(kernels.map(({ version }) => version)).toEqual(["6.1", "6.12"]);
    expect(scenarios).toContain("rr-rearm");
    expect(fixes).toBeUndefined();
    expect(seed).toBe(1);
  });

  test("takes every fix of the batches, and the kernels that are built here", () => {
    const fixes = [...new Set(KERNELS.flatMap(batchesFor).flatMap((batch) => batch.fixes))];
    const options = realKernelOptions([
      "--kernel",
      "6.1-nmi",
      "--kernel",
      "6.1-own",
      ...fixes.flatMap((fix) => ["--fix", fix]),
    ]);
    expect(options.fixes).toEqual(fixes);
    expect(options.kernels.map(({ interrupts }) => interrupts)).toEqual(["nmi", "irq"]);
  });

  test.each([
    [["--kernel", "5.4"], "unknown kernel 5.4; known: 6.1, 6.12, 6.1-nmi, 6.1-own"],
    [["--scenario", "hotplug"], "unknown scenario hotplug"],
    [["--fix", "task-work+magic"], "has no fix magic"],
    [["--seed=-1"], "--seed takes a whole number"],
    [["--record", "log"], "--record takes the log of one run"],
    [["--sed", "1"], "--sed"],
  ])("%j is refused", (args, reason) => {
    expect(() => realKernelOptions(args)).toThrow(expect.objectContaining({ code: "PMC104" }));
    expect(() => realKernelOptions(args)).toThrow(reason);
  });
});

test("a recorded log says what it is, what could be seen, and then what was seen", () => {
  const text = `SAMPLED 71 0\n${console()}FUNCTION armpmu_start\nFUNCTION armpmu_del [mod]\nTRACE # tracer: function\nTRACE line\n`;
  expect(
    recordedLog(text, { scenario: "one-cpu", release: "6.1.0-1", upstream: "6.1.9" }).split("\n"),
  ).toEqual([
    "# recorded by npm run real-kernel: Debian 6.1.0-1 (6.1.9), unmodified, one-cpu, QEMU",
    "# scenario: one-cpu",
    "# overflows without a sample, by the ring buffer: 10",
    "# sampled tasks: 71",
    "# functions: armpmu_start armpmu_del",
    "# inlined: armv8pmu_stop@armv8pmu_handle_irq armpmu_stop@armpmu_del",
    "# returns: armpmu_event_set_period",
    "# tracer: function",
    "line",
    "",
  ]);
});
