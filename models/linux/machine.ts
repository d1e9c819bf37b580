/**
 * A machine running Linux: puts CPUs, tasks and events together into a system, before boot.
 *
 * Scenarios describe what is in the machine and what may happen to it; this is the part they share.
 */
import { activation } from "../../src/spec/activation.js";
import { valueOf, type Configuration } from "../../src/spec/parameter.js";
import type { Driver } from "../../src/spec/scenario.js";
import type { Process, Processor, Signal, State, System } from "../../src/spec/system.js";
import { gic, resetGICv3, stateOf } from "../arm/gicv3.js";
import { interruptEntry, levelOf, pe, takesInterrupt, type PE } from "../arm/pe.js";
import { BR_RETIRED, CPU_CYCLES, EXCLUDE_EL1, overflowLine, pmu, resetPMUv3 } from "../arm/pmuv3.js";
import { resetTruth, truth } from "../ground-truth.js";
import { counting, propagation } from "../hardware.js";
import * as parameters from "../parameters.js";
import { newSlice, sliceOf } from "../slice.js";
import { GIC_PRIO_IRQON } from "./asm-daifflags.js";
import { PMU_PPI } from "./irq-chip.js";
import { GICD_INT_DEF_PRI, GICD_INT_NMI_PRI } from "./irq-gic-v3.js";
import { idleTask, stopperTask, TASK_INTERRUPTIBLE } from "./sched-core.js";
import { IPI_IRQ_WORK, IPI_RESCHEDULE } from "./smp.js";
import {
  ARMPMU_EVT_64BIT,
  newPerCpuData,
  newPerfEvent,
  newTask,
  perCpuData,
  perfEvent,
  runQueue,
  taskStruct,
  type PerfEvent,
  type RunQueue,
  type Task,
} from "./structs.js";

/** The default priority mask when priorities are not used for masking (DEFAULT_PMR_VALUE). */
const DEFAULT_PMR_VALUE = 0xf0;

/** What is in the machine. */
export interface Inventory {
  readonly cpus: number;
  /** The user tasks, in the order in which CPU 0 first runs them, and the events each has. */
  readonly tasks: Readonly<Record<string, readonly string[]>>;
  /** What may happen from outside. */
  readonly environment: readonly Process[];
}

/** A machine before boot: every CPU resets its PMU and then idles, CPU 0 with the tasks on its queue. */
export function linuxMachine(driver: Driver, configuration: Configuration, inventory: Inventory): System {
  const cpus = Array.from({ length: inventory.cpus }, (_, cpu) => cpu);
  const events = Object.values(inventory.tasks).flat();
  return {
    configuration,
    reset: together([
      ...cpus.map((cpu) => resetCpu(cpu, configuration, inventory)),
      ...Object.entries(inventory.tasks).map(([task, of]) => resetTask(task, of)),
      ...events.map((event) => resetEvent(event, configuration)),
    ]),
    functions: driver.functions,
    processors: cpus.map(processor),
    processes: [
      ...cpus.flatMap((cpu) => [interruptEntry(cpu), propagation(cpu, PMU_PPI), counting(cpu)]),
      ...inventory.environment,
    ],
    signals: [...cpus.flatMap((cpu) => signalsOf(cpu)), ...events.map(truthSignal)],
    events,
  };
}

function together(parts: readonly State[]): State {
  return Object.fromEntries(parts.flatMap((part) => Object.entries(part)));
}

function resetCpu(cpu: number, configuration: Configuration, { tasks }: Inventory): State {
  const nmi = valueOf(configuration, parameters.irq) === "nmi";
  const wide = valueOf(configuration, parameters.pmuv3p5) === 1;
  const counters = valueOf(configuration, parameters.counters);
  const queue = cpu === 0 ? Object.keys(tasks) : [];
  const element: PE = {
    PSTATE: { I: false },
    ICC_PMR: nmi ? GIC_PRIO_IRQON : DEFAULT_PMR_VALUE,
    stack: [activation("armv8pmu_reset", [])],
    current: idleTask(cpu),
    user: false,
    preempt_count: { hardirq: 0, nmi: 0 },
    kernelBudget: 0,
  };
  const rq: RunQueue = { lock: null, curr: idleTask(cpu), queue, stop_work: null };
  const idle: Task = { ...newTask, need_resched: queue.length > 0 };
  const stopper: Task = {
    ...newTask,
    __state: TASK_INTERRUPTIBLE,
    stack: [activation("ret_from_fork", [false])],
  };
  return {
    [pe(cpu).name]: element,
    [pmu(cpu).name]: resetPMUv3(counters, wide),
    [gic(cpu).name]: resetGICv3({
      [IPI_RESCHEDULE]: GICD_INT_DEF_PRI,
      [IPI_IRQ_WORK]: GICD_INT_DEF_PRI,
      [PMU_PPI]: nmi ? GICD_INT_NMI_PRI : GICD_INT_DEF_PRI,
    }),
    [runQueue(cpu).name]: rq,
    [perCpuData(cpu).name]: {
      ...newPerCpuData,
      hw_events: { events: Array.from({ length: counters + 1 }, () => null), used_mask: 0 },
    },
    [taskStruct(idleTask(cpu)).name]: idle,
    [taskStruct(stopperTask(cpu)).name]: stopper,
  };
}

function resetTask(task: string, events: readonly string[]): State {
  const it: Task = { ...newTask, user: true, events, stack: [activation("ret_from_fork", [true])] };
  return { [taskStruct(task).name]: it, ...(events.length > 0 ? { [sliceOf(task).name]: newSlice } : {}) };
}

function resetEvent(event: string, configuration: Configuration): State {
  const period = BigInt(valueOf(configuration, parameters.period));
  const long = valueOf(configuration, parameters.long);
  const type = valueOf(configuration, parameters.event) === "cycles" ? CPU_CYCLES : BR_RETIRED;
  const filter = valueOf(configuration, parameters.excludeKernel) === 1 ? EXCLUDE_EL1 : 0;
  const it: PerfEvent = {
    ...newPerfEvent,
    attr: { config1: long },
    hw: {
      ...newPerfEvent.hw,
      config_base: (type | filter) >>> 0,
      flags: long === 1 ? ARMPMU_EVT_64BIT : 0,
      sample_period: period,
      last_period: period,
      period_left: period,
    },
    fasync: true,
  };
  return { [perfEvent(event).name]: it, [truth(event).name]: resetTruth };
}

function processor(cpu: number): Processor {
  return {
    cpu,
    execution: pe(cpu),
    level: (view) => levelOf(view.read(pe(cpu))),
    mayExecute: (view) => !takesInterrupt(view, cpu),
    body: (view) => {
      const { current, user } = view.read(pe(cpu));
      if (user) return undefined;
      if (current !== idleTask(cpu)) return activation("smpboot_thread_fn", []);
      // WFI: the idle CPU waits until somebody sets need_resched.
      return view.read(taskStruct(current)).need_resched ? activation("do_idle", []) : undefined;
    },
  };
}

function signalsOf(cpu: number): Signal[] {
  const hex = (value: number | bigint) => `0x${value.toString(16)}`;
  return [
    { name: "PMOVS", cpu, headline: true, value: (view) => hex(view.read(pmu(cpu)).PMOVS) },
    {
      name: "PMUIRQ",
      cpu,
      headline: true,
      value: (view) => (overflowLine(view.read(pmu(cpu))) ? "high" : "low"),
    },
    { name: `PPI ${PMU_PPI}`, cpu, headline: true, value: (view) => stateOf(view.read(gic(cpu)), PMU_PPI) },
    { name: "PMCR.E", cpu, headline: false, value: (view) => (view.read(pmu(cpu)).PMCR.E ? "1" : "0") },
    { name: "PMCNTEN", cpu, headline: false, value: (view) => hex(view.read(pmu(cpu)).PMCNTEN) },
    { name: "PMINTEN", cpu, headline: false, value: (view) => hex(view.read(pmu(cpu)).PMINTEN) },
    {
      name: "PMEVCNTR",
      cpu,
      headline: false,
      value: (view) => view.read(pmu(cpu)).PMEVCNTR.map(hex).join(" "),
    },
    { name: "PMCCNTR", cpu, headline: false, value: (view) => hex(view.read(pmu(cpu)).PMCCNTR) },
    { name: "PSTATE.I", cpu, headline: false, value: (view) => (view.read(pe(cpu)).PSTATE.I ? "1" : "0") },
    { name: "ICC_PMR", cpu, headline: false, value: (view) => hex(view.read(pe(cpu)).ICC_PMR) },
    { name: "current", cpu, headline: false, value: (view) => view.read(pe(cpu)).current },
  ];
}

function truthSignal(event: string): Signal {
  return {
    name: `${event} due`,
    headline: false,
    value: (view) => (view.read(truth(event)).due ? "1" : "0"),
  };
}
