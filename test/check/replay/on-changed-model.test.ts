/**
 * Replaying a trace on a model that has changed: how far it can be followed, and where the two part.
 */
import { describe, expect, test } from "vitest";

import { defaultDriver } from "../../../models/catalogue.js";
import * as armPmuv3 from "../../../models/linux/drivers/perf/arm_pmuv3.js";
import { override, type KernelFunction } from "../../../src/spec/kernel-function.js";
import type { Driver } from "../../../src/spec/scenario.js";
import type { TraceStep } from "../../../src/trace/document.js";
import { replayEdited } from "../../../src/check/replay/on-changed-model.js";
import { resolve } from "../../support/models/checks.js";
import { traceOf } from "../../support/models/traces.js";

const asked = { scenario: "one-cpu" };
const trace = traceOf(asked);
const request = { ...resolve(asked), hash: trace.hash, steps: trace.steps, loop: null };

function driverWith(changed: KernelFunction): Driver {
  const functions = new Map(defaultDriver.functions).set(changed.functionName, changed);
  return { ...defaultDriver, name: "edited", functions };
}

function accessOf(step: TraceStep | undefined): string | undefined {
  return step?.events.flatMap((event) => (event.kind === "access" && !event.local ? [event.text] : []))[0];
}

describe("a replay on an edited model", () => {
  test("that is the same model is the same trace", () => {
    expect(replayEdited(request)).toEqual({ unbroken: undefined, trace, difference: null, divergence: null });
  });

  test("follows steps by their names, wherever they stand among the enabled ones", () => {
    const elsewhere = trace.steps.map((step) => ({ ...step, index: 99 }));
    expect(replayEdited({ ...request, steps: elsewhere }).trace).toEqual(trace);
  });

  test("says which step does something else", () => {
    // A read stands where the write was. The write follows it, for armv8pmu_reset() needs what it does.
    const { armv8pmu_disable_intens } = armPmuv3;
    const changed = override(armv8pmu_disable_intens, function* (mask: number) {
      yield* armPmuv3.armv8pmu_pmcr_read();
      yield* armv8pmu_disable_intens.body(mask);
    });
    const { difference, trace: followed } = replayEdited({ ...request, driver: driverWith(changed) });
    const step = trace.steps.findIndex((one) => accessOf(one) === "PMINTENCLR = 0x1") + 1;
    expect(difference).toMatchObject({ step, trace: "PMINTENCLR = 0x1" });
    expect(difference?.model).toMatch(/^PMCR is /);
    expect(accessOf(followed.steps[step - 1])).toBe(difference?.model);
    expect(followed.steps.slice(0, step - 1).map(accessOf)).toEqual(
      trace.steps.slice(0, step - 1).map(accessOf),
    );
  });

  test("ends where the model does not offer the step, and says what it offers instead", () => {
    const at = trace.steps.findIndex(({ process }) => process === "wakeup0");
    const asking = trace.steps.map((step, i) => (i === at ? { ...step, process: "taskset" } : step));
    const { unbroken, divergence, difference, trace: followed } = replayEdited({ ...request, steps: asking });
    expect(unbroken).toBe(`step ${at + 1} cannot be followed`);
    expect(divergence).toMatchObject({ step: at + 1, asked: "taskset: B is to run instead of T" });
    expect(divergence?.enabled).toContain("wakeup0: B is to run instead of T");
    expect(difference).toBeNull();
    expect(followed.rule).toBe("none");
    expect(followed.steps).toEqual(trace.steps.slice(0, at));
  });

  test("of a loop that is not closed any more breaks nothing", () => {
    const lasso = { scenario: "disable-enable", property: "eventually-delivered" };
    const { steps, hash, loop } = traceOf(lasso);
    const whole = { ...resolve(lasso), hash, steps, loop };
    expect(replayEdited(whole)).toMatchObject({ unbroken: undefined, divergence: null });
    const shifted = replayEdited({ ...whole, loop: (loop ?? 0) + 1 });
    expect(shifted.unbroken).toBe("the loop does not return to the state in which it began");
  });
});
