/**
 * What was found when the fixes were verified: the hand-written part of docs/reference/fixes.md, printed below the generated table.
 *
 * Each is about linux-6.5 and was read off the runs; test/models/fixes/verdicts.test.ts holds the cells that decide it.
 */

/** What came out of some fixes, in words. */
interface Finding {
  readonly fixes: readonly string[];
  readonly title: string;
  readonly text: string;
}

export const findings: readonly Finding[] = [
  {
    fixes: ["no-clear", "no-clear-no-add", "save-restore-flag"],
    title: "Keeping the flag still loses",
    text:
      "Dropping the PMOVSCLR write (no-clear, no-clear-no-add), or saving and restoring the flag " +
      "(save-restore-flag), closes no loss. The interrupt does come, and the handler finds the flag; but " +
      "armpmu_start has called armpmu_event_set_period before, which has consumed the completed period, so that " +
      "the handler's own call of it returns 0 and nothing is reported. What has to be kept is period_left, not " +
      "the flag. For the same reason there is no false report either. Surprise: with save-restore-flag the " +
      "handler can run for ever for nothing in disable-enable and innocent (no-interrupt-storm), because each " +
      "enable raises a line that the next disable lowers again.",
  },
  {
    fixes: ["split-period", "relatch-at-start"],
    title: "Keeping the period with the flag loses only what is stopped again at once",
    text:
      "split-period, which Mark Rutland sketched, keeps what is left of the period apart from what the counter " +
      "is programmed with, and closes the mail's loss. It needs not-after-period: after IOC_PERIOD the saved " +
      "flag belongs to the old period. Surprise: it still loses in disable-enable, innocent and cpu-pm, because " +
      "an event that is stopped again before the restored interrupt was taken has counted a skid more each " +
      "time; with skid=0 it holds. In innocent that breaks no-duplicate, phase and right-event too. It also " +
      "loses in virtual-pmu, where the flag was never set; relatch-at-start, which believes the counter's " +
      "value, does not. Both newly break no-kernel-sample by irq: the restored interrupt is taken in the kernel " +
      "that has just switched the task in; and, like save-restore-flag, no-interrupt-storm in disable-enable " +
      "and innocent.",
  },
  {
    fixes: ["restart-short"],
    title: "Restarting one short of overflow has the right registers, and miscounts if it is stopped again",
    text:
      "restart-short reports from user mode, a skid late (bounded-skid), and newly breaks no cell of " +
      "no-kernel-sample. It still loses in disable-enable, frequency, innocent, multiplex and cpu-pm, where the " +
      "event is stopped again before it has counted. Surprise: there it also reports twice and loses the phase " +
      "(no-duplicate, phase), with not-after-period too; its hazards do not say so, and `pmucheck verify " +
      "restart-short+not-after-period` has the traces.",
  },
  {
    fixes: ["detect-at-start"],
    title: "Acting on set_period's result at start reports falsely after IOC_PERIOD",
    text:
      "armpmu_event_set_period returns 1 for period_left <= 0, and perf's core writes period_left = 0 to say that " +
      "a new period begins (IOC_PERIOD, frequency mode). detect-at-start takes that for a completed period: a " +
      "report that no crossing was waiting for (no-duplicate in period-change and frequency), and a stale one " +
      "(no-stale-report). In kvm-overflow, where the overflow handler restarts its own event with period_left = 0, " +
      "it recurses without end (no-overflow-recursion), so that a check of the other properties there ends with the " +
      "error that names it (PMC203). With not-after-period the false reports are gone. What it newly breaks then is " +
      "no-kernel-sample (start has no registers of user code), and clones still report in the other clone " +
      "(right-task), as without it.",
  },
  {
    fixes: ["irq-work-at-sched-out"],
    title: "irq_work queued at sched-out is charged to the wrong task",
    text:
      "Interrupts stay masked from the sched-out until the next task has been switched in, so the irq_work runs " +
      "there: its sample has the next task and its registers (right-task newly broken in 16 scenarios by irq, " +
      "no-kernel-sample in 13), as Mark Rutland said it would. It may also run after IOC_DISABLE has " +
      "returned (no-report-after-teardown in disable-enable and rr-rearm, and in rr-rearm a false and stale " +
      "report besides), and it still loses where the core stops and starts an event in place (frequency, " +
      "cpu-pm).",
  },
  {
    fixes: ["sample-in-stop", "sample-in-del"],
    title: "Reporting at the stop closes every loss of a stop, without the registers",
    text:
      "sample-in-stop closes every loss at a stop, also in period-change and kvm-overflow without a guard, " +
      "since nothing is left over when the new period begins. What it leaves are merge and late-writes, which " +
      "are excused, and the second loss, in the four scenarios of reads by nmi. sample-in-del does not close " +
      "the losses of frequency and cpu-pm either, where the event is stopped in place. Surprise: no recursion, " +
      "since the driver finds nothing at the stop that KVM's handler makes; and right-task is not newly broken, " +
      "because the event's task is current at every stop (in clones it stays broken). What they cost is " +
      "no-kernel-sample by irq: the report is made in the scheduler or in an ioctl, with no registers of user " +
      "code. In never-back they report what the driver leaves in the counter's value (recognisable), which is " +
      "what they are for.",
  },
  {
    fixes: ["pseudo-nmi", "drain-before-disable"],
    title: "Pseudo-NMI narrows and does not close",
    text:
      "pseudo-nmi is compared with the same driver under ordinary interrupts, so it has half as many cells. It " +
      "closes return-to-user alone and still loses elsewhere, since the line may be too late; and it newly " +
      "breaks pmu-stays-disabled (armv8pmu_start sets PMCR.E inside of perf's disabled section) and " +
      "no-kernel-sample, and brings the second loss to the four scenarios of reads. drain-before-disable waits " +
      "for the NMI and then closes, by nmi, all losses at a stop but those of virtual-pmu, cpu-pm, merge and " +
      "late-writes; by irq it changes nothing, as interrupts are masked where it would wait.",
  },
  {
    fixes: ["detect-at-read"],
    title: "Nobody reads in time",
    text: "detect-at-read loses as the driver of the mail does: between stop and start nobody reads the event.",
  },
  {
    fixes: ["no-swap", "veto-power-down", "keep-disabled"],
    title: "What the helpers do alone",
    text:
      "no-swap alone makes clones worse: the overflow that was reported in the other clone (right-task) is lost " +
      "instead, because the event is now stopped like any other; it is meant for a fix that reports at the stop. " +
      "veto-power-down alone closes cpu-pm: the CPU waits until the interrupt was handled. keep-disabled alone " +
      "closes every violation of pmu-stays-disabled, and no loss.",
  },
  {
    fixes: ["task-work+not-after-period+no-swap+veto-power-down+keep-disabled+isb-after-stop"],
    title: "What the best combination passes, and the one thing it newly breaks",
    text:
      "task-work reports from the task itself at its return to user mode, with the right task and the right " +
      "registers, on whatever CPU; the other five close what is left: reports after IOC_PERIOD " +
      "(not-after-period), clones that swap contexts (no-swap), events of a CPU that powers down " +
      "(veto-power-down), NMIs that enable the PMU again (keep-disabled), and counts that a late stop misses " +
      "(isb-after-stop). Of the 972 cells of this table it closes 184, more than any other, and newly breaks " +
      "one: no-kernel-sample in innocent by irq. There the line of an event that nobody stopped falls with " +
      "PMCR.E and rises again, and is then taken while another event's task work runs in the kernel with " +
      "interrupts on. The overflow is reported once and to the right task, with the registers of the kernel. " +
      "Every other cell of the properties that it claims holds by irq and by nmi, with two exceptions: merge " +
      "and late-writes, which are excused; and the second loss, a pseudo-NMI inside armpmu_event_update, in " +
      "read-own, read-other, reset-count and read-group by nmi. With mask-around-read as a seventh part these " +
      "hold, too. What nobody claims stays as it is without it: no-spurious-interrupt everywhere, " +
      "no-kernel-sample by nmi and in exit, cpu-pm and rr-rearm, signal-in-task in one-cpu, bounded-skid in " +
      "innocent and late-writes.",
  },
  {
    fixes: ["no-lost-overflow"],
    title: "The smallest fix that closes both losses",
    text:
      "no-lost-overflow notices by what armpmu_event_set_period returns at start, which the driver has already and drops. By edits " +
      "it is eight: start-taskwork, tw-requeue, tw-irqs-off, whole-on-period, whole-on-rate, whole-in-kvm, veto-power-down and " +
      "read-masked. start-taskwork makes the report. The others are needed, by a trace each: without one of the three of new " +
      "periods there is a false report (period-change, frequency, kvm-overflow); without veto-power-down a loss in cpu-pm, where " +
      "an event of a CPU has no task; without read-masked the second loss in read-other by nmi; without tw-requeue a loss in " +
      "disable-enable; without tw-irqs-off a report after the teardown there. It does without forget-on-period (the fourth part of " +
      "not-after-period), no-swap, keep-disabled, isb-after-stop and the hold on the context of task-work; what these close " +
      "stays as it is: right-task in clones, pmu-stays-disabled by nmi. docs/reference/no-lost-overflow.md says it function " +
      "by function.",
  },
];
