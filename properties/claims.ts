/**
 * The claims of the mail thread, each with the checks that decide it.
 *
 * Source: "armv8pmu: Pending overflow interrupt is discarded when perf event is disabled", linux-arm-kernel, 20 Nov to
 * 5 Dec 2023, in our words; W is William Ashley, M is Mark Rutland.
 */
import type { Claim, Decider, Expectation, ShownStep } from "../src/spec/claim.js";

const BEFORE_THE_MAIL = ["linux-5.4", "linux-5.10", "linux-6.1", "linux-6.5"];

interface Where {
  readonly driver?: string;
  readonly fix?: string;
  readonly set?: Readonly<Record<string, string>>;
  readonly shows?: NonNullable<Decider["shows"]>;
}

function decider(
  scenario: string,
  property: string,
  irq: "irq" | "nmi",
  expect: Expectation,
  { driver = "linux-6.5", set = {}, ...rest }: Where = {},
): Decider {
  return { scenario, driver, property, set: { irq, ...set }, expect, ...rest };
}

/** armv8pmu_disable_intens clears a flag that is set, by its write of PMOVSCLR. */
const discardsFlag = {
  what: "PMOVS goes to 0 in armv8pmu_disable_intens, and no report is made",
  inTrace: (steps: readonly ShownStep[]) => {
    const stack: string[] = [];
    return steps.some(({ events, changes }) => {
      const here = stack.at(-1);
      for (const event of events) {
        if (event.kind === "enter") stack.push(event.function);
        if (event.kind === "leave") stack.pop();
      }
      const cleared = changes.some(({ signal, to }) => signal === "PMOVS" && to === "0x0");
      return cleared && here === "armv8pmu_disable_intens";
    });
  },
};

/** armpmu_start drops the result 1 of armpmu_event_set_period. */
const resultDropped = {
  what: "armpmu_start drops the 1 that armpmu_event_set_period returns",
  inTrace: (steps: readonly ShownStep[]) =>
    steps.some(({ events }) =>
      events.some(
        (event) =>
          event.kind === "leave" &&
          event.function === "armpmu_event_set_period" &&
          event.ignored &&
          event.value === "1",
      ),
    ),
};

/** Between two reports, twice the period is counted. */
const twiceThePeriod = {
  what: "the program would print: Interrupted after 8 events, period 4",
  inTrace: (_steps: readonly ShownStep[], epilogue: string | null) =>
    epilogue === "Interrupted after 8 events, period 4",
};

export const claims: readonly Claim[] = [
  {
    name: "lost",
    who: "W, 20 Nov 2023",
    claim: "An overflow is lost when a task is moved back and forth, on 5.4, 5.10, 6.1 and 6.5.",
    decidedBy: BEFORE_THE_MAIL.map((driver) =>
      decider("ping-pong", "no-loss", "irq", "violated", { driver }),
    ),
  },
  {
    name: "still-lost",
    who: "asked of 7.3",
    claim: "It is lost still.",
    decidedBy: ["linux-6.12", "linux-7.3"].map((driver) =>
      decider("ping-pong", "no-loss", "irq", "violated", { driver }),
    ),
  },
  {
    name: "discarded-by-disable",
    who: "W, 20 Nov 2023",
    claim: "It is thrown away where armv8pmu_disable_intens writes PMOVSCLR.",
    decidedBy: ["linux-5.4", "linux-6.5", "linux-7.3"].map((driver) =>
      decider("one-cpu", "no-loss", "irq", "violated", { driver, shows: discardsFlag }),
    ),
  },
  {
    name: "result-ignored",
    who: "M, 29 Nov 2023 (how the next period is set up)",
    claim: "The software's evidence goes in armpmu_start, which ignores what armpmu_event_set_period says.",
    decidedBy: ["linux-6.5", "linux-7.3"].map((driver) =>
      decider("one-cpu", "no-loss", "irq", "violated", { driver, shows: resultDropped }),
    ),
  },
  {
    name: "twice-the-period",
    who: "W, 20 Nov 2023",
    claim: "What a program counts between two signals is then about twice the period.",
    decidedBy: (["irq", "nmi"] as const).map((irq) =>
      decider("one-cpu", "no-loss", irq, "violated", { shows: twiceThePeriod }),
    ),
  },
  {
    name: "counts-survive",
    who: "M, 29 Nov 2023",
    claim: "The count is right all the same.",
    decidedBy: (["irq", "nmi"] as const).map((irq) => decider("one-cpu", "count-conservation", irq, "holds")),
  },
  {
    name: "only-the-occurrence",
    who: "M, 29 Nov 2023",
    claim: "Only the occurrence is lost: the next period is set up as if it had been reported.",
    decidedBy: (["irq", "nmi"] as const).map((irq) => decider("one-cpu", "phase", irq, "holds")),
  },
  {
    name: "migration-not-needed",
    who: "W, 20 Nov 2023 (moving the task raises the number)",
    claim: "Being switched out and in is enough; being moved is one way of it.",
    decidedBy: [
      decider("one-cpu", "no-loss", "irq", "violated"),
      decider("ping-pong", "no-loss-across-migration", "irq", "violated"),
      decider("one-cpu", "no-loss", "irq", "holds", { set: { switches: "0" } }),
    ],
    note: "That it is seen more often when tasks are moved is about frequencies, which a model without time cannot say.",
  },
  {
    name: "temporary-disable",
    who: "W, 20 Nov 2023 (suspected)",
    claim: "A program that disables an event for a while loses an overflow the same way.",
    decidedBy: [decider("disable-enable", "no-loss", "irq", "violated")],
  },
  {
    name: "close-is-excused",
    who: "W, 20 Nov 2023",
    claim: "Where the event is torn down, as by close, losing it is no fault.",
    decidedBy: [
      decider("close", "exactly-once", "irq", "holds"),
      decider("close", "exactly-once", "irq", "violated", { set: { closing: "reported" } }),
    ],
    note: "With closing=reported the same loss is a violation: the policy excuses it, not the model.",
  },
  {
    name: "nmi-narrows",
    who: "W, 20 Nov 2023 (not seen with pseudo-NMI)",
    claim: "With a pseudo-NMI the overflow is taken where interrupts are masked on the way to the switch.",
    decidedBy: [
      decider("return-to-user", "no-loss", "irq", "violated"),
      decider("return-to-user", "no-loss", "nmi", "holds"),
    ],
  },
  {
    name: "nmi-does-not-close",
    who: "M, 29 Nov 2023",
    claim: "Overflows can be lost even with pseudo-NMI.",
    decidedBy: ["linux-6.5", "linux-7.3"].map((driver) =>
      decider("one-cpu", "no-loss", "nmi", "violated", { driver }),
    ),
    note: "At a switch, what is left is a line that reaches the GIC after the PMU is disabled (lag=any). The next two are what is left besides.",
  },
  {
    name: "nmi-loses-at-a-read",
    who: "asked of pseudo-NMI",
    claim:
      "With pseudo-NMI an overflow is lost that is not lost without: where the NMI comes in the middle of a read of the event.",
    decidedBy: [
      decider("read-own", "no-loss", "irq", "holds"),
      ...["linux-5.10", "linux-6.1", "linux-6.5", "linux-6.12", "linux-7.3"].map((driver) =>
        decider("read-own", "no-loss", "nmi", "violated", { driver }),
      ),
      decider("read-own", "no-loss", "nmi", "violated", { set: { lag: "0", excludeKernel: "0" } }),
      decider("reset-count", "no-loss", "nmi", "violated"),
      decider("read-group", "no-loss", "nmi", "violated"),
      decider("read-own", "no-loss", "nmi", "holds", { fix: "mask-around-read" }),
    ],
    note: "Also where the line is never late, if the event counts the kernel. rr reads when its tracee has stopped, and loses nothing by it (rr-read). docs/reference/second-loss.md has the steps.",
  },
  {
    name: "nmi-miscounts-at-a-read",
    who: "asked of pseudo-NMI",
    claim:
      "There the count itself can be wrong: what the NMI's handler has counted is counted a second time.",
    decidedBy: [
      decider("read-own", "count-conservation", "irq", "holds"),
      decider("read-own", "count-conservation", "nmi", "violated"),
      decider("read-own", "count-conservation", "nmi", "holds", { fix: "mask-around-read" }),
    ],
    note: "The exchange of prev_count succeeds although the handler programmed the counter in between, if it stored the same value again. Found by the models; not seen on a machine yet.",
  },
  {
    name: "recognisable",
    who: "M, 29 Nov 2023",
    claim: "That an overflow happened can be told from the counter's value alone.",
    decidedBy: [
      ...(["irq", "nmi"] as const).map((irq) => decider("never-back", "recognisable", irq, "holds")),
      decider("one-cpu", "recognisable", "irq", "violated", { shows: resultDropped }),
    ],
    note: "Until armpmu_start sets up the next period: from then on, nothing tells.",
  },
  {
    name: "work-in-the-next-task",
    who: "M, 29 Nov 2023",
    claim: "Work that is queued when a task leaves runs in the next task's context.",
    decidedBy: [
      decider("one-cpu", "signal-in-task", "irq", "violated"),
      decider("one-cpu", "right-task", "irq", "violated", { fix: "irq-work-at-sched-out" }),
    ],
    note: "Mainline does so already where the handler runs just before a switch; a fix that queues work at sched-out reports to the wrong task.",
  },
  {
    name: "exclude-host",
    who: "M, 29 Nov 2023, withdrawn 30 Nov",
    claim: "With exclude_host nothing is lost.",
    decidedBy: [decider("ping-pong", "exactly-once", "irq", "vacuous", { set: { excludeHost: "1" } })],
    note: "It passed because nothing was counted: on a VHE host it excludes the host's EL0 too.",
  },
  {
    name: "window-before-schedule",
    who: "asked of 6.9",
    claim:
      "Enabling interrupts before schedule() takes what is pending in time, and does not close the race.",
    decidedBy: [
      decider("return-to-user", "no-loss", "irq", "violated", { driver: "linux-6.5" }),
      decider("return-to-user", "no-loss", "irq", "holds", { driver: "linux-6.12" }),
      decider("one-cpu", "no-loss", "irq", "violated", { driver: "linux-6.12" }),
      decider("one-cpu", "no-kernel-sample", "irq", "violated", { driver: "linux-6.12" }),
    ],
    note: "The price of the window: what is taken there interrupts the kernel, so that an event which excludes the kernel is sampled with the kernel's registers.",
  },
  {
    name: "not-the-write-alone",
    who: "asked of the obvious fixes",
    claim: "Neither dropping the PMOVSCLR write nor saving and restoring the flag is enough.",
    decidedBy: ["no-clear", "no-clear-no-add", "save-restore-flag"].map((fix) =>
      decider("one-cpu", "no-loss", "irq", "violated", { fix, shows: resultDropped }),
    ),
    note: "The handler comes, asks armpmu_event_set_period, and is told that nothing happened: armpmu_start has taken the crossing.",
  },
  {
    name: "save-and-restore",
    who: "M, 5 Dec 2023",
    claim:
      "Saving and restoring the overflow, with the sample period kept apart from the programmed one, lets the ordinary handler report it.",
    decidedBy: [
      decider("one-cpu", "no-loss", "irq", "holds", { fix: "split-period" }),
      decider("one-cpu", "right-task", "irq", "holds", { fix: "split-period" }),
      decider("disable-enable", "no-loss", "irq", "violated", { fix: "split-period" }),
    ],
    note: "It closes the context switch. A skid of one event at every stop adds up where a program stops the event again and again (disable-enable): there two crossings merge.",
  },
  {
    name: "result-as-evidence",
    who: "M, 29 Nov 2023 (detect it when the event is programmed again)",
    claim: "What armpmu_event_set_period returns would be the evidence, were it not for IOC_PERIOD.",
    decidedBy: [
      decider("one-cpu", "no-loss", "irq", "holds", { fix: "detect-at-start" }),
      decider("period-change", "no-duplicate", "irq", "violated", { fix: "detect-at-start" }),
      decider("period-change", "no-duplicate", "irq", "holds", { fix: "detect-at-start+not-after-period" }),
    ],
  },
  {
    name: "no-false-second",
    who: "W, 5 Dec 2023 (asked of the fix)",
    claim:
      "No overflow is reported twice: not by mainline, and not by the proposed fix unless two crossings merge first.",
    decidedBy: [
      ...(["irq", "nmi"] as const).flatMap((irq) => [
        decider("one-cpu", "no-duplicate", irq, "holds"),
        decider("one-cpu", "no-duplicate", irq, "holds", { set: { excludeKernel: "0" } }),
        decider("one-cpu", "no-duplicate", irq, "holds", { fix: "split-period" }),
      ]),
      decider("one-cpu", "no-duplicate", "irq", "violated", {
        fix: "split-period",
        set: { excludeKernel: "0" },
      }),
      decider("one-cpu", "no-duplicate", "irq", "holds", {
        fix: "split-period",
        set: { excludeKernel: "0", period: "8", slice: "8" },
      }),
    ],
    note: "The question names events that count the kernel, and NMIs. With a period of 4 the interrupts on the way count nearly a whole period in the kernel: two crossings merge, the period loses its phase, and then there is a false report. With a period of 8 there is none. Other fixes: docs/reference/fixes.md.",
  },
  {
    name: "ioctls-of-the-period",
    who: "M, 5 Dec 2023",
    claim: "The ioctls that change the period need care: period_left = 0 looks like an overflow.",
    decidedBy: [
      decider("period-change", "no-stale-report", "irq", "holds"),
      decider("period-change", "recognisable", "irq", "violated"),
    ],
    note: "Mainline reports nothing stale, because it drops what armpmu_event_set_period says; who listens to it must know of IOC_PERIOD.",
  },
];
