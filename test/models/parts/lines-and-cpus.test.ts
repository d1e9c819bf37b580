/**
 * Models of one's own with an NMI line, and with several CPUs: what interrupts what, and whose event is whose.
 *
 * The PMU has a counter and a flag; its handler counts on, so that nothing is lost but by what a test adds.
 */
import { expect, test } from "vitest";

import { witnesses } from "../../../properties/catalogue.js";
import { check } from "../../../src/check/verdict/check.js";
import { propertyFor } from "../../../src/cli/arguments/choices.js";
import {
  arrivals,
  component,
  configure,
  context,
  edgeLine,
  holds,
  kernelFunction,
  levelLine,
  mask_interrupts,
  model,
  override,
  perCpu,
  reading,
  report,
  restore_interrupts,
  signal,
  smp_processor_id,
  writing,
  type EdgeLine,
  type KernelFunction,
  type Line,
  type Scenario,
} from "../../../src/models.js";
import type { Property } from "../../../src/spec/property.js";
import { never } from "../../../src/spec/sentence.js";

interface Pmu {
  readonly counter: number;
  readonly flag: boolean;
  readonly on: boolean;
}
const pmu = perCpu<Pmu>("pmu");
const WRAP = 16;
const PERIOD = 4;

const read_counter = reading("read_counter", pmu, ({ counter }) => counter);
const read_flag = reading("read_flag", pmu, ({ flag }) => flag);
const clear_flag = writing("clear_flag", pmu, (of) => {
  of.flag = false;
});
const write_counter = writing("write_counter", pmu, (of, value: number) => {
  of.counter = value % WRAP;
});
const turn_on = writing("turn_on", pmu, (of) => {
  of.on = true;
});
/** A variable that all CPUs share. */
const last = component<{ readonly cpu: number }>("last");
const read_last = reading(
  "read_last",
  () => last,
  ({ cpu }) => cpu,
);
const write_last = writing(
  "write_last",
  () => last,
  (of, cpu: number) => {
    of.cpu = cpu;
  },
);
const EVENTS = ["A", "B"];

const pmu_handler = kernelFunction("pmu_handler", function* () {
  if (!(yield* read_flag())) return false;
  yield* clear_flag();
  yield* write_counter((yield* read_counter()) + WRAP - PERIOD);
  yield* report(EVENTS[yield* smp_processor_id()] ?? "A");
  return true;
});
const pmu_boot = kernelFunction("pmu_boot", function* () {
  yield* write_counter(WRAP - PERIOD);
  yield* turn_on();
});

interface Shape {
  readonly cpus?: number;
  readonly boot?: KernelFunction<[]>;
  readonly handler?: KernelFunction<[], boolean>;
  readonly interrupt?: Line;
  /** Of an edge line, which the PMU signals. */
  readonly signals?: EdgeLine;
  readonly other?: EdgeLine;
}

function modelOf({ cpus = 1, boot = pmu_boot, handler = pmu_handler, interrupt, signals, other }: Shape) {
  const line = interrupt ?? level(handler, false);
  return model({
    name: "test",
    summary: "a counter and a flag",
    cpus,
    events: EVENTS.slice(0, cpus).map((name, cpu) => ({ name, cpu })),
    state: (cpu) => [holds(pmu(cpu), { counter: 0, flag: false, on: false })],
    shared: () => [holds(last, { cpu: 0 })],
    counter: {
      counts: (view, cpu) => view.read(pmu(cpu)).on,
      count: (view, cpu) => {
        const wraps = view.read(pmu(cpu)).counter === WRAP - 1;
        view.update(pmu(cpu), (of) => {
          of.counter = (of.counter + 1) % WRAP;
          of.flag ||= wraps;
        });
        if (wraps && signals !== undefined) signal(view, cpu, signals);
      },
    },
    interrupt: line,
    otherInterrupts: other === undefined ? [] : [other],
    environment: (cpu) => (other === undefined ? [] : [arrivals(cpu, other, "the timer expires")]),
    boot,
    drivers: [
      { name: "driver", functions: [boot, line.handler, ...(other === undefined ? [] : [other.handler])] },
    ],
    properties: ["exactly-once", "no-interrupt-storm", "right-event"],
  });
}

function level(handler: KernelFunction<[], boolean>, nmi: boolean): Line {
  return levelLine({ handler, nmi, high: (view, cpu) => view.read(pmu(cpu)).flag });
}

async function checked(
  scenario: Scenario,
  property: string | Property = "exactly-once",
  set: Readonly<Record<string, string>> = {},
) {
  const [driver] = scenario.own?.drivers ?? [];
  if (driver === undefined) throw new Error("a model without a driver");
  return check({
    scenario,
    driver,
    property: typeof property === "string" ? await propertyFor(scenario, property) : property,
    configuration: configure(scenario.parameters, set),
    witnesses,
    maxStates: 50_000,
  });
}

const pmu_boot_masked = kernelFunction("pmu_boot_masked", function* () {
  yield* mask_interrupts();
  yield* write_counter(WRAP - PERIOD);
  yield* turn_on();
});
/** Keeps ordinary interrupts from coming between its read and its write. */
const timer_handler = kernelFunction("timer_handler", function* () {
  const masked = yield* mask_interrupts();
  const value = yield* read_counter();
  yield* write_counter(value);
  yield* restore_interrupts(masked);
});
const timer = edgeLine({ name: "timer", handler: timer_handler });

test.each([
  ["an ordinary interrupt never comes where interrupts are masked", false, "violated"],
  ["an NMI does", true, "holds"],
] as const)("%s", async (_, nmi, verdict) => {
  const scenario = modelOf({ boot: pmu_boot_masked, interrupt: level(pmu_handler, nmi) });
  expect((await checked(scenario)).verdict).toBe(verdict);
});

test.each([
  ["an ordinary interrupt waits for the timer's handler", false, "holds"],
  ["an NMI comes between its read and its write, and what it programs is overwritten", true, "violated"],
] as const)("%s", async (_, nmi, verdict) => {
  const found = await checked(modelOf({ interrupt: level(pmu_handler, nmi), other: timer }));
  expect(found.verdict).toBe(verdict);
  const choices = found.trace?.steps.map(({ choice }) => choice) ?? [];
  expect(choices.includes("<PMI taken within the kernel>")).toBe(nmi);
});

test("an NMI line of edges is one too, and its handler is not interrupted by itself", async () => {
  const edge = edgeLine({ handler: pmu_handler, nmi: true });
  const alone = modelOf({ interrupt: edge, signals: edge });
  const nested = never("An NMI never comes within an NMI.", {
    brokenIn: (view) => view.read(context(0)).handling.filter((one) => one.level === "nmi").length > 1,
  });
  // Enough to overflow again within the handler.
  expect((await checked(alone, nested, { kernelCounts: "4", skid: "0", lag: "none" })).verdict).toBe("holds");
  const within = never("An NMI never comes within another interrupt.", {
    brokenIn: (view) => view.read(context(0)).handling.length > 1,
  });
  const withTimer = modelOf({ interrupt: edge, signals: edge, other: timer });
  expect((await checked(withTimer, within)).verdict).toBe("violated");
});

/** Reports the event of the CPU that wrote `last` before, which is its own as long as no other CPU comes in between. */
const by_last = override(pmu_handler, function* () {
  if (!(yield* read_flag())) return false;
  yield* write_last(yield* smp_processor_id());
  yield* clear_flag();
  yield* write_counter((yield* read_counter()) + WRAP - PERIOD);
  yield* report(EVENTS[yield* read_last()] ?? "A");
  return true;
});

test.each([
  ["each CPU has its own counter, line and event", 2, pmu_handler, "holds"],
  ["a variable that two CPUs share mixes their events up", 2, by_last, "violated"],
  ["with one CPU there is nobody to change it", 1, by_last, "holds"],
] as const)("%s", async (_, cpus, handler, verdict) => {
  expect((await checked(modelOf({ cpus, handler }))).verdict).toBe(verdict);
});

test("the mixed-up report is one of the other CPU's event, and the trace has both CPUs", async () => {
  const { verdict, trace } = await checked(modelOf({ cpus: 2, handler: by_last }), "right-event");
  expect(verdict).toBe("violated");
  expect(new Set(trace?.steps.map(({ cpu }) => cpu))).toEqual(new Set([0, 1]));
  expect(trace?.rule).toBe("right-event");
});

test("an NMI of one CPU is not masked by another, nor does it wait for it", async () => {
  const scenario = modelOf({ cpus: 2, boot: pmu_boot_masked, interrupt: level(pmu_handler, true) });
  expect((await checked(scenario)).verdict).toBe("holds");
});
