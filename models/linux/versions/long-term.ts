/**
 * The long-term trees: a release and the commits that its stable updates brought.
 *
 * Source: 6.1.192 and 6.12.117 read beside the models; sublevels from the stable announcements. The sources of 5.10.y,
 * 5.15.y and 6.6.y were not read: they are the nearest release and the commits that were announced for them.
 */
import type { Difference, Driver, Kernels } from "../../../src/spec/scenario.js";
import { byAnnouncement, exitState, kvmResync } from "../../deviations.js";
import { __perf_event_account_interrupt, armpmu_add, perf_sigtrap } from "./backports.js";
import { linux_5_10 } from "./linux-5.10.js";
import { linux_6_1 } from "./linux-6.1.js";
import { linux_6_12 } from "./linux-6.12.js";
import { linux_6_5 } from "./linux-6.5.js";
import { version } from "./version.js";

function longTerm(series: string, first: number, last: number | null): Kernels {
  return { series, sublevels: [first, last] };
}

/** armpmu_add of mainline, at this sublevel. */
function addWithoutDisable(sublevel: number): Difference {
  return {
    what: "armpmu_add does not disable the counter (and so does not clear its flag), it warns if an event is there",
    commit: "dcca27bc1ecc (6.15)",
    sublevel,
  };
}

/** The limit of throttling, at this sublevel. */
function throttleAtLimit(sublevel: number): Difference {
  return {
    what: "an event is throttled at the overflow that reaches max_samples_per_tick, also at the first one after a tick",
    commit: "f51972e6f8b9 (6.16)",
    sublevel,
  };
}

function noWarning(sublevel: number): Difference {
  return {
    what: "perf_sigtrap is silent for a task that exits",
    commit: "perf/core: Fix WARN in perf_sigtrap()",
    sublevel,
  };
}

const linux_5_10_y: Driver = version(linux_5_10, {
  name: "linux-5.10.y",
  summary: "the long-term tree 5.10.239 and later",
  kernels: longTerm("5.10", 239, null),
  overrides: { armpmu_add, __perf_event_account_interrupt },
  deviations: [byAnnouncement],
  differences: [addWithoutDisable(237), throttleAtLimit(239)],
});

/** No release of its own is modelled: up to SIGTRAP events 5.15 does what 5.10 does. */
const linux_5_15_y: Driver = version(linux_5_10, {
  name: "linux-5.15.y",
  summary: "the long-term tree 5.15.186 and later",
  kernels: longTerm("5.15", 186, null),
  overrides: { armpmu_add, __perf_event_account_interrupt },
  deviations: [byAnnouncement],
  differences: [addWithoutDisable(181), throttleAtLimit(186)],
  lacks: { sigtrap: "the SIGTRAP events of Linux 5.13 to 6.0, which lost signals, are not modelled" },
});

const linux_6_1_y: Driver = version(linux_6_1, {
  name: "linux-6.1.y",
  summary: "the long-term tree, as in 6.1.192",
  kernels: longTerm("6.1", 191, 192),
  overrides: { armpmu_add, __perf_event_account_interrupt, perf_sigtrap },
  deviations: [exitState],
  differences: [addWithoutDisable(135), throttleAtLimit(142), noWarning(191)],
});

/** linux-6.5 stands for 6.5 to 6.7 in all that is modelled. */
const linux_6_6_y: Driver = version(linux_6_5, {
  name: "linux-6.6.y",
  summary: "the long-term tree 6.6.94 and later",
  kernels: longTerm("6.6", 94, null),
  overrides: { armpmu_add, __perf_event_account_interrupt },
  deviations: [byAnnouncement],
  differences: [addWithoutDisable(88), throttleAtLimit(94)],
});

const linux_6_12_y: Driver = version(linux_6_12, {
  name: "linux-6.12.y",
  summary: "the long-term tree, as in 6.12.117",
  kernels: longTerm("6.12", 113, 117),
  overrides: { armpmu_add, __perf_event_account_interrupt, perf_sigtrap },
  deviations: [exitState, kvmResync],
  differences: [addWithoutDisable(24), throttleAtLimit(34), noWarning(113)],
});

export const longTermTrees: readonly Driver[] = [
  linux_5_10_y,
  linux_5_15_y,
  linux_6_1_y,
  linux_6_6_y,
  linux_6_12_y,
];
