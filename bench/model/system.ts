/**
 * The bench model as pmucheck has it: the lost overflow of a PMU, without any function of the kernel.
 *
 * CPUs with counters, an interrupt line and a GIC each; events that any CPU may take up, on any free counter; a
 * driver of 18 locations that adds and deletes an event with interrupts masked, and an interrupt handler; and the
 * truth about each event: how many of its crossings wait for a report. Deleting clears the overflow flag, which is
 * the bug. There is no property: the bench counts states.
 *
 * The same is said by promela.ts, murphi.ts and tla.ts, rule by rule, in the same order. Written here as
 * any model would be, with a component per thing; nothing in it is for the engine's sake. What is dead is reset
 * (`idx`, `snapshot`, `value` and the counter of an event that is gone), in all four.
 *
 *   0 user   1..4 add   5..11 delete   12..17 interrupt handler       masked: all but 0 and 5
 */
import {
  component,
  perCpu,
  perName,
  type Component,
  type ReadView,
  type View,
} from "../../src/spec/component.js";
import type { Alternative, Process, State, System } from "../../src/spec/system.js";
import type { BenchParameters } from "./parameters.js";

/** What a CPU executes. */
interface Cpu {
  readonly pc: number;
  /** The event it has, 0 for none: events are numbered from 1. */
  readonly event: number;
  /** The counter its event has. */
  readonly counter: number;
  /** Where the interrupt handler returns to. */
  readonly returnTo: number;
  /** The overflow flags the handler has read. */
  readonly snapshot: readonly boolean[];
  /** The counter value that was read to be saved. */
  readonly value: number;
}

interface Counter {
  readonly value: number;
  readonly enabled: boolean;
  readonly interrupt: boolean;
  readonly overflowed: boolean;
}

interface Pmu {
  readonly counters: readonly Counter[];
  /** The level of the interrupt output, behind the flags by a step. */
  readonly line: boolean;
}

interface Gic {
  readonly pending: boolean;
  readonly active: boolean;
}

interface Event {
  readonly taken: boolean;
  /** The counter value to go on from. */
  readonly saved: number;
  /** Crossings that wait for their report. */
  readonly due: number;
}

const cpuOf = perCpu<Cpu>("cpu");
const pmuOf = perCpu<Pmu>("pmu");
const gicOf = perCpu<Gic>("gic");
const eventOf = perName<Event>("event");
const budget = component<{ readonly left: number }>("budget");

const USER = 0;
const DELETE = 5;
const HANDLER = 12;

export function benchSystem(parameters: BenchParameters): System {
  const cpus = range(0, parameters.cpus);
  return {
    configuration: {},
    reset: resetState(parameters),
    functions: new Map(),
    processors: [],
    processes: cpus.flatMap((cpu) => [
      program(cpu, parameters),
      takingInterrupts(cpu),
      counting(cpu, parameters),
      propagation(cpu),
    ]),
    signals: [],
    events: range(1, parameters.events + 1).map(String),
  };
}

function resetState({ cpus, counters, events, budget: left }: BenchParameters): State {
  const none = range(0, counters);
  const perEach = range(0, cpus).flatMap((cpu): (readonly [string, unknown])[] => {
    const idle: Cpu = {
      pc: USER,
      event: 0,
      counter: 0,
      returnTo: 0,
      snapshot: none.map(() => false),
      value: 0,
    };
    const counter: Counter = { value: 0, enabled: false, interrupt: false, overflowed: false };
    const pmu: Pmu = { counters: none.map(() => counter), line: false };
    const gic: Gic = { pending: false, active: false };
    return [
      [cpuOf(cpu).name, idle],
      [pmuOf(cpu).name, pmu],
      [gicOf(cpu).name, gic],
    ];
  });
  const event: Event = { taken: false, saved: 0, due: 0 };
  return {
    ...Object.fromEntries(perEach),
    ...Object.fromEntries(range(1, events + 1).map((id) => [eventOf(String(id)).name, event])),
    budget: { left },
  };
}

/** One location of the driver. Every one of them goes on to `pc + 1` unless it says otherwise. */
type Location = (view: View, cpu: number) => void;

const PROGRAM: Readonly<Record<number, { readonly name: string; readonly perform: Location }>> = {
  1: {
    name: "write the counter",
    perform: (view, cpu) => {
      const { event, counter } = view.read(cpuOf(cpu));
      const { saved } = view.read(eventOf(String(event)));
      setCounter(view, cpu, counter, { value: saved });
      setEvent(view, event, { saved: 0 });
      goTo(view, cpu, 2);
    },
  },
  2: {
    name: "enable the interrupt",
    perform: (view, cpu) => {
      setCounter(view, cpu, view.read(cpuOf(cpu)).counter, { interrupt: true });
      goTo(view, cpu, 3);
    },
  },
  3: {
    name: "enable the counter",
    perform: (view, cpu) => {
      setCounter(view, cpu, view.read(cpuOf(cpu)).counter, { enabled: true });
      goTo(view, cpu, 4);
    },
  },
  4: { name: "unmask", perform: (view, cpu) => goTo(view, cpu, USER) },
  5: { name: "mask", perform: (view, cpu) => goTo(view, cpu, 6) },
  6: {
    name: "disable the counter",
    perform: (view, cpu) => {
      setCounter(view, cpu, view.read(cpuOf(cpu)).counter, { enabled: false });
      goTo(view, cpu, 7);
    },
  },
  7: {
    name: "disable the interrupt",
    perform: (view, cpu) => {
      setCounter(view, cpu, view.read(cpuOf(cpu)).counter, { interrupt: false });
      goTo(view, cpu, 8);
    },
  },
  8: {
    name: "clear the flag",
    perform: (view, cpu) => {
      setCounter(view, cpu, view.read(cpuOf(cpu)).counter, { overflowed: false });
      goTo(view, cpu, 9);
    },
  },
  9: {
    name: "read the counter",
    perform: (view, cpu) => {
      const { counter } = view.read(cpuOf(cpu));
      const value = view.read(pmuOf(cpu)).counters[counter]?.value ?? 0;
      setCpu(view, cpu, { pc: 10, value });
      setCounter(view, cpu, counter, { value: 0 });
    },
  },
  10: {
    name: "save and give up the event",
    perform: (view, cpu) => {
      const { event, value } = view.read(cpuOf(cpu));
      setEvent(view, event, { taken: false, saved: value });
      setCpu(view, cpu, { pc: 11, event: 0, counter: 0, value: 0 });
    },
  },
  11: { name: "unmask", perform: (view, cpu) => goTo(view, cpu, USER) },
  12: {
    name: "read the flags",
    perform: (view, cpu) => {
      const snapshot = view.read(pmuOf(cpu)).counters.map(({ overflowed }) => overflowed);
      setCpu(view, cpu, { pc: 13, snapshot });
    },
  },
  13: {
    name: "clear the flags",
    perform: (view, cpu) => {
      view.read(cpuOf(cpu)).snapshot.forEach((flag, counter) => {
        if (flag) setCounter(view, cpu, counter, { overflowed: false });
      });
      goTo(view, cpu, 14);
    },
  },
  14: {
    name: "is it ours?",
    perform: (view, cpu) => {
      const { event, counter, snapshot } = view.read(cpuOf(cpu));
      const ours = event !== 0 && snapshot[counter] === true;
      setCpu(view, cpu, { pc: ours ? 15 : 17, snapshot: snapshot.map(() => false) });
    },
  },
  15: {
    name: "begin a new period",
    perform: (view, cpu) => {
      setCounter(view, cpu, view.read(cpuOf(cpu)).counter, { value: 0 });
      goTo(view, cpu, 16);
    },
  },
  16: {
    name: "report",
    perform: (view, cpu) => {
      const { event } = view.read(cpuOf(cpu));
      const { due } = view.read(eventOf(String(event)));
      setEvent(view, event, { due: Math.max(0, due - 1) });
      goTo(view, cpu, 17);
    },
  },
  17: {
    name: "end of interrupt",
    perform: (view, cpu) => {
      setGic(view, cpu, { active: false });
      setCpu(view, cpu, { pc: view.read(cpuOf(cpu)).returnTo, returnTo: 0 });
    },
  },
};

function program(cpu: number, parameters: BenchParameters): Process {
  return {
    name: `cpu${cpu}`,
    cpu,
    alternatives: (view) => {
      const { pc, event } = view.read(cpuOf(cpu));
      if (pc !== USER) {
        const { name, perform } = PROGRAM[pc] as { name: string; perform: Location };
        return [{ name, perform: (step) => perform(step, cpu) }];
      }
      if (event !== 0) return [{ name: "switch out", perform: (step) => goTo(step, cpu, DELETE) }];
      return takeUp(view, cpu, parameters);
    },
  };
}

/** Any event that is free, on any counter. */
function takeUp(view: ReadView, cpu: number, { events, counters }: BenchParameters): Alternative[] {
  return range(1, events + 1)
    .filter((event) => !view.read(eventOf(String(event))).taken)
    .flatMap((event) =>
      range(0, counters).map((counter) => ({
        name: `event ${event} on counter ${counter}`,
        perform: (step: View) => {
          setEvent(step, event, { taken: true });
          setCpu(step, cpu, { pc: 1, event, counter });
        },
      })),
    );
}

/** A pending interrupt that is not active is taken by a CPU that does not mask it. */
function takingInterrupts(cpu: number): Process {
  return {
    name: `irq${cpu}`,
    cpu,
    alternatives: (view) => {
      const { pc } = view.read(cpuOf(cpu));
      if (pc !== USER && pc !== DELETE) return [];
      const { pending, active } = view.read(gicOf(cpu));
      if (!pending || active) return [];
      return [
        {
          name: "take the interrupt",
          perform: (step) => {
            setGic(step, cpu, { active: true });
            setCpu(step, cpu, { pc: HANDLER, returnTo: pc });
          },
        },
      ];
    },
  };
}

/** An enabled counter counts, and says so when it wraps. */
function counting(cpu: number, { period, cap }: BenchParameters): Process {
  return {
    name: `count${cpu}`,
    cpu,
    alternatives: (view) => {
      const { counters } = view.read(pmuOf(cpu));
      if (counters.every(({ enabled }) => !enabled) || view.read(budget).left === 0) return [];
      return counters.flatMap(({ enabled, value }, counter) =>
        enabled
          ? [{ name: `counter ${counter}`, perform: (step: View) => tick(step, cpu, counter, value + 1) }]
          : [],
      );
    },
  };

  function tick(view: View, on: number, counter: number, value: number): void {
    view.update(budget, (of) => {
      of.left--;
    });
    if (value < period) return setCounter(view, on, counter, { value });
    setCounter(view, on, counter, { value: 0, overflowed: true });
    const { event } = view.read(cpuOf(on));
    const { due } = view.read(eventOf(String(event)));
    setEvent(view, event, { due: Math.min(cap, due + 1) });
  }
}

/** The flags reach the line, and the line the GIC, each in its own time. */
function propagation(cpu: number): Process {
  return {
    name: `wire${cpu}`,
    cpu,
    alternatives: (view) => {
      const { counters, line } = view.read(pmuOf(cpu));
      const raised = counters.some((counter) => counter.overflowed && counter.interrupt);
      return [
        ...(raised === line ? [] : [{ name: "line", perform: (step: View) => setLine(step, cpu, raised) }]),
        ...(view.read(gicOf(cpu)).pending === line
          ? []
          : [{ name: "pending", perform: (step: View) => setGic(step, cpu, { pending: line }) }]),
      ];
    },
  };
}

function set<T extends object>(view: View, of: Component<T>, fields: Partial<T>): void {
  view.update(of, (draft) => {
    void Object.assign(draft, fields);
  });
}

const setCpu = (view: View, cpu: number, fields: Partial<Cpu>) => set(view, cpuOf(cpu), fields);
const setGic = (view: View, cpu: number, fields: Partial<Gic>) => set(view, gicOf(cpu), fields);
const setLine = (view: View, cpu: number, line: boolean) => set(view, pmuOf(cpu), { line });
const setEvent = (view: View, event: number, fields: Partial<Event>) =>
  set(view, eventOf(String(event)), fields);
const goTo = (view: View, cpu: number, pc: number) => setCpu(view, cpu, { pc });

function setCounter(view: View, cpu: number, counter: number, fields: Partial<Counter>): void {
  view.update(pmuOf(cpu), ({ counters }) => {
    Object.assign(counters[counter] ?? {}, fields);
  });
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}
