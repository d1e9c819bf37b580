/**
 * What the page knows of a trace, and where a search says that a state leads.
 */
import { describe, expect, test } from "vitest";

import { decodeAddress, encodeAddress } from "../../src/explorer/play/address.js";
import { Causes } from "../../src/explorer/play/causes.js";
import { firstEndless } from "../../src/explorer/play/endless.js";
import { outlookOf } from "../../src/explorer/play/outlook.js";
import { Playback } from "../../src/explorer/play/playback.js";
import { Models } from "../../src/explorer/own/models.js";
import { walkDigests } from "../../src/explorer/play/walks.js";
import { Machine } from "../../src/runtime/machine.js";
import { breakOf } from "../../src/trace/record.js";
import { StateGraph } from "../../src/trace/state-graph.js";
import { entryFor } from "../support/explorer/pages.js";

const entry = entryFor({ scenario: "one-cpu" });
const { trace, facts, decided } = entry;
if (facts === null || decided === null) throw new Error("nothing is known of a trace of our own models");
const { system, property } = new Models().modelOf(trace);
const machine = new Machine(system);
const states = new Playback(machine).statesOf(trace.steps);

describe("facts", () => {
  test("the step of the trace is at its position among what could happen", () => {
    trace.steps.forEach((step, i) => {
      const offer = facts.steps[i]?.offers[step.index];
      expect([offer?.process, offer?.choice]).toEqual([step.process, step.choice]);
    });
  });

  test("offers are all that the machine has, in its order", () => {
    for (const at of [0, 7, 38, 137]) {
      const state = states[at];
      if (state === undefined) throw new Error("a state is missing");
      const enabled = machine.enabledSteps(state).map(({ label }) => [label.process, label.choice]);
      expect(facts.steps[at]?.offers.map(({ process, choice }) => [process, choice])).toEqual(enabled);
    }
  });
});

describe("who wrote a value last", () => {
  const causes = new Causes(facts);

  test("the flag is as the step left it that cleared it", () => {
    const { erased } = decided;
    expect(causes.valueAt("cpu0.pmu.PMOVS", 138 - 1)).toMatchObject({
      value: "0",
      by: { step: erased?.step, from: "1" },
    });
    expect(causes.valueAt("cpu0.pmu.PMOVS", (erased?.step ?? 0) - 1)).toMatchObject({
      value: "1",
      by: { step: 4 },
    });
    expect(causes.valueAt("cpu0.pmu.PMOVS", 3)).toMatchObject({ value: "0", by: null });
  });

  test("values after all writes are those of the last state", () => {
    const after = Object.fromEntries(
      causes.valuesAt(trace.steps.length).map(({ name, value }) => [name, value]),
    );
    expect(after["event.A.hw.period_left"]).toBe("3");
    expect(after["truth.A.due"]).toBe("true");
  });

  test("the chain goes back in time, and only to what the step could have read", () => {
    const read = causes.readBy(39);
    expect(read.map(({ name }) => name)).toContain("cpu0.pmu.PMOVS");
    expect(read.every(({ by }) => by !== null && by.step < 39)).toBe(true);
    expect(read.some(({ name }) => name.startsWith("truth."))).toBe(false);
  });
});

describe("outlook", () => {
  const graph = new StateGraph(machine, property);
  const last = trace.steps.at(-1);
  const end = states.at(-1);
  if (last === undefined || end === undefined) throw new Error("a trace without steps");
  const broken = breakOf(machine, property, last.observations, machine.viewOf(end));
  const at = (step: number) => {
    const state = states[step];
    return outlookOf(
      graph,
      graph.stateOf(machine.components.map((name) => state?.[name])),
      { broken, keptBy: "next" },
      100_000,
    );
  };

  test("says the same as the explanation on either side of the point of no return", () => {
    const { noReturn } = decided;
    if (noReturn === null) throw new Error("the point of no return is open");
    expect(noReturn.by).toBe(noReturn.after + 1);
    expect(at(noReturn.after).kept).not.toBeNull();
    expect(at(noReturn.by)).toMatchObject({ kept: null, isComplete: true });
    expect(at(noReturn.by).same).not.toBeNull();
  });

  test("one step before its end, the trace is one step from the violation", () => {
    expect(at(trace.steps.length - 1).same).toBe(1);
  });

  test("a bound decides nothing", () => {
    const from = graph.stateOf(machine.initial);
    expect(outlookOf(graph, from, { broken, keptBy: "next" }, 3)).toMatchObject({
      same: null,
      kept: null,
      isComplete: false,
      states: 3,
    });
  });
});

describe("an outlook on a rule that a state breaks", () => {
  const other = entryFor({ scenario: "one-cpu", property: "recognisable" });
  const model = new Models().modelOf(other.trace);
  const ofModel = new Machine(model.system);
  const graph = new StateGraph(ofModel, model.property);
  const along = new Playback(ofModel).statesOf(other.trace.steps);
  const last = along.at(-1);
  const broken = last && breakOf(ofModel, model.property, [], ofModel.viewOf(last));

  test("says the same as the explanation: it can go on for ever, or it cannot", () => {
    expect(broken?.by).toBeUndefined();
    const { noReturn } = other.decided ?? {};
    if (noReturn === null || noReturn === undefined) throw new Error("the point of no return is open");
    expect(noReturn.avoidedBy).toBe("ever");
    const at = (step: number) =>
      outlookOf(
        graph,
        graph.stateOf(ofModel.components.map((name) => along[step]?.[name])),
        { broken, keptBy: "ever" },
        100_000,
      );
    expect(at(noReturn.after)).toMatchObject({ keptBy: "ever" });
    expect(at(noReturn.after).kept).not.toBeNull();
    expect(at(noReturn.by)).toMatchObject({ kept: null, isComplete: true });
  });
});

describe("endless", () => {
  const node = (...edges: (readonly [process: number, to: number])[]) => ({
    isEnd: false,
    enabled: new Set(edges.map(([process]) => process)),
    edges: edges.filter(([, to]) => to >= 0).map(([process, to]) => ({ process, to })),
  });

  test("is what ends, and a cycle in which every fair process moves or cannot", () => {
    expect(firstEndless([node([0, 1]), { ...node(), isEnd: true }], [])).toBe(1);
    expect(firstEndless([node([0, 1]), node([0, 0])], [0])).toBe(0);
    expect(firstEndless([node([0, 1]), node([0, 2]), node([1, 1])], [1])).toBe(1);
  });

  test("is no cycle that a fair process leaves, where it breaks the rule or goes elsewhere", () => {
    expect(firstEndless([node([0, 0], [1, -1])], [1])).toBeUndefined();
    expect(firstEndless([node([0, 0], [1, -1])], [])).toBe(0);
    expect(firstEndless([node([0, 1]), node([0, 2]), node([1, -1])], [])).toBeUndefined();
  });
});

describe("the models of a page", () => {
  test("are those that are shipped, fixes and edits included, and what of one's own the page has", () => {
    const models = new Models();
    expect(models.isShipped({ ...trace, fix: "no-clear+not-on-close" })).toBe(true);
    expect(models.isShipped({ ...trace, fix: "./mine.ts" })).toBe(false);
    expect(() => models.modelOf({ ...trace, fix: "no-clear+./mine.ts" })).toThrow("the fix ./mine.ts");
    expect(() => models.modelOf({ ...trace, driver: "kernel:linux" })).toThrow("the driver kernel:linux");
    expect(() => models.modelOf({ ...trace, scenario: "./mine.ts" })).toThrow("the scenario ./mine.ts");
  });

  test("walk alike each time, and not alike with another seed", () => {
    const again = new Machine(new Models().modelOf(trace).system);
    expect(walkDigests(machine, 1, 300)).toEqual(walkDigests(again, 1, 300));
    expect(walkDigests(machine, 1, 300)).not.toEqual(walkDigests(machine, 2, 300));
    expect(new Set(walkDigests(machine, 1, 300)).size).toBeGreaterThan(100);
  });
});

test.each([
  { entry: 0, fork: null, column: null, against: null },
  { entry: 2, fork: null, column: 39, against: "with-no-clear+not-on-close" },
  { entry: 0, fork: { after: 38, indices: [2, 0, 0, 0, 11] }, column: 43, against: "good" },
])("an address is read as it was written: %j", (address) => {
  expect(decodeAddress(encodeAddress(address))).toEqual(address);
});

test("what nobody wrote in an address is as if it were not there", () => {
  expect(decodeAddress("#t=x&p=4~4x99999999&c=-1")).toEqual({
    entry: 0,
    fork: { after: 4, indices: [] },
    column: null,
    against: null,
  });
});
