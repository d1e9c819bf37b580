/**
 * Jobs that are answered by processes of this machine, which share them.
 */
import { availableParallelism } from "node:os";

import { JobProcess } from "./job-process.js";
import type { Answer, Task } from "./job-thread.js";

/** Answers tasks, in whatever order; each answer is given as it comes. */
export type AnswerTasks = (
  tasks: readonly Task[],
  settle: (task: Task, answer: Answer) => void,
) => Promise<void>;

/**
 * @param count of processes; undefined for as many as there are cores
 * @param isOver is it time to end? No task is begun then, and those that were not begun have no answer
 */
export function byProcesses(count: number | undefined, isOver = (): boolean => false): AnswerTasks {
  return async (tasks, settle) => {
    const waiting = [...tasks];
    const runs = Array.from({ length: Math.min(count ?? availableParallelism(), tasks.length) }, async () => {
      const worker = new JobProcess();
      try {
        for (let task = waiting.shift(); task !== undefined && !isOver(); task = waiting.shift()) {
          settle(task, await worker.answer(task));
        }
      } finally {
        worker.end();
      }
    });
    await Promise.all(runs);
  };
}
