/**
 * Where the jobs of a command are answered.
 */
import { PmucheckError } from "../../spec/errors.js";
import type { Interruption } from "../thread/interruption.js";
import { byProcesses, type AnswerTasks } from "./processes.js";

/** Throws PMC104 for options that contradict each other, and what byQueue throws. */
export async function answering(asked: {
  /** Processes; undefined for as many as there are cores. */
  readonly jobs: number | undefined;
  readonly queue: string | undefined;
  readonly shard: string | undefined;
  readonly interruption: Interruption;
}): Promise<AnswerTasks> {
  const { jobs, queue, shard, interruption } = asked;
  const ending = { isOver: () => interruption.isDue, raised: interruption.raised() };
  if (queue === undefined) return byProcesses(jobs, ending);
  const other = [jobs !== undefined && "jobs", shard !== undefined && "shard"].find(
    (given) => given !== false,
  );
  if (other !== undefined) {
    throw new PmucheckError("PMC104", `--queue and --${other} do not go together`);
  }
  const { byQueue } = await import("./by-queue.js");
  return byQueue(queue, ending);
}
