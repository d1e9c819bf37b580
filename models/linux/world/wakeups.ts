/**
 * What the world outside the modelled CPUs makes the kernel do: preemptions, migrations, stops, ticks.
 *
 * Another CPU wakes a task or changes an affinity: what reaches this machine is TIF_NEED_RESCHED on the running
 * task and IPI_RESCHEDULE, and for a migration work for the CPU's stopper thread.
 * Over-approximated: it may happen at any time once the running task's slice is over.
 * Not modelled: the moment between setting the flag and the arrival of the IPI.
 */
import { castDraft } from "immer";

import { activation } from "../../../src/spec/activation.js";
import type { ReadView, View } from "../../../src/spec/component.js";
import type { Process } from "../../../src/spec/system.js";
import { generateSGI, gic } from "../../arm/gicv3.js";
import { exceptionLevel, pe, takesInterrupt } from "../../arm/pe.js";
import { counts, pmu } from "../../arm/pmuv3.js";
import { truth } from "../../ground-truth.js";
import { switches } from "../../parameters.js";
import { restartTick, sliceIsOver, tickIsDue } from "../slice.js";
import { TIMER_PPI } from "../config.js";
import { evtCount } from "./hardware.js";
import { eventsOf, idleTask, stopperTask } from "../kernel/sched/core.js";
import {
  perCpuData,
  runQueue,
  TASK_INTERRUPTIBLE,
  TASK_RUNNING,
  taskStruct,
  IPI_RESCHEDULE,
  TIF_NEED_RESCHED,
  TIF_SIGPENDING,
} from "../structs.js";

/** Another runnable task is to have the CPU: the running one is asked to make way, unless it is one of `never`. */
export function preemption(cpu: number, never: readonly string[] = []): Process {
  return {
    name: `wakeup${cpu}`,
    cpu,
    alternatives: (view) => {
      const { curr, queue } = view.read(runQueue(cpu));
      const [next] = queue;
      if (next === undefined || never.includes(curr) || !mayLeave(view, curr)) return [];
      return [
        {
          name: `${next} is to run instead of ${curr}`,
          perform: (step) => kick(step, cpu, curr, TIF_NEED_RESCHED),
        },
      ];
    },
  };
}

/** `taskset` moves the task to the next CPU, wherever it runs. */
export function taskset(task: string, cpus: number): Process {
  return {
    name: "taskset",
    alternatives: (view) => {
      const cpu = Array.from({ length: cpus }, (_, i) => i).find((i) => view.read(runQueue(i)).curr === task);
      if (cpu === undefined || !mayLeave(view, task)) return [];
      const { lock, stop_work } = view.read(runQueue(cpu));
      if (lock !== null || stop_work !== null) return [];
      const dest_cpu = (cpu + 1) % cpus;
      const perform = (step: View) => {
        step.update(runQueue(cpu), (of) => {
          of.stop_work = { task, dest_cpu };
        });
        step.update(taskStruct(stopperTask(cpu)), (of) => {
          of.__state = TASK_RUNNING;
        });
        kick(step, cpu, task, TIF_NEED_RESCHED);
      };
      return [{ name: `${task} to CPU${dest_cpu}`, perform }];
    },
  };
}

/** A debugger stops the task it traces, for reasons of its own: a signal is pending for it. */
export function interruption(task: string, cpu: number): Process {
  return {
    name: "debugger",
    alternatives: (view) => {
      if (view.read(runQueue(cpu)).curr !== task || !mayLeave(view, task)) return [];
      return [{ name: `${task} is to stop`, perform: (step) => kick(step, cpu, task, TIF_SIGPENDING) }];
    },
  };
}

/**
 * The CPU's timers: the tick, and the one that rotates events when it is armed. Time goes on whatever happens, so that a
 * timer which may expire does.
 */
export function timers(cpu: number, task: string): Process {
  return {
    name: `timer${cpu}`,
    cpu,
    fair: true,
    alternatives: (view) => {
      const { timers: expired, mux_hrtimer_active } = view.read(perCpuData(cpu));
      const runs = view.read(runQueue(cpu)).curr === task;
      if (!runs || expired.tick || expired.mux || !tickIsDue(view, task, isCounting(view, cpu, task)))
        return [];
      const expire = (timer: "tick" | "mux") => (step: View) => {
        step.update(perCpuData(cpu), (of) => {
          of.timers[timer] = true;
        });
        step.update(gic(cpu), (of) => generateSGI(of, TIMER_PPI));
        restartTick(step, task);
      };
      return [
        { name: "the tick expires", perform: expire("tick") },
        ...(mux_hrtimer_active ? [{ name: "the multiplexing timer expires", perform: expire("mux") }] : []),
      ];
    },
  };
}

/** In the kernel the assumption about ticks stands; at EL0, is anything that an event of the task is about counted? */
function isCounting(view: ReadView, cpu: number, task: string): boolean {
  if (exceptionLevel(view.read(pe(cpu))) === 1) return true;
  const unit = view.read(pmu(cpu));
  return eventsOf(view, task).some((event) => counts(unit, [evtCount(view, event)], 0));
}

/** A task that made the system call `sleep` is woken by something outside. */
export function sleeping(task: string, cpu: number): Process {
  return {
    name: "alarm",
    cpu,
    alternatives: (view) => {
      const { curr, lock } = view.read(runQueue(cpu));
      const asleep =
        view.read(taskStruct(task)).__state === TASK_INTERRUPTIBLE && curr !== task && lock === null;
      if (!asleep) return [];
      const perform = (step: View) => {
        step.update(taskStruct(task), (of) => {
          of.__state = TASK_RUNNING;
        });
        step.update(runQueue(cpu), (of) => {
          of.queue.push(task);
        });
        kick(step, cpu, curr, TIF_NEED_RESCHED);
      };
      return [{ name: `${task} is woken`, perform }];
    },
  };
}

/** The idle CPU runs a kernel function before it waits on: a power-down, or its part of a hotplug. */
function whileIdle(
  name: string,
  cpu: number,
  what: string,
  of: string,
  may: (view: ReadView) => boolean,
): Process {
  return {
    name,
    cpu,
    alternatives: (view) => {
      const element = view.read(pe(cpu));
      const idle = element.current === idleTask(cpu) && element.stack.length === 0;
      const { flags } = view.read(taskStruct(idleTask(cpu)));
      if (!idle || flags !== 0 || takesInterrupt(view, cpu) || !may(view)) return [];
      const perform = (step: View) =>
        step.update(pe(cpu), (draft) => {
          draft.stack = castDraft([activation(of, [])]);
        });
      return [{ name: what, perform }];
    },
  };
}

/** The idle CPU is powered down and up again. */
export function powerDown(cpu: number): Process {
  return whileIdle(`power${cpu}`, cpu, "the idle CPU is powered down", "cpu_suspend", () => true);
}

/** The CPU goes offline when nothing is on it, and comes online again. */
export function hotplug(cpu: number): Process {
  return whileIdle(
    `hotplug${cpu}`,
    cpu,
    "the CPU is unplugged and plugged in again",
    "cpuhp_cycle",
    (view) => {
      const { queue, stop_work } = view.read(runQueue(cpu));
      return queue.length === 0 && stop_work === null;
    },
  );
}

/** When these events are all torn down, nothing more happens; that is no standstill. */
export function ended(events: readonly string[]): Process {
  return rest("end", (view) => events.every((event) => view.read(truth(event)).life === "dead"));
}

/** The task has the CPU and keeps it: nothing more happens, and that is no standstill. */
export function rests(task: string, cpu: number): Process {
  return rest("rest", (view) => view.read(runQueue(cpu)).curr === task);
}

function rest(name: string, may: (view: ReadView) => boolean): Process {
  return {
    name,
    alternatives: (view) => (may(view) ? [{ name: "nothing more happens", perform: () => undefined }] : []),
  };
}

function mayLeave(view: ReadView, curr: string): boolean {
  if (view.parameter(switches) === 0) return false;
  const { flags } = view.read(taskStruct(curr));
  if ((flags & (TIF_NEED_RESCHED | TIF_SIGPENDING)) !== 0) return false;
  return eventsOf(view, curr).length === 0 || sliceIsOver(view, curr);
}

function kick(view: View, cpu: number, curr: string, flag: number): void {
  view.update(taskStruct(curr), (of) => {
    of.flags |= flag;
  });
  view.update(gic(cpu), (of) => generateSGI(of, IPI_RESCHEDULE));
}
