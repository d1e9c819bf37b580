/**
 * How fixes are applied: over whatever version of a function the driver has, in order, or not at all.
 */
import { describe, expect, test } from "vitest";

import { fixes } from "../../../models/fixes/catalogue.js";
import { armpmu_start, armpmu_stop } from "../../../models/linux/drivers/perf/arm_pmu.js";
import {
  armv8pmu_disable_event,
  armv8pmu_disable_intens,
} from "../../../models/linux/drivers/perf/arm_pmuv3.js";
import { isb, write_pmovsclr } from "../../../models/linux/arch/arm64/include/asm/arm_pmuv3.js";
import { linux_5_4 } from "../../../models/linux/versions/linux-5.4.js";
import { linux_6_5 } from "../../../models/linux/versions/linux-6.5.js";
import { schedule } from "../../../models/linux/kernel/sched/core.js";
import { defaultProperty, witnesses } from "../../../properties/catalogue.js";
import { Resumer } from "../../../src/runtime/resume.js";
import { activation } from "../../../src/spec/activation.js";
import { PmucheckError } from "../../../src/spec/errors.js";
import { changing, withFixes, type Fix } from "../../../src/spec/fix.js";
import { kernelFunction, override, type KernelFunction } from "../../../src/spec/kernel-function.js";
import type { Driver } from "../../../src/spec/scenario.js";
import { check } from "../../../src/check/verdict/check.js";
import { checked, resolve } from "../../support/models/checks.js";
import { checkedFix, fixed } from "../../support/models/fixes.js";

const plain: Omit<Fix, "name" | "changes"> = {
  summary: "",
  idea: "",
  proposedBy: "",
  hazards: [],
  assumes: [],
  claims: [],
};

function fix(name: string, ...changes: Fix["changes"]): Fix {
  return { ...plain, name, changes };
}

function driverWith(...functions: readonly KernelFunction[]): Driver {
  const table = new Map(linux_6_5.functions);
  for (const one of functions) table.set(one.functionName, one);
  return { ...linux_6_5, name: "linux-test", functions: table };
}

/** What the function asks for when nothing answers anything. */
function requestsOf(driver: Driver, name: string, ...args: readonly number[]): readonly string[] {
  const resumer = new Resumer(driver.functions);
  const asked: string[] = [];
  let at = activation(name, args);
  for (let next = resumer.next(at); next.kind !== "return"; next = resumer.next(at)) {
    asked.push(next.kind === "perform" ? next.operation.name : next.function);
    at = at.observe(0);
  }
  return asked;
}

function errorOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof PmucheckError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return "no error";
}

describe("a change", () => {
  test("is made over the driver's own version of the function", () => {
    // A driver with one more barrier, as another version may have it.
    const barrier = override(armv8pmu_disable_intens, function* (mask) {
      yield* isb();
      yield* write_pmovsclr(mask);
    });
    const driver = fixed(driverWith(barrier), "no-clear");
    expect(requestsOf(driver, "armv8pmu_disable_intens", 1)).toEqual(["isb"]);
    expect(requestsOf(fixed(linux_6_5, "no-clear"), "armv8pmu_disable_intens", 1)).toEqual([
      "write_pmintenclr",
      "isb",
      "isb",
    ]);
  });

  test("leaves the driver it is made over alone", () => {
    fixed(linux_6_5, "no-clear");
    expect(requestsOf(linux_6_5, "armv8pmu_disable_intens", 1)).toContain("write_pmovsclr");
  });

  test("finds what the change before it left", () => {
    const around = (word: string) =>
      changing(armv8pmu_disable_intens, function* (base, mask) {
        yield* kernelFunction(`before_${word}`, function* () {})();
        yield* base(mask);
      });
    const driver = withFixes(linux_6_5, "a+b", [fix("a", around("a")), fix("b", around("b"))]);
    expect(requestsOf(driver, "armv8pmu_disable_intens", 1).slice(0, 3)).toEqual([
      "before_b",
      "before_a",
      "write_pmintenclr",
    ]);
  });

  test("of a function that goes on as another activation is refused when it runs", () => {
    const driver = withFixes(linux_6_5, "late", [
      fix(
        "late",
        changing(schedule, function* (base) {
          yield* base();
        }),
      ),
    ]);
    const { scenario, property, configuration } = resolve({ scenario: "one-cpu" });
    const { verdict, reason } = check({
      scenario,
      driver,
      property,
      configuration,
      witnesses,
      maxStates: 1e5,
    });
    expect(verdict).toBe("error");
    expect(reason).toMatch(/^PMC204: schedule\(\) failed: its body ends by becoming schedule\(\)/);
  });
});

describe("what does not fit is refused", () => {
  const stop = override(armpmu_stop, function* (_event, _flags) {
    yield* isb();
  });

  test("a function that the driver does not have", () => {
    const misnamed = fix(
      "mine",
      kernelFunction("armpmu_strat", function* () {}),
    );
    expect(errorOf(() => withFixes(linux_6_5, "mine", [misnamed]))).toBe(
      "PMC134: fix 'mine' changes 'armpmu_strat', which linux-6.5 does not have; did you mean 'armpmu_start'?",
    );
  });

  test("a function that a version lost", () => {
    const functions = new Map(linux_6_5.functions);
    functions.delete("armv8pmu_disable_intens");
    expect(errorOf(() => fixed({ ...linux_6_5, name: "linux-9", functions }, "no-clear"))).toMatch(
      /^PMC134: fix 'no-clear' changes 'armv8pmu_disable_intens', which linux-9 does not have/,
    );
  });

  test("a replacement of what another fix has changed, but not the other way round", () => {
    const replacing = fix("mine", stop);
    const noted = fix(
      "other",
      changing(armpmu_stop, function* (base, event, flags) {
        yield* base(event, flags);
      }),
    );
    expect(errorOf(() => withFixes(linux_6_5, "other+mine", [noted, replacing]))).toBe(
      "PMC135: fix 'mine' replaces 'armpmu_stop', which 'other' changes too: put 'mine' first, or write it with " +
        "changing() instead of override()",
    );
    expect(errorOf(() => withFixes(linux_6_5, "mine+other", [replacing, noted]))).toBe("no error");
  });

  test("a body with more arguments than the function has, also over another change", () => {
    const greedy = {
      ...armpmu_start,
      functionName: "armpmu_start",
      body: function* (_a: 1, _b: 2, _c: 3) {},
    };
    expect(errorOf(() => withFixes(linux_6_5, "x", [fix("x", greedy as unknown as KernelFunction)]))).toBe(
      "PMC136: the body of 'armpmu_start' takes 3 arguments, but the function is called with 2",
    );
    expect(errorOf(() => fixed(linux_6_5, "detect-at-start+relatch-at-start"))).toBe("no error");
  });

  test("pseudo-nmi on a driver without NMIs", () => {
    expect(errorOf(() => fixed(linux_5_4, "pseudo-nmi"))).toBe(
      "PMC135: fix 'pseudo-nmi' does not fit linux-5.4: linux-5.4 cannot take the PMU interrupt as an NMI: that came with Linux 5.10",
    );
  });

  test("a function of its own under a name that the driver has", () => {
    const adding = { ...fix("mine"), adds: [stop] };
    expect(errorOf(() => withFixes(linux_6_5, "mine", [adding]))).toMatch(
      /^PMC135: fix 'mine' adds 'armpmu_stop'/,
    );
  });
});

describe("a driver with a lock around disable, as 5.4 has it", () => {
  const locked = override(armv8pmu_disable_event, function* (event) {
    yield* isb();
    yield* armv8pmu_disable_event.body(event);
    yield* isb();
  });
  const driver = driverWith(locked);

  test.each(fixes.map(({ name }) => name))("%s applies", (name) => {
    expect(errorOf(() => fixed(driver, name))).toBe("no error");
  });

  test.each(["split-period", "task-work"])("%s closes the loss there too", (name) => {
    const { scenario, configuration } = resolve({ scenario: "one-cpu" });
    const asked = { scenario, property: defaultProperty, configuration, witnesses, maxStates: 1e6 };
    expect(check({ ...asked, driver }).verdict).toBe("violated");
    expect(check({ ...asked, driver: fixed(driver, name) }).verdict).toBe("holds");
  });
});

test("the order of fixes that share state does not matter", () => {
  const states = ["relatch-at-start+task-work", "task-work+relatch-at-start"].map((names) => {
    const { verdict, states: count } = checkedFix(names, { scenario: "one-cpu" });
    return { verdict, count };
  });
  expect(states[0]?.verdict).toBe("holds");
  expect(states[1]?.verdict).toBe("holds");
});

test("a document says which fixes were in the driver, and its hash depends on them", () => {
  const base = checked({ scenario: "one-cpu" });
  const first = checkedFix("no-clear", { scenario: "one-cpu" });
  const second = checkedFix("save-restore-flag", { scenario: "one-cpu" });
  expect(base.fix).toBeUndefined();
  expect(first.fix).toBe("no-clear");
  expect(first.trace?.fix).toBe("no-clear");
  expect(new Set([base.hash, first.hash, second.hash]).size).toBe(3);
});
