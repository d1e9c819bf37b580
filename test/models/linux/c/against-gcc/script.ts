/**
 * Scripts of calls of a driver in C, and what the driver does to registers and fields as pmucheck runs it: the log that
 * harness.c prints of gcc's build.
 */
import { castDraft } from "immer";

import { pmu } from "../../../../../models/arm/pmuv3.js";
import { pe } from "../../../../../models/arm/pe.js";
import { perCpuData, perfEvent } from "../../../../../models/linux/structs.js";
import { linuxScenario } from "../../../../../models/scenarios/common.js";
import type { StepEvent } from "../../../../../src/runtime/execute.js";
import { Machine } from "../../../../../src/runtime/machine.js";
import { activation } from "../../../../../src/spec/activation.js";
import type { View } from "../../../../../src/spec/component.js";
import { kernelFunction } from "../../../../../src/spec/kernel-function.js";
import { configure } from "../../../../../src/spec/parameter.js";
import type { Driver } from "../../../../../src/spec/scenario.js";
import type { State } from "../../../../../src/spec/system.js";
import { showValue, type Value } from "../../../../../src/spec/value.js";

/** A word of harness.c and its two numbers. */
export type Command = readonly [word: string, n: number, value: bigint];

/** The machine: one CPU with this many event counters, of 32 or 64 bits. */
export interface Hardware {
  readonly counters: number;
  readonly long: boolean;
}

const EVENTS = ["A", "B", "C"] as const;
/** Of A, B (64 bits) and C (cycles). */
export const PERIODS = [1000n, 1n << 33n, 77n] as const;

const POWER = ["CPU_PM_ENTER", "CPU_PM_ENTER_FAILED", "CPU_PM_EXIT"] as const;

/** It reports to nobody, and asks for B to be stopped, as harness.c does. */
// oxlint-disable-next-line require-yield -- it asks nothing
const perf_event_overflow = kernelFunction("perf_event_overflow", function* (event: string) {
  return event === "B" ? 1 : 0;
});

const scenario = linuxScenario({
  inventory: () => ({
    cpus: 1,
    tasks: [{ name: "T" }],
    events: [
      { name: "A", of: "T", off: true, type: "branches" },
      { name: "B", of: "T", off: true, type: "branches", long: true },
      { name: "C", of: "T", off: true, type: "cycles" },
    ],
    environment: [],
  }),
});

export class ScriptedDriver {
  readonly #machine: Machine;
  /** After boot and a reset of the PMU: where every script starts. */
  readonly #start: State;
  #state: State;
  #log: string[] = [];
  #warnings = 0;

  constructor(driver: Driver, { counters, long }: Hardware) {
    const functions = new Map([...driver.functions, ["perf_event_overflow", perf_event_overflow] as const]);
    const settings = { counters: String(counters), pmuv3p5: long ? "1" : "0" };
    this.#machine = new Machine(
      scenario.build({ ...driver, functions }, configure(scenario.parameters, settings)),
    );
    this.#state = this.#machine.initialState;
    this.#change((view) => {
      for (const [i, name] of EVENTS.entries()) {
        const period = PERIODS[i] ?? 0n;
        view.update(perfEvent(name), ({ hw }) => {
          Object.assign(hw, {
            sample_period: period,
            last_period: period,
            period_left: period,
            prev_count: 0n,
          });
        });
      }
    });
    this.#call("armv8pmu_reset");
    this.#start = this.#state;
  }

  /** The types that the events count, as C constants. */
  get types(): string {
    const view = this.#machine.viewOf(this.#start);
    return EVENTS.map((name) => `${view.read(perfEvent(name)).hw.config_base}UL`).join(", ");
  }

  /** The lines of the log that the commands make. */
  follow(commands: readonly Command[]): readonly string[] {
    this.#log = [];
    this.#warnings = 0;
    this.#state = this.#start;
    for (const command of commands) this.#follow(command);
    return this.#log;
  }

  #follow([word, n, value]: Command): void {
    const result = this.#asked(word, n, value);
    this.#log.push(`> ${typeof result === "number" ? result : 0}, ${this.#warnings} warnings`);
    const view = this.#machine.viewOf(this.#state);
    for (const name of EVENTS) {
      const { idx, state, prev_count, period_left, last_period } = view.read(perfEvent(name)).hw;
      this.#log.push(
        `${name} idx ${idx} state ${state} prev 0x${prev_count.toString(16)} left ${period_left} last ${last_period}`,
      );
    }
    const { used_mask, events } = view.read(perCpuData(0)).hw_events;
    const taken = Object.entries(events).filter(([, event]) => event !== null);
    this.#log.push(
      [`used 0x${(used_mask >>> 0).toString(16)}:`, ...taken.map(([i, event]) => `${i}=${event}`)].join(" "),
    );
  }

  #asked(word: string, n: number, value: bigint): Value {
    const name = EVENTS[n % EVENTS.length] ?? "A";
    const hasCounter = this.#machine.viewOf(this.#state).read(perfEvent(name)).hw.idx >= 0;
    switch (word) {
      case "counter":
        return this.#change((view) =>
          view.update(pmu(0), (of) => {
            if (n === 31) of.PMCCNTR = value;
            else of.PMEVCNTR[n] = BigInt.asUintN(of.width, value);
          }),
        );
      case "flags":
        return this.#change((view) => view.update(pmu(0), (of) => void (of.PMOVS = (of.PMOVS | n) >>> 0)));
      case "left":
        return this.#change((view) =>
          view.update(perfEvent(name), ({ hw }) => void (hw.period_left = value)),
        );
      case "add":
        return hasCounter ? 0 : this.#call("armpmu_add", name, Number(value));
      case "irq":
        return this.#call("armpmu_dispatch_irq");
      case "enable":
      case "disable":
        return void this.#call(`armpmu_${word}`);
      case "power":
        return void this.#call("cpu_pm_pmu_notify", POWER[n] ?? "");
      case "read":
        return void (hasCounter && this.#call("armpmu_read", name));
      default:
        return void (hasCounter && this.#call(`armpmu_${word}`, name, Number(value)));
    }
  }

  /** Runs the function alone on the CPU, to its end. */
  #call(name: string, ...args: readonly Value[]): Value {
    this.#change((view) => {
      view.update(pe(0), (of) => {
        of.stack = castDraft([activation(name, args)]);
      });
    });
    for (;;) {
      const step = this.#machine.enabledSteps(this.#state).find(({ label }) => label.process === "cpu0");
      if (step === undefined) throw new Error(`${name}() does not come to its end`);
      this.#state = step.next;
      this.#log.push(...step.label.events.flatMap(linesOf));
      this.#warnings += step.observations.filter(({ kind }) => kind === "warning").length;
      const last = step.label.events.at(-1);
      const { stack } = this.#machine.viewOf(this.#state).read(pe(0));
      if (stack.length === 0 && last?.kind === "leave") return last.value;
    }
  }

  #change(recipe: (view: View) => void): undefined {
    const view = this.#machine.viewOf(this.#state);
    recipe(view);
    this.#state = Object.fromEntries(
      this.#machine.components.map((component, i) => [
        component,
        view.writes.has(i) ? view.writes.get(i) : this.#state[component],
      ]),
    );
  }
}

/** What of a step the log has: registers, counts, and reports. */
function linesOf(event: StepEvent): string[] {
  if (event.kind === "enter") {
    return event.function === "perf_event_overflow"
      ? [`overflow ${event.arguments.map(showValue).join(", ")}`]
      : [];
  }
  if (event.kind !== "access") return [];
  const [, counted, by] = /^(\w->count \+= )(.+)$/.exec(event.text) ?? [];
  if (counted !== undefined && by !== undefined) return [`${counted}${BigInt(by)}`];
  const [register] = /^(?:PM\w+ (?:=|is) 0x[0-9a-f]+|isb$)/.exec(event.text) ?? [];
  return register === undefined ? [] : [register];
}
