/**
 * `pmucheck worker`: answers jobs of a queue, in processes of this machine, until it is ended.
 *
 * It is ended as any program is, by a signal, and there is one way for all ends, a crash too: its lock on a job runs out, and
 * another worker takes the job.
 */
import { availableParallelism } from "node:os";

import type { Job } from "bullmq";

import type { ExitStatus } from "../../exit-status.js";
import { EXIT } from "../../exit-status.js";
import { ATTEMPTS, tellFaults } from "../../matrix/by-queue.js";
import { JobProcess } from "../../matrix/job-process.js";
import { nameOf } from "../../matrix/pool.js";
import { packed, queueName, taskOfCell, unpacked } from "../../matrix/queue.js";
import { queueLibrary, shownUrl } from "../../matrix/queue-library.js";
import { storeFolder } from "../../matrix/store.js";
import { print } from "../../terminal/terminal.js";

/** A worker renews its locks in half of this, in a thread that does nothing else. */
const LOCK_MS = 15_000;
const LOOK_FOR_STALLED_MS = 5_000;

/** Throws what queueLibrary does. */
export async function runWorker(url: string, jobs: number | undefined, cache: boolean): Promise<ExitStatus> {
  const { Worker } = await queueLibrary(url);
  const count = jobs ?? availableParallelism();
  const idle: JobProcess[] = [];
  const answer = async ({ data }: Job<unknown, string>): Promise<string> => {
    const process = idle.pop() ?? new JobProcess();
    const made = await process.answer(taskOfCell(data, cache ? storeFolder() : undefined));
    idle.push(process);
    // The process has died: the job is taken again, by this worker or another one.
    if ("failed" in made && made.as === "inconclusive") throw new Error(made.failed.replace("PMC156: ", ""));
    return packed(made);
  };
  const worker = new Worker(queueName(), answer, {
    connection: { url, maxRetriesPerRequest: null },
    concurrency: count,
    lockDuration: LOCK_MS,
    stalledInterval: LOOK_FOR_STALLED_MS,
    maxStalledCount: ATTEMPTS - 1,
  });
  tellFaults(worker);
  worker.on("completed", tellAnswered);
  await worker.waitUntilReady();
  print(`pmucheck: takes ${count} jobs at a time from ${shownUrl(url)}, until it is ended (Ctrl-C)`);
  await new Promise<void>((resolve) => worker.once("closed", resolve));
  return EXIT.holds;
}

/** Once the queue has the answer: until then another worker may have to give it. */
function tellAnswered({ data, returnvalue, processedOn = 0, finishedOn = 0 }: Job<unknown, string>): void {
  const made = unpacked(returnvalue);
  const what = "failed" in made ? made.failed : `${made.checks.length} verdicts`;
  print(
    `${nameOf(taskOfCell(data, undefined))}: ${what} (${((finishedOn - processedOn) / 1000).toFixed(1)} s)`,
  );
}
