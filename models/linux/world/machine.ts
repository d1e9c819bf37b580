/**
 * A machine running Linux: puts CPUs, tasks and events together into a system, before boot.
 *
 * Scenarios describe what is in the machine and what may happen to it; this is the part they share.
 */
import { activation } from "../../../src/spec/activation.js";
import { hex } from "../../../src/spec/notation.js";
import { valueOf, type Configuration } from "../../../src/spec/parameter.js";
import type { Driver } from "../../../src/spec/scenario.js";
import type { Process, Processor, Signal, State, System } from "../../../src/spec/system.js";
import { addedState } from "../../added-state.js";
import { gic, resetGICv3, stateOf } from "../../arm/gicv3.js";
import { interruptEntry, levelOf, pe, takesInterrupt, type PE } from "../../arm/pe.js";
import { BR_RETIRED, CPU_CYCLES, EXCLUDE_EL0, EXCLUDE_EL1, overflowLine, pmu } from "../../arm/pmuv3.js";
import { resetPMUv3 } from "../../arm/pmuv3-reset.js";
import { resetTruth, truth } from "../../ground-truth.js";
import { age, counting, hypervisor, mustRiseFirst, propagation, visibility } from "./hardware.js";
import * as parameters from "../../parameters.js";
import { newSlice, sliceOf } from "../slice.js";
import { GIC_PRIO_IRQON } from "../arch/arm64/include/asm/daifflags.js";
import { PMU_PPI, TIMER_PPI } from "../config.js";
import type { EventPlan, Inventory, TaskPlan } from "./inventory.js";
import { GICD_INT_DEF_PRI, GICD_INT_NMI_PRI } from "../drivers/irqchip/irq-gic-v3.js";
import { programOf, running } from "./programs.js";
import { exchangingNames } from "./renaming.js";
import { idleTask, stopperTask } from "../kernel/sched/core.js";
import {
  ARMPMU_EVT_64BIT,
  newPerCpuData,
  newPerfEvent,
  newPerfEventContext,
  newTask,
  perCpuData,
  PERF_EVENT_STATE_OFF,
  perfEvent,
  perfEventContext,
  runQueue,
  TASK_INTERRUPTIBLE,
  taskStruct,
  IPI_CALL_FUNC,
  IPI_IRQ_WORK,
  IPI_RESCHEDULE,
  TIF_NEED_RESCHED,
  type PerCpuData,
  type PerfEvent,
  type RunQueue,
  type Task,
} from "../structs.js";

/** The default priority mask when priorities are not used for masking (DEFAULT_PMR_VALUE). */
const DEFAULT_PMR_VALUE = 0xf0;
/** ARMPMU_MAX_HWEVENTS */
const MAX_HWEVENTS = 33;

/** A machine before boot: every CPU resets its PMU, schedules its own events in and then idles until tasks wake it. */
export function linuxMachine(driver: Driver, configuration: Configuration, inventory: Inventory): System {
  const cpus = Array.from({ length: inventory.cpus }, (_, cpu) => cpu);
  const events = inventory.events.map(({ name }) => name);
  const programs = inventory.tasks.flatMap(({ name, cpu = 0, program }) =>
    program === undefined ? [] : [running(name, cpu, program)],
  );
  return {
    configuration,
    reset: together([
      ...cpus.map((cpu) => resetCpu(cpu, configuration, inventory)),
      ...inventory.tasks.map((plan) => resetTask(plan, inventory)),
      ...contextsOf(inventory),
      ...inventory.events.map((plan, i) => resetEvent(plan, i, configuration, inventory)),
      addedState(driver, cpus, events),
    ]),
    functions: driver.functions,
    processors: cpus.map(processor),
    processes: [
      ...cpus.flatMap((cpu) => hardwareOf(cpu, events, configuration)),
      ...programs,
      ...inventory.environment,
    ],
    signals: [...cpus.flatMap((cpu) => signalsOf(cpu)), ...events.map(truthSignal)],
    events,
    symmetry: inventory.exchanges && exchangingNames(inventory.exchanges, events),
  };
}

function hardwareOf(cpu: number, events: readonly string[], configuration: Configuration): Process[] {
  return [
    interruptEntry(cpu),
    propagation(cpu, PMU_PPI),
    counting(cpu, PMU_PPI, events),
    ...(valueOf(configuration, parameters.sync) === 1 ? [visibility(cpu)] : []),
    ...(valueOf(configuration, parameters.vpmu) === 1 ? [hypervisor(cpu)] : []),
  ];
}

function together(parts: readonly State[]): State {
  return Object.fromEntries(parts.flatMap((part) => Object.entries(part)));
}

function resetCpu(cpu: number, configuration: Configuration, { tasks, events }: Inventory): State {
  const nmi = valueOf(configuration, parameters.irq) === "nmi";
  const queue = tasks.filter((task) => (task.cpu ?? 0) === cpu).map(({ name }) => name);
  const ownEvents = events.some(({ of }) => of === cpu);
  const element: PE = {
    PSTATE: { I: false },
    ICC_PMR: nmi ? GIC_PRIO_IRQON : DEFAULT_PMR_VALUE,
    stack: [activation("boot_cpu", [])],
    current: idleTask(cpu),
    user: false,
    preempt_count: { hardirq: 0, nmi: 0 },
    kernelBudget: 0,
  };
  const rq: RunQueue = { lock: null, curr: idleTask(cpu), queue, stop_work: null };
  const idle: Task = { ...newTask, cpu, flags: queue.length > 0 ? TIF_NEED_RESCHED : 0 };
  const stopper: Task = {
    ...newTask,
    cpu,
    __state: TASK_INTERRUPTIBLE,
    stack: [activation("ret_from_fork", [false])],
  };
  const data: PerCpuData = {
    ...newPerCpuData,
    ctx: ownEvents ? `cpu${cpu}` : null,
    hw_events: { events: Array.from({ length: MAX_HWEVENTS }, () => null), used_mask: 0 },
  };
  const prioritised = [IPI_RESCHEDULE, IPI_CALL_FUNC, IPI_IRQ_WORK, TIMER_PPI].map((intid) => [
    intid,
    GICD_INT_DEF_PRI,
  ]);
  return {
    [pe(cpu).name]: element,
    [pmu(cpu).name]: resetPMUv3({
      counters: valueOf(configuration, parameters.counters),
      width:
        valueOf(configuration, parameters.pmuv3p5) === 1
          ? 64
          : valueOf(configuration, parameters.counterBits),
      sync: valueOf(configuration, parameters.sync) === 1,
      virtual: valueOf(configuration, parameters.vpmu) === 1,
      freeRunning: valueOf(configuration, parameters.freeRunning) === 1,
    }),
    [gic(cpu).name]: resetGICv3(
      Object.fromEntries([...prioritised, [PMU_PPI, nmi ? GICD_INT_NMI_PRI : GICD_INT_DEF_PRI]]) as Record<
        number,
        number
      >,
    ),
    [runQueue(cpu).name]: rq,
    [perCpuData(cpu).name]: data,
    [taskStruct(idleTask(cpu)).name]: idle,
    [taskStruct(stopperTask(cpu)).name]: stopper,
  };
}

function resetTask(
  { name, cpu = 0, traced = false, program }: TaskPlan,
  { events, ticks = false }: Inventory,
): State {
  const it: Task = {
    ...newTask,
    cpu,
    user: true,
    traced,
    perf_event_ctxp: events.some(({ of }) => of === name) ? name : null,
    stack: [activation("ret_from_fork", [true])],
  };
  return {
    [taskStruct(name).name]: it,
    [sliceOf(name).name]: newSlice(ticks),
    ...(program === undefined ? {} : { [programOf(name).name]: { next: 0 } }),
  };
}

/** A context per task, and per CPU, that has events. */
function contextsOf({ tasks, events }: Inventory): State[] {
  return [...new Set(events.map(({ of }) => of))].map((of) => {
    const leaders = events.filter((event) => event.of === of && event.leader === undefined);
    const pinned = leaders.filter((event) => event.pinned !== false);
    const flexible = leaders.filter((event) => event.pinned === false);
    const parent_ctx = tasks.find(({ name }) => name === of)?.clonedFrom ?? null;
    return {
      [perfEventContext(contextName(of)).name]: {
        ...newPerfEventContext,
        task: typeof of === "string" ? of : null,
        pinned_groups: pinned.map(({ name }) => name),
        flexible_groups: flexible.map(({ name }) => name),
        parent_ctx,
      },
    };
  });
}

function contextName(of: string | number): string {
  return typeof of === "string" ? of : `cpu${of}`;
}

function resetEvent(plan: EventPlan, i: number, configuration: Configuration, { events }: Inventory): State {
  const period = plan.period ?? valueOf(configuration, parameters.period);
  const long = plan.long ?? valueOf(configuration, parameters.long) === 1;
  const counted = plan.type ?? valueOf(configuration, parameters.event);
  const kernel = valueOf(configuration, parameters.excludeKernel) === 1 ? EXCLUDE_EL1 : 0;
  const host = valueOf(configuration, parameters.excludeHost) === 1 ? EXCLUDE_EL1 | EXCLUDE_EL0 : 0;
  const filter = kernel | host;
  // Every event counts something of its own, so that a counter's PMEVTYPER says whose it is.
  const type = counted === "cycles" ? CPU_CYCLES : BR_RETIRED + i;
  const it: PerfEvent = {
    ...newPerfEvent,
    ctx: contextName(plan.of),
    state: plan.off === true ? PERF_EVENT_STATE_OFF : newPerfEvent.state,
    attr: {
      config1: long ? 1 : 0,
      pinned: plan.pinned ?? true,
      freq: plan.freq ?? false,
      sigtrap: plan.sigtrap ?? false,
      kvm: plan.kvm ?? false,
    },
    group_leader: plan.leader ?? plan.name,
    sibling_list: events.filter(({ leader }) => leader === plan.name).map(({ name }) => name),
    hw: {
      ...newPerfEvent.hw,
      config_base: (type | filter) >>> 0,
      flags: long ? ARMPMU_EVT_64BIT : 0,
      sample_period: BigInt(period),
      last_period: BigInt(period),
      period_left: BigInt(period),
    },
    event_limit: plan.limit ?? 0,
    fasync: plan.fasync ?? true,
  };
  const real = { ...resetTruth, period, limit: plan.limit ?? null, life: plan.off === true ? "off" : "on" };
  return { [perfEvent(plan.name).name]: it, [truth(plan.name).name]: real };
}

function processor(cpu: number): Processor {
  return {
    cpu,
    execution: pe(cpu),
    level: (view) => levelOf(view.read(pe(cpu))),
    mayExecute: (view) => !takesInterrupt(view, cpu) && !mustRiseFirst(view, cpu, PMU_PPI),
    afterStep: (view) => age(view, cpu, PMU_PPI),
    body: (view) => {
      const { current, user } = view.read(pe(cpu));
      if (user) return undefined;
      if (current !== idleTask(cpu)) return activation("smpboot_thread_fn", []);
      // WFI: the idle CPU waits until somebody sets need_resched.
      const { flags } = view.read(taskStruct(current));
      return (flags & TIF_NEED_RESCHED) !== 0 ? activation("do_idle", []) : undefined;
    },
  };
}

function signalsOf(cpu: number): Signal[] {
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
      value: (view) =>
        view
          .read(pmu(cpu))
          .PMEVCNTR.map((value) => hex(value))
          .join(" "),
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
