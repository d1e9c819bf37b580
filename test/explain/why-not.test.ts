/**
 * Why an interrupt was not taken: every way in which it can be held back, in traces and at the GIC itself.
 */
import { produce, type Draft } from "immer";
import { describe, expect, test } from "vitest";

import {
  generateSGI,
  lineRises,
  resetGICv3,
  setEnabled,
  whyNotSignalled,
  type GICv3,
} from "../../models/arm/gicv3.js";
import { whyNot, type Walked } from "../../src/explain/why-not.js";
import { Machine } from "../../src/runtime/machine.js";
import { PmucheckError } from "../../src/spec/errors.js";
import { record } from "../../src/trace/record.js";
import { checked, resolve, type Asked } from "../support/models/checks.js";

function traceOf(asked: Asked): { readonly machine: Machine; readonly walked: Walked } {
  const { scenario, driver, configuration, property } = resolve(asked);
  const { trace } = checked(asked);
  if (trace === undefined) throw new Error("nothing is lost");
  const machine = new Machine(scenario.build(driver, configuration));
  const walked = record(machine, property, trace.steps.length, (_, at) => trace.steps[at]?.index ?? -1);
  return { machine, walked };
}

/** The first step of the trace with these words at which the interrupt is held back for exactly these reasons. */
function heldBack({ machine, walked }: ReturnType<typeof traceOf>, pattern: RegExp) {
  return walked.steps
    .flatMap((_, i) => whyNot(machine, walked, `irq0@${i + 1}`))
    .find(({ enabled, reasons }) => !enabled && reasons.length === 1 && pattern.test(reasons[0] ?? ""));
}

describe("along a trace", () => {
  const irq = traceOf({ scenario: "one-cpu" });
  const nmi = traceOf({ scenario: "one-cpu", set: { irq: "nmi" } });

  test("PSTATE.I masks a pending interrupt", () => {
    const answer = heldBack(irq, /^PSTATE.I is 1$/);
    expect(answer?.enabled).toBe(false);
    expect(answer?.elsewhere?.differences).toContainEqual({
      name: "cpu0.pe.PSTATE.I",
      from: "false",
      to: "true",
    });
  });

  test("nothing is pending", () => {
    const answer = heldBack(irq, /^no interrupt is pending/);
    expect(answer?.step).toBe(1);
  });

  test("ICC_PMR masks the priority of an ordinary interrupt while pseudo-NMIs may come", () => {
    const answer = heldBack(
      nmi,
      /^INTID 0 is pending but ICC_PMR 0x[0-9a-f]+ masks its priority 0x[0-9a-f]+$/,
    );
    expect(answer?.enabled).toBe(false);
  });

  test("an enabled step is said to be enabled, with what was done instead", () => {
    const at = irq.walked.steps.findIndex(({ process }) => process === "irq0") + 1;
    const [answer] = whyNot(irq.machine, irq.walked, `irq@${at}`);
    expect(answer).toMatchObject({ process: "irq0", enabled: true, reasons: [] });
  });

  test("a CPU that must take the interrupt does not execute, and an idle choice is not offered", () => {
    const at = irq.walked.steps.findIndex(({ process }) => process === "irq0") + 1;
    const [cpu] = whyNot(irq.machine, irq.walked, `cpu0@${at}`);
    expect(cpu?.enabled).toBe(false);
    expect(cpu?.reasons).toHaveLength(1);
    const [choice] = whyNot(irq.machine, irq.walked, `irq0: never@${at}`);
    expect(choice?.reasons[0]).toMatch(/offers only: <interrupt taken/);
  });

  test.each(["irq", "irq@", "irq@0", "irq@100000", "printer@3", "@4"])("'%s' is refused", (question) => {
    expect(() => whyNot(irq.machine, irq.walked, question)).toThrow(PmucheckError);
  });
});

describe("at the GIC", () => {
  const change = (recipe: (of: Draft<GICv3>) => void) => produce(resetGICv3({ 0: 0xa0, 23: 0x20 }), recipe);

  test("a disabled interrupt", () => {
    const of = change((gic) => {
      lineRises(gic, 23);
      setEnabled(gic, 23, false);
    });
    expect(whyNotSignalled(of, 0xf0)).toEqual(["INTID 23 is pending but disabled"]);
  });

  test("one that is active still, and one that is not above the running priority", () => {
    const of = change((gic) => {
      lineRises(gic, 23);
      generateSGI(gic, 0);
      gic.running.push(0x20);
      const ppi = gic.interrupts[23];
      if (ppi !== undefined) ppi.active = true;
    });
    expect(whyNotSignalled(of, 0xf0)).toEqual([
      "INTID 0 is pending but its priority 0xa0 is not above the running priority 0x20",
      "INTID 23 is pending but still active",
      "INTID 23 is pending but its priority 0x20 is not above the running priority 0x20",
    ]);
  });

  test("says nothing when an interrupt is signalled", () => {
    const of = change((gic) => lineRises(gic, 23));
    expect(whyNotSignalled(of, 0xf0)).toEqual([]);
  });
});
