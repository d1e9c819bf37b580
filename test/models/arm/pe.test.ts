/**
 * The rules of the Arm ARM about taking interrupts, checked in every step of a machine that runs Linux.
 *
 * Source: Arm ARM (DDI 0487), D1.3 "Exceptions": asynchronous exceptions, exception entry and exception return;
 * ICC_PMR_EL1 from IHI 0069. The machine is the scenario one-cpu with linux-6.5, small enough to walk it whole.
 */
import { describe, expect, test } from "vitest";

import { acknowledgeable, gic } from "../../../models/arm/gicv3.js";
import { pe, type PE } from "../../../models/arm/pe.js";
import { linux_6_5 } from "../../../models/linux/versions/linux-6.5.js";
import { el1h_64_irq } from "../../../models/linux/arch/arm64/kernel/entry.js";
import { oneCpu } from "../../../models/scenarios/one-cpu.js";
import { Machine, type EnabledStep } from "../../../src/runtime/machine.js";
import { activation } from "../../../src/spec/activation.js";
import { configure } from "../../../src/spec/parameter.js";
import type { State } from "../../../src/spec/system.js";
import { keyOf } from "../../../src/spec/value.js";
import { runKernelFunction } from "../../support/models/run-kernel-function.js";

/** A reachable state and all that can happen in it. */
interface Place {
  readonly state: State;
  readonly steps: readonly EnabledStep[];
}

/** Several times what the machine needs: a faulty model that has no end is to fail, not to hang. */
const LIMITS = { states: 50_000, frames: 100, steps: 1000 };

/** Every reachable state, nearest to boot first; within the limits. */
function walk(machine: Machine): readonly Place[] {
  const known = new Set([keyOf(machine.initialState)]);
  const places: Place[] = [];
  const queue = [machine.initialState];
  for (const state of queue) {
    if (places.length === LIMITS.states) break;
    const { stack } = machine.viewOf(state).read(pe(0));
    const steps = stack.length < LIMITS.frames ? machine.enabledSteps(state) : [];
    places.push({ state, steps });
    for (const { next } of steps) {
      const key = keyOf(next);
      if (known.has(key)) continue;
      known.add(key);
      queue.push(next);
    }
  }
  return places;
}

/** How often a process can move in any of these places. */
function movesOf(places: readonly Place[], process: string): number {
  return places.flatMap((place) => takenBy(place, process)).length;
}

function takenBy({ steps }: Place, process: string): readonly EnabledStep[] {
  return steps.filter(({ label }) => label.process === process);
}

describe.each(["irq", "nmi"])("with the PMU interrupt as %s", (irq) => {
  const settings = { irq, period: "2", slice: "1", skid: "0" };
  const machine = new Machine(oneCpu.build(linux_6_5, configure(oneCpu.parameters, settings)));
  const places = walk(machine);

  const peIn = (state: State): PE => machine.viewOf(state).read(pe(0));
  const signalled = ({ state }: Place): boolean =>
    acknowledgeable(machine.viewOf(state).read(gic(0)), peIn(state).ICC_PMR).length > 0;
  const masked = ({ state }: Place): boolean => peIn(state).PSTATE.I;
  const entries = places.flatMap((place) =>
    takenBy(place, "irq0").map(({ next }) => ({ before: peIn(place.state), next })),
  );

  test("the machine was walked whole, and it never stops", () => {
    expect(places.length).toBeLessThan(LIMITS.states);
    expect(places.filter(({ steps }) => steps.length === 0).length).toBe(0);
  });

  test("D1.3: exception entry sets PSTATE.I and leaves the priority mask", () => {
    for (const { before, next } of entries) {
      expect(peIn(next).PSTATE.I).toBe(true);
      expect(peIn(next).ICC_PMR).toBe(before.ICC_PMR);
    }
  });

  test("D1.3: exception entry goes to the vector of the Exception level it came from, with what it saves", () => {
    const vectors = new Set<string>();
    for (const { before, next } of entries) {
      const el = before.user && before.stack.length === 0 ? 0 : 1;
      const vector = el === 0 ? "el0t_64_irq" : "el1h_64_irq";
      const regs = { el, I: before.PSTATE.I, pmr: before.ICC_PMR };
      expect(peIn(next).stack).toEqual([...before.stack, activation(vector, [regs])]);
      vectors.add(vector);
    }
    expect(vectors).toEqual(new Set(["el0t_64_irq", "el1h_64_irq"]));
  });

  test("D1.3: no interrupt is taken while PSTATE.I masks it", () => {
    const waiting = places.filter((place) => masked(place) && signalled(place));
    expect(waiting.length).toBeGreaterThan(0);
    expect(movesOf(waiting, "irq0")).toBe(0);
  });

  test("D1.3: nothing executes and nothing is counted while an unmasked interrupt is signalled", () => {
    const urgent = places.filter((place) => !masked(place) && signalled(place));
    expect(urgent.length).toBeGreaterThan(0);
    expect(movesOf(urgent, "irq0")).toBe(urgent.length);
    expect(movesOf(urgent, "cpu0") + movesOf(urgent, "pmu0")).toBe(0);
  });

  test("an interrupt that is taken is observed, once, and nothing else is taken for one", () => {
    for (const { label, observations } of places.flatMap(({ steps }) => steps)) {
      const taken = observations.filter(({ kind }) => kind === "interrupt");
      expect(taken).toEqual(label.process === "irq0" ? [{ kind: "interrupt", cpu: 0 }] : []);
    }
  });

  test("D1.3: no interrupt is taken unless one is signalled", () => {
    const quiet = places.filter((place) => !signalled(place));
    expect(movesOf(quiet, "irq0")).toBe(0);
  });

  test("ICC_PMR_EL1: no interrupt is taken that the priority mask alone masks; only with NMIs is there one", () => {
    const behindMask = places.filter((place) => {
      const pending = Object.values(machine.viewOf(place.state).read(gic(0)).interrupts).filter(
        (interrupt) => interrupt.pending && !interrupt.active,
      );
      const { ICC_PMR } = peIn(place.state);
      return !masked(place) && pending.length > 0 && pending.every(({ priority }) => priority >= ICC_PMR);
    });
    expect(behindMask.length > 0).toBe(irq === "nmi");
    expect(movesOf(behindMask, "irq0")).toBe(0);
  });

  test("D1.3: after ERET the masks are what they were, and so is what was interrupted", () => {
    for (const { before, next } of entries) {
      const back = peIn(runUntil(next, (of) => of.stack.length <= before.stack.length));
      expect(back).toMatchObject({ PSTATE: before.PSTATE, ICC_PMR: before.ICC_PMR });
      expect(back.stack).toEqual(before.stack);
    }
  });

  /** The CPU goes on and nothing is counted; a line that never fell would interrupt it for ever, so lines settle. */
  function runUntil(from: State, reached: (of: PE) => boolean): State {
    let state = from;
    for (let taken = 0; taken < LIMITS.steps; taken++) {
      if (reached(peIn(state))) return state;
      const steps = machine.enabledSteps(state);
      const [step] = ["line0", "irq0", "cpu0"].flatMap((process) => takenBy({ state, steps }, process));
      state = step?.next ?? state;
    }
    throw new Error(`not reached in ${LIMITS.steps} steps`);
  }
});

// Only a masked PE would save PSTATE.I = 1, and a masked PE takes no interrupt, so no walk gets here.
test.each([true, false])("D1.3: ERET sets PSTATE.I to what was saved, here %s", (I) => {
  const { after } = runKernelFunction(el1h_64_irq, [{ el: 1, I, pmr: 0xf0 }], {
    prepare: (view) =>
      view.update(pe(0), (of) => {
        of.PSTATE.I = true;
      }),
  });
  expect(after.read(pe(0)).PSTATE.I).toBe(I);
});
