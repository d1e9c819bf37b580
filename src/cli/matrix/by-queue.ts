/**
 * Jobs that are put into a queue, for `pmucheck worker` on whatever machines to answer.
 */
import type { Job, Queue, QueueEvents } from "bullmq";

import { complain } from "../terminal/terminal.js";
import type { Answer } from "./job-thread.js";
import type { AnswerTasks, Ending } from "./processes.js";
import { cellOfTask, nameOfCell, queueName, unpacked, type QueuedCell } from "./queue.js";
import { faultOf, queueLibrary, shownUrl } from "./queue-library.js";

/** A job is given up when its workers, or their processes for it, have died so many times. */
export const ATTEMPTS = 3;
/** Seconds after which an answer goes that was not fetched, because the program that asked was ended. */
const KEPT = { age: 3600 };
/** An answer is announced. In case that was missed, it is looked for. */
const LOOK_AGAIN_MS = 60_000;
/** An announcement has the answer in it. */
const ANNOUNCEMENTS = 1_000;

/** Throws what queueLibrary does. */
export async function byQueue(url: string, { raised }: Ending): Promise<AnswerTasks> {
  const library = await queueLibrary(url);
  const name = queueName();
  // Wait for a Redis that is started again.
  const connection = { url, maxRetriesPerRequest: null };
  return async (tasks, settle) => {
    const asked = tasks.map((task) => ({ task, cell: cellOfTask(task) }));
    const queue = new library.Queue(name, {
      connection,
      streams: { events: { maxLen: ANNOUNCEMENTS } },
    });
    const events = new library.QueueEvents(name, { connection });
    tellFaults(queue, events);
    // One for each job that is waited for.
    queue.setMaxListeners(0);
    try {
      await events.waitUntilReady();
      if (asked.length > 0 && (await queue.getWorkersCount()) === 0) {
        complain(
          `pmucheck: nobody takes jobs of this version from ${shownUrl(url)} yet: start pmucheck worker --queue URL`,
        );
      }
      const answers = asked.map(async ({ task, cell }) => settle(task, await answerTo(cell, queue, events)));
      await Promise.race([Promise.all(answers), raised]);
    } finally {
      await Promise.all([queue.close(), events.close()]);
    }
  };
}

/** Something that loses its connection, and finds it again. */
interface Connected {
  on(event: "error", listener: (error: Error) => void): unknown;
}

/** Says each fault of the connection once: it is tried again without end. */
export function tellFaults(...connected: readonly Connected[]): void {
  const told = new Set<string>();
  const tell = (error: Error): void => {
    const fault = faultOf(error);
    if (told.has(fault)) return;
    told.add(fault);
    complain(`pmucheck: the queue: ${fault}`);
  };
  for (const one of connected) one.on("error", tell);
}

async function answerTo(cell: QueuedCell, queue: Queue, events: QueueEvents): Promise<Answer> {
  const name = nameOfCell(cell);
  const before: Job | undefined = await queue.getJob(name);
  // The queue keeps no results: a store does, which knows when they count.
  if (before?.finishedOn !== undefined) await before.remove().catch(goneAlready);
  const job = await queue.add("cell", cell, {
    jobId: name,
    attempts: ATTEMPTS,
    removeOnComplete: KEPT,
    removeOnFail: KEPT,
  });
  for (;;) {
    const made: unknown = await job.waitUntilFinished(events, LOOK_AGAIN_MS).catch(() => undefined);
    if (made !== undefined) return unpacked(made);
    const failed = await failureOf(job, queue);
    if (failed !== undefined) return { failed: `PMC156: ${failed}`, as: "inconclusive", isLast: false };
  }
}

/** Another program that asks for the same has removed the job, or has put it in anew. */
function goneAlready(): void {}

/** Undefined for a job that has an answer, or will have one. */
async function failureOf(job: Job, queue: Queue): Promise<string | undefined> {
  const state = await job.getState();
  if (state === "unknown") return "the queue has lost the job";
  return state === "failed" ? ((await queue.getJob(String(job.id)))?.failedReason ?? "") : undefined;
}
