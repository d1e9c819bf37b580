/**
 * User programs: tasks that make system calls.
 *
 * A program is a list of turns that its task takes in order and then again from the start; in between it may do nothing
 * for as long as the search likes.
 */
import { perName, type ReadView } from "../../../src/spec/component.js";
import type { Process } from "../../../src/spec/system.js";
import { enterException, exceptionLevel, kernelBudget, pe, takesInterrupt } from "../../arm/pe.js";
import { TASK_TRACED, runQueue, taskStruct } from "../structs.js";
import type { Syscall } from "../fs/syscall.js";

/** A system call, and what the program waits for before it makes it. */
export interface Turn {
  readonly call: Syscall;
  readonly when?: (view: ReadView) => boolean;
}

export interface Program {
  readonly turns: readonly Turn[];
  /** Stops after the last turn instead of beginning again. */
  readonly once: boolean;
}

/** Where a program is: the index of its next turn. */
export const programOf = perName<{ readonly next: number }>("program");

/** The task's program, run on the CPU it stays on. */
export function running(task: string, cpu: number, { turns, once }: Program): Process {
  return {
    name: `user.${task}`,
    cpu,
    alternatives: (view) => {
      const element = view.read(pe(cpu));
      if (element.current !== task || exceptionLevel(element) !== 0 || takesInterrupt(view, cpu)) return [];
      const { next } = view.read(programOf(task));
      const turn = turns[next];
      if (turn === undefined || turn.when?.(view) === false) return [];
      return [
        {
          name: describe(task, turn.call),
          perform: (step) => {
            const budget = kernelBudget(step);
            step.update(programOf(task), (of) => {
              of.next = once ? next + 1 : (next + 1) % turns.length;
            });
            step.update(pe(cpu), (of) => enterException(of, "el0t_64_sync", budget, turn.call));
          },
        },
      ];
    },
  };
}

/** Waits until the debugger's task has stopped and left its CPU. */
export function hasStopped(task: string): (view: ReadView) => boolean {
  return (view) => {
    const { __state, cpu } = view.read(taskStruct(task));
    const { curr, lock } = view.read(runQueue(cpu));
    return __state === TASK_TRACED && curr !== task && lock === null;
  };
}

function describe(task: string, call: Syscall): string {
  switch (call.call) {
    case "ioctl":
      return `${task}: ioctl(${call.event}, ${call.request}${call.argument === 0n ? "" : `, ${call.argument}`})`;
    case "read":
      return `${task}: read(${call.event})${call.group ? " of its group" : ""}`;
    case "close":
      return `${task}: close(${call.event})`;
    case "exit":
    case "sleep":
      return `${task}: ${call.call}()`;
    case "continue":
      return `${task}: lets ${call.task} continue`;
  }
}
