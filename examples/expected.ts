/**
 * What the examples come to: for each file the questions that it asks, with the verdicts. test/examples asks them all.
 *
 * A question is a command: `pmucheck check ./FILE`, with `--property ./FILE` and `--fix ./FILE` where the file has its own. A file
 * without a scenario is asked of a quick workload.
 */
export type Verdict = "violated" | "holds" | "vacuous";

export interface Question {
  readonly says: string;
  /** The driver, if it is not the default. */
  readonly driver?: string;
  /** The property's name; "own" for the one in the file. exactly-once if it is not said. */
  readonly property?: string;
  /** The options of the quick workload that is checked; the scenario in the file if it is not said. */
  readonly workload?: readonly string[];
  /** With the fix in the file. */
  readonly fix?: boolean;
  readonly set?: Readonly<Record<string, string>>;
  readonly verdict: Verdict;
}

export interface Example {
  readonly file: string;
  /** Where it comes from. */
  readonly source: string;
  readonly questions: readonly Question[];
}

const rearming = ["--other", "DISABLE,RESET,PERIOD=4,ENABLE"];

export const reports: readonly Example[] = [
  {
    file: "rr-rearm.ts",
    source: "rr-debugger/rr#3607, mail of 20 Nov 2023",
    questions: [
      {
        says: "with preemption",
        workload: [...rearming, "--switches"],
        property: "own",
        verdict: "violated",
      },
      { says: "without", workload: rearming, property: "own", verdict: "holds" },
    ],
  },
  {
    file: "reports/first-of-tick.ts",
    source: "Linux f51972e6f8b9 (6.16)",
    questions: [
      { says: "6.5", property: "own", verdict: "violated" },
      { says: "7.3", property: "own", driver: "linux-7.3", verdict: "holds" },
    ],
  },
  {
    file: "reports/slow-tick.ts",
    source: "Linux e050e3f0a71b (3.3)",
    questions: [
      { says: "with the fault", property: "throttled-ends", fix: true, verdict: "violated" },
      { says: "as it is", property: "throttled-ends", verdict: "holds" },
    ],
  },
  {
    file: "reports/two-periods.ts",
    source: "this project's trial on public reports",
    questions: [
      { says: "with switches", verdict: "violated" },
      { says: "without", set: { switches: "0" }, verdict: "holds" },
    ],
  },
  {
    file: "reports/hotplug-no-interrupt.ts",
    source: "arm_pmu's interrupts to 4.11",
    questions: [
      { says: "with the fault", property: "own", fix: true, verdict: "violated" },
      { says: "as it is", property: "own", verdict: "holds" },
    ],
  },
  {
    file: "reports/beyond-the-wrap.ts",
    source: "powerpc f56029410a13, FreeBSD D33654 and D2557",
    questions: [
      { says: "with the fault", property: "own", fix: true, verdict: "violated" },
      { says: "as it is", property: "own", verdict: "holds" },
    ],
  },
  {
    file: "reports/disabled-not-stopped.ts",
    source: "IBS 0158b83f7508, Linux 15073765285b (6.16)",
    questions: [
      { says: "6.12", property: "own", driver: "linux-6.12", verdict: "violated" },
      { says: "7.3", property: "own", driver: "linux-7.3", verdict: "holds" },
    ],
  },
  {
    file: "reports/nmi-in-update.ts",
    source: "docs/reference/second-loss.md",
    questions: [
      { says: "with a pseudo-NMI", property: "no-loss", verdict: "violated" },
      { says: "with the fix", property: "no-loss", fix: true, verdict: "holds" },
      { says: "with an ordinary interrupt", property: "no-loss", set: { irq: "irq" }, verdict: "holds" },
    ],
  },
  {
    file: "reports/only-the-guest.ts",
    source: "mails of 30 Nov 2023",
    questions: [
      { says: "as the test was", verdict: "vacuous" },
      { says: "without exclude_host", set: { excludeHost: "0" }, verdict: "violated" },
    ],
  },
  {
    file: "reports/half-the-range.ts",
    source: "ARM a737823d37 and 5727347180, arm64 cbbf2e6ed7",
    questions: [
      { says: "with the fault", property: "count-conservation", fix: true, verdict: "violated" },
      { says: "as it is", property: "count-conservation", verdict: "holds" },
    ],
  },
  {
    file: "reports/wrap-at-switch.ts",
    source: "FreeBSD D27945",
    questions: [
      { says: "with the fault", property: "count-conservation", fix: true, verdict: "violated" },
      { says: "as it is", property: "count-conservation", verdict: "holds" },
    ],
  },
  {
    file: "reports/every-counter.ts",
    source: "Apple's PMU driver",
    questions: [
      { says: "with Apple's way", fix: true, verdict: "holds" },
      { says: "as it is", verdict: "holds" },
    ],
  },
  {
    file: "reports/clear-too-much.ts",
    source: "RISC-V's SBI PMU driver",
    questions: [
      { says: "with the fault", fix: true, verdict: "violated" },
      { says: "as it is", verdict: "holds" },
    ],
  },
  {
    file: "reports/period-not-forced.ts",
    source: "Linux bad7192b842c (3.14)",
    questions: [
      { says: "with the fault", fix: true, verdict: "violated" },
      { says: "as it is", verdict: "holds" },
    ],
  },
  {
    file: "reports/group-throttle.ts",
    source: "Linux 9734e25fbf5a (6.16)",
    questions: [
      { says: "6.12", property: "own", driver: "linux-6.12", verdict: "violated" },
      { says: "7.3", property: "own", driver: "linux-7.3", verdict: "holds" },
    ],
  },
  {
    file: "reports/power-down.ts",
    source: "Linux da4e4f18afe0 (4.6)",
    questions: [
      { says: "with the fault", property: "keeps-counting", fix: true, verdict: "violated" },
      { says: "as it is", property: "keeps-counting", verdict: "holds" },
    ],
  },
  {
    file: "reports/sigtrap-left-behind.ts",
    source: "Linux ca6c21327c6a (6.1)",
    questions: [
      { says: "with the fault", property: "own", fix: true, verdict: "violated" },
      { says: "as it is", property: "own", verdict: "holds" },
    ],
  },
  {
    file: "reports/flag-written-back.ts",
    source: "powerpc 378a6ee99e4a",
    questions: [
      { says: "with the fault", property: "no-interrupt-storm", fix: true, verdict: "violated" },
      { says: "as it is", property: "no-interrupt-storm", verdict: "holds" },
    ],
  },
  {
    file: "reports/handler-reenables.ts",
    source: "FreeBSD's hwpmc on AMD",
    questions: [
      { says: "with the fault", property: "own", fix: true, verdict: "violated" },
      { says: "as it is", property: "own", verdict: "holds" },
    ],
  },
  {
    file: "reports/stray-interrupt.ts",
    source: "AMD 914123fa3904 and 6d3edaae16c6 (5.1)",
    questions: [
      { says: "as it is", property: "no-spurious-interrupt", verdict: "violated" },
      { says: "with the fix", property: "no-spurious-interrupt", fix: true, verdict: "holds" },
      { says: "with the fix, exactly-once", fix: true, verdict: "violated" },
    ],
  },
];

/** Combinations that the catalogue of scenarios does not have. */
export const combinations: readonly Example[] = [
  {
    file: "combinations/throttling-with-switches.ts",
    source: "throttling, switches",
    questions: [
      { says: "no-loss", property: "no-loss", verdict: "violated" },
      { says: "throttled-ends", property: "throttled-ends", verdict: "holds" },
    ],
  },
  {
    file: "combinations/sigtrap-with-ioctls.ts",
    source: "SIGTRAP, ioctls of another process",
    questions: [
      { says: "no-loss", property: "no-loss", verdict: "violated" },
      { says: "no-kernel-warning", property: "no-kernel-warning", verdict: "holds" },
    ],
  },
  {
    file: "combinations/limits-with-migration.ts",
    source: "event limits, migration",
    questions: [{ says: "no-loss", property: "no-loss", verdict: "violated" }],
  },
  {
    file: "combinations/late-writes-with-next-task.ts",
    source: "late writes, a next task",
    questions: [
      { says: "no-loss", property: "no-loss", verdict: "violated" },
      { says: "right-event", property: "right-event", verdict: "holds" },
    ],
  },
  {
    file: "combinations/reads-with-everything.ts",
    source: "read, ioctls, switches",
    questions: [{ says: "no-loss", property: "no-loss", verdict: "violated" }],
  },
  {
    file: "combinations/three-tasks.ts",
    source: "three tasks, two periods",
    questions: [
      { says: "no-loss", property: "no-loss", verdict: "violated" },
      { says: "right-task", property: "right-task", verdict: "holds" },
    ],
  },
  {
    file: "combinations/two-sampling-cpus.ts",
    source: "two CPUs, two sampled tasks, migration",
    questions: [{ says: "no-loss", property: "no-loss", verdict: "violated" }],
  },
];
