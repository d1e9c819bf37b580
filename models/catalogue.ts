/**
 * What there is to choose from: scenarios and drivers. The only file of models/ that the command line knows.
 */
import type { Driver, Scenario } from "../src/spec/scenario.js";
import { linux_5_10 } from "./linux/versions/linux-5.10.js";
import { linux_5_4 } from "./linux/versions/linux-5.4.js";
import { linux_6_12 } from "./linux/versions/linux-6.12.js";
import { linux_6_1 } from "./linux/versions/linux-6.1.js";
import { linux_6_5 } from "./linux/versions/linux-6.5.js";
import { linux_7_3 } from "./linux/versions/linux-7.3.js";
import { longTermTrees } from "./linux/versions/long-term.js";
import { chainedReuse } from "./scenarios/chained-reuse.js";
import { clones } from "./scenarios/clones.js";
import { close } from "./scenarios/close.js";
import { cpuPm } from "./scenarios/cpu-pm.js";
import { disableEnable } from "./scenarios/disable-enable.js";
import { exit } from "./scenarios/exit.js";
import { freeRunningCounters } from "./scenarios/free-running.js";
import { frequency } from "./scenarios/frequency.js";
import { groupThrottle } from "./scenarios/group-throttle.js";
import { halfRange } from "./scenarios/half-range.js";
import { hotplugged } from "./scenarios/hotplug.js";
import { innocent } from "./scenarios/innocent.js";
import { kvmOverflow } from "./scenarios/kvm-overflow.js";
import { lateFall } from "./scenarios/late-fall.js";
import { lateWrites } from "./scenarios/late-writes.js";
import { merge } from "./scenarios/merge.js";
import { multiplex } from "./scenarios/multiplex.js";
import { neverBack } from "./scenarios/never-back.js";
import { nextTask } from "./scenarios/next-task.js";
import { nmiInSection } from "./scenarios/nmi-in-section.js";
import { oneCpu } from "./scenarios/one-cpu.js";
import { periodChange } from "./scenarios/period-change.js";
import { pingPong } from "./scenarios/ping-pong.js";
import { profiler } from "./scenarios/profiler.js";
import { readGroup } from "./scenarios/read-group.js";
import { readOther } from "./scenarios/read-other.js";
import { readOwn } from "./scenarios/read-own.js";
import { refresh } from "./scenarios/refresh.js";
import { resetCount } from "./scenarios/reset-count.js";
import { returnToUser } from "./scenarios/return-to-user.js";
import { rrRead } from "./scenarios/rr-read.js";
import { rrRearm } from "./scenarios/rr-rearm.js";
import { sigtrap } from "./scenarios/sigtrap.js";
import { throttle } from "./scenarios/throttle.js";
import { virtualPmu } from "./scenarios/virtual-pmu.js";

export const scenarios: readonly Scenario[] = [
  oneCpu,
  pingPong,
  nextTask,
  disableEnable,
  rrRearm,
  close,
  exit,
  periodChange,
  frequency,
  throttle,
  groupThrottle,
  refresh,
  chainedReuse,
  nmiInSection,
  lateFall,
  virtualPmu,
  merge,
  neverBack,
  halfRange,
  innocent,
  clones,
  returnToUser,
  kvmOverflow,
  profiler,
  sigtrap,
  multiplex,
  cpuPm,
  hotplugged,
  lateWrites,
  freeRunningCounters,
  readOwn,
  readOther,
  resetCount,
  readGroup,
  rrRead,
];

/** The versions of the matrix. */
export const releases: readonly Driver[] = [
  linux_5_4,
  linux_5_10,
  linux_6_1,
  linux_6_5,
  linux_6_12,
  linux_7_3,
];

export const drivers: readonly Driver[] = [...releases, ...longTermTrees];

/** The driver of the mail. */
export const defaultDriver = linux_6_5;
