/**
 * Events of a CPU: what a program asks of them is done, and they make way for a task's pinned events and for no others.
 * And groups: what becomes of the members when the leader is closed.
 */
import { describe, expect, test } from "vitest";

import { pe } from "../../../models/arm/pe.js";
import { callsOf } from "../../../models/linux/world/calls.js";
import type { EventPlan, Inventory } from "../../../models/linux/world/inventory.js";
import { powerDown, preemption, sleeping } from "../../../models/linux/world/wakeups.js";
import {
  PERF_EVENT_STATE_ACTIVE,
  PERF_EVENT_STATE_DEAD,
  PERF_EVENT_STATE_EXIT,
  PERF_EVENT_STATE_OFF,
  perfEvent,
} from "../../../models/linux/structs.js";
import { linuxScenario } from "../../../models/scenarios/common.js";
import { drivers } from "../../../models/catalogue.js";
import { properties, witnesses } from "../../../properties/catalogue.js";
import { check } from "../../../src/check/verdict/check.js";
import { perName, type ReadView } from "../../../src/spec/component.js";
import type { Observation } from "../../../src/spec/observation.js";
import { configure } from "../../../src/spec/parameter.js";
import type { Property, Rule } from "../../../src/spec/property.js";

/** The verdict; of a violation the rule that is broken. */
function verdictOf(
  inventory: Inventory,
  property: Property,
  set: Readonly<Record<string, string>> = {},
  driver = "linux-6.5",
) {
  const scenario = linuxScenario({ inventory: () => inventory, witnesses: () => [] });
  const found = drivers.find(({ name }) => name === driver);
  if (found === undefined) throw new Error(`there is no ${driver}`);
  const configuration = configure(scenario.parameters, set);
  const asked = { scenario, driver: found, property, configuration, witnesses, maxStates: 1e6 };
  const { verdict, trace } = check(asked);
  return trace?.rule ?? verdict;
}

function named(name: string): Property {
  const found = properties.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
}

/** Violated exactly if it comes about. */
function never(rule: Omit<Rule, "name">, remembers?: Property["remembers"]): Property {
  const texts = { name: "never", sentence: "It never comes about.", reference: "this test" };
  return {
    ...texts,
    kind: "always",
    rules: [{ name: "never", ...rule }],
    ...(remembers === undefined ? {} : { remembers }),
  };
}

interface Step {
  readonly at: number;
}
const memory = perName<Step>("passed");

/** Observations in this order, with others in between. */
function after(...passed: readonly ((of: Observation) => boolean)[]): Property {
  return never(
    { brokenIn: (view, event) => view.read(memory(event)).at === passed.length },
    {
      component: memory,
      initial: { at: 0 },
      after: (now, of) => {
        const { at } = now as Step;
        return passed[at]?.(of) === true ? { at: at + 1 } : now;
      },
    },
  );
}

const user = (event: string, did: string) => (of: Observation) =>
  of.kind === "user" && of.event === event && of.did === did;
const report = (event: string) => (of: Observation) => of.kind === "report" && of.event === event;
const state = (event: string) => (view: ReadView) => view.read(perfEvent(event)).state;

describe.each([
  ["of a task on the event's CPU", 0],
  ["of a task on another CPU", 1],
])("a call %s about an event of a CPU", (_, cpu) => {
  /** The event is disabled at first if the words begin by enabling it. */
  const machine = (words: string): Inventory => ({
    cpus: cpu + 1,
    tasks: [{ name: "T" }, { name: "P", cpu, program: callsOf("A", words, { once: true }) }],
    events: [{ name: "A", of: 0, fasync: true, off: /^(ENABLE|REFRESH)/.test(words) }],
    environment: cpu === 0 ? [preemption(0)] : [],
  });

  test.each<[words: string, does: string, comesAbout: Property]>([
    ["DISABLE", "stops it", never({ brokenIn: (view) => state("A")(view) === PERF_EVENT_STATE_OFF })],
    ["ENABLE", "starts it", never({ brokenBy: (of) => of.kind === "counted" })],
    [
      "PERIOD=3",
      "changes its period",
      never({ brokenIn: (view) => view.read(perfEvent("A")).hw.sample_period === 3n }),
    ],
    ["RESET", "reads it", never({ brokenBy: user("A", "read") })],
    ["REFRESH=1", "limits it", never({ brokenBy: (of) => of.kind === "signal" && of.hangup })],
    ["CLOSE", "removes it", never({ brokenIn: (view) => state("A")(view) === PERF_EVENT_STATE_DEAD })],
  ])("%s %s", (words, __, comesAbout) => {
    expect(verdictOf(machine(words), comesAbout, { lag: "0" })).toBe("never");
  });
});

describe("a task's events that are scheduled in beside those of the CPU", () => {
  const machine = (own: Partial<EventPlan>): Inventory => ({
    cpus: 1,
    tasks: [{ name: "T", program: callsOf("A", "SLEEP") }, { name: "U" }],
    events: [
      { name: "A", of: 0, pinned: false },
      { name: "B", of: "T", off: true, ...own },
    ],
    environment: [sleeping("T", 0), powerDown(0)],
  });

  // Long enough for the line to be low still when the events are taken out.
  test.each([
    ["linux-6.1", "4"],
    ["linux-6.5", "4"],
    ["linux-6.12", "8"],
    ["linux-7.3", "8"],
  ])(
    "%s: the CPU's flexible events make way for pinned ones only, and only then is an overflow lost (lag=%s)",
    (driver, lag) => {
      const of = (pinned: boolean) => verdictOf(machine({ pinned }), named("no-loss"), { lag }, driver);
      expect([of(false), of(true)]).toEqual(["holds", "no-loss"]);
    },
  );
});

describe("closing the leader of a group", () => {
  const machine = (words: string): Inventory => ({
    cpus: 1,
    tasks: [{ name: "T", program: callsOf("A", words, { once: true }) }, { name: "U" }],
    events: [
      { name: "A", of: "T" },
      { name: "B", of: "T", leader: "A" },
    ],
    environment: [preemption(0)],
  });
  const close = machine("CLOSE");

  test("leaves its members counting and reporting", () => {
    expect(verdictOf(close, after(user("A", "closed"), report("B")), { switches: "0" })).toBe("never");
  });

  test("leaves them to be scheduled out with their task, and in again", () => {
    const ofOthers = never({
      brokenIn: (view) => {
        const { current, stack } = view.read(pe(0));
        return stack.length === 0 && current === "U" && state("B")(view) === PERF_EVENT_STATE_ACTIVE;
      },
    });
    const back = after(
      user("A", "closed"),
      (of) => of.kind === "switch" && of.next === "U",
      (of) => of.kind === "counted" && of.event === "B",
    );
    expect(verdictOf(close, ofOthers, { lag: "0" })).toBe("holds");
    expect(verdictOf(close, back, { lag: "0" })).toBe("never");
  });

  test("leaves them to be closed when their task exits", () => {
    const gone = never({
      brokenIn: (view) =>
        state("A")(view) === PERF_EVENT_STATE_DEAD && state("B")(view) === PERF_EVENT_STATE_EXIT,
    });
    expect(verdictOf(machine("CLOSE,EXIT"), gone, { lag: "0" })).toBe("never");
  });
});
