/**
 * What the world outside the modelled CPUs makes the scheduler do.
 *
 * Another CPU wakes a task or changes an affinity: what reaches this machine is TIF_NEED_RESCHED on the running
 * task and IPI_RESCHEDULE, and for a migration work for the CPU's stopper thread.
 * Over-approximated: it may happen at any time once the running task's slice is over.
 * Not modelled: the moment between setting the flag and the arrival of the IPI.
 */
import type { View, ReadView } from "../../src/spec/component.js";
import type { Process } from "../../src/spec/system.js";
import { generateSGI, gic } from "../arm/gicv3.js";
import { switches } from "../parameters.js";
import { sliceIsOver } from "../slice.js";
import { stopperTask, TASK_RUNNING } from "./sched-core.js";
import { IPI_RESCHEDULE } from "./smp.js";
import { runQueue, taskStruct } from "./structs.js";

/** Another runnable task is to have the CPU: the running one is asked to make way. */
export function preemption(cpu: number): Process {
  return {
    name: `wakeup${cpu}`,
    cpu,
    alternatives: (view) => {
      const { curr, queue } = view.read(runQueue(cpu));
      const [next] = queue;
      if (next === undefined || !mayLeave(view, curr)) return [];
      return [{ name: `${next} is to run instead of ${curr}`, perform: (step) => resched(step, cpu, curr) }];
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
        resched(step, cpu, task);
      };
      return [{ name: `${task} to CPU${dest_cpu}`, perform }];
    },
  };
}

function mayLeave(view: ReadView, curr: string): boolean {
  if (view.parameter(switches) === 0) return false;
  const { need_resched, events } = view.read(taskStruct(curr));
  return !need_resched && (events.length === 0 || sliceIsOver(view, curr));
}

function resched(view: View, cpu: number, curr: string): void {
  view.update(taskStruct(curr), (of) => {
    of.need_resched = true;
  });
  view.update(gic(cpu), (of) => generateSGI(of, IPI_RESCHEDULE));
}
