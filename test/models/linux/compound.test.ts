/**
 * `|=`, `&= ~`, `++` and `--` as one step or as a load and a store: what they leave is equal, and what an interrupt in between
 * writes is lost in the second case only, as it would be in C.
 */
import { describe, expect, test } from "vitest";

import { armpmu_stop } from "../../../models/linux/drivers/perf/arm_pmu.js";
import { perf_pmu_disable, perf_pmu_enable } from "../../../models/linux/kernel/events/core/call.js";
import { ctx_sched_out } from "../../../models/linux/kernel/events/core/sched.js";
import { EVENT_ALL, perCpuData, perfEvent, perfEventContext } from "../../../models/linux/structs.js";
import { linux_6_5 } from "../../../models/linux/versions/linux-6.5.js";
import { counts } from "../../support/models/counts.js";
import { runKernelFunction } from "../../support/models/run-kernel-function.js";

const WHOLE = { compound: "whole" };
const PARTS = { compound: "parts" };

const accessesTo = (field: string, accesses: readonly string[]) =>
  accesses.filter((one) => one.includes(field));

describe("a compound access", () => {
  test("to hw.state", () => {
    const whole = runKernelFunction(armpmu_stop, ["A", 0], { settings: WHOLE });
    const parts = runKernelFunction(armpmu_stop, ["A", 0], { settings: PARTS });
    expect(accessesTo("hw.state", whole.accesses)).toEqual([
      "A->hw.state is 0",
      "A->hw.state |= PERF_HES_STOPPED|PERF_HES_UPTODATE",
    ]);
    expect(accessesTo("hw.state", parts.accesses)).toEqual([
      "A->hw.state is 0",
      "A->hw.state is 0",
      "A->hw.state = PERF_HES_STOPPED|PERF_HES_UPTODATE",
    ]);
    expect(parts.after.read(perfEvent("A"))).toEqual(whole.after.read(perfEvent("A")));
  });

  test("to a context's is_active", () => {
    const whole = runKernelFunction(ctx_sched_out, ["T", EVENT_ALL], { settings: WHOLE });
    const parts = runKernelFunction(ctx_sched_out, ["T", EVENT_ALL], { settings: PARTS });
    expect(accessesTo("is_active", whole.accesses)).toHaveLength(1);
    expect(accessesTo("is_active", parts.accesses)).toHaveLength(2);
    expect(parts.after.read(perfEventContext("T"))).toEqual(whole.after.read(perfEventContext("T")));
  });

  test.each([WHOLE, PARTS])("to the PMU's disable count, with %o", (settings) => {
    const disabled = runKernelFunction(perf_pmu_disable, [], { settings });
    expect(disabled.after.read(perCpuData(0)).pmu_disable_count).toBe(1);
    const enabled = runKernelFunction(perf_pmu_enable, [], {
      settings,
      prepare: (view) => view.update(perCpuData(0), (of) => void (of.pmu_disable_count = 1)),
    });
    expect(enabled.after.read(perCpuData(0)).pmu_disable_count).toBe(0);
  });
});

/** PERF_HES_ARCH, which an interrupt handler sets here as soon as armpmu_stop has loaded hw.state for its `|=`. */
const HES_ARCH = 4;

test.each([
  [WHOLE, 7],
  [PARTS, 3],
])("with %o, what an interrupt writes in the middle leaves hw.state %i", (settings, left) => {
  let loads = 0;
  const { after } = runKernelFunction(armpmu_stop, ["A", 0], {
    settings,
    meanwhile: (view, access) => {
      // The first load is the test of PERF_HES_STOPPED.
      const isLoad = access.startsWith("A->hw.state is ");
      if (isLoad) loads++;
      const isMiddle =
        settings.compound === "parts" ? isLoad && loads === 2 : access.startsWith("A->hw.state |=");
      if (isMiddle) view.update(perfEvent("A"), ({ hw }) => void (hw.state |= HES_ARCH));
    },
  });
  expect(after.read(perfEvent("A")).hw.state).toBe(left);
});

test("in parts, a search has more states and the same verdict", () => {
  const of = { scenario: "one-cpu", property: "count-conservation" };
  const whole = counts(linux_6_5, { ...of, settings: WHOLE });
  const parts = counts(linux_6_5, { ...of, settings: PARTS });
  expect(parts.states).toBeGreaterThan(whole.states);
  expect(parts.verdict).toBe(whole.verdict);
});
