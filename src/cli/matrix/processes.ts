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

/** When to end before all tasks are answered. No task is begun then, and those that are being answered are left. */
export interface Ending {
  readonly isOver: () => boolean;
  /** Settles as soon as it is. */
  readonly raised: Promise<void>;
}

/** @param count of processes; undefined for as many as there are cores */
export function byProcesses(count: number | undefined, { isOver, raised }: Ending): AnswerTasks {
  return async (tasks, settle) => {
    const waiting = [...tasks];
    const runs = Array.from({ length: Math.min(count ?? availableParallelism(), tasks.length) }, async () => {
      const worker = new JobProcess();
      try {
        for (let task = waiting.shift(); task !== undefined && !isOver(); task = waiting.shift()) {
          const answer = await Promise.race([worker.answer(task), raised]);
          if (answer !== undefined) settle(task, answer);
        }
      } finally {
        worker.end();
      }
    });
    await Promise.all(runs);
  };
}
