/**
 * What a guest says of its runs.
 */
import { z } from "zod";

/** Of a sampled task's ring buffer (guest/init/target.c says how each is counted). */
const task = z.object({
  fix: z.string(),
  scenario: z.string(),
  task: z.number(),
  overflows: z.number(),
  samples: z.number(),
  wrongTask: z.number(),
  kernelIp: z.number(),
  largestDelta: z.number(),
  dropped: z.number(),
});

/** Of a run and of the module (guest/module/pmucheck.h); -1 where the module is not loaded. */
const counts = z.object({
  fix: z.string(),
  scenario: z.string(),
  excludesKernel: z.boolean(),
  actions: z.number(),
  stops: z.number(),
  flagged: z.number(),
  noticed: z.number(),
  reported: z.number(),
  restored: z.number(),
  raised: z.number(),
  reads: z.number(),
  /** Reports, of the driver and of the fix. */
  samples: z.number(),
  /** Of these, of a period that is not completed, or was reported before. */
  early: z.number(),
  silent: z.number(),
  silentInUpdate: z.number(),
  /** Of armpmu_event_update: an offset in bytes, and runs of the handler that interrupted there and did and did not report. */
  places: z.array(z.tuple([z.number(), z.number(), z.number()])),
  /** Of each sample with the kernel's registers: what was interrupted, in which context, and how many there are of it. */
  kernelSamples: z.array(z.tuple([z.string(), z.enum(["task", "softirq", "fix"]), z.number()])),
});

export type Task = z.infer<typeof task>;
export type Counts = z.infer<typeof counts>;

/** One scenario under one fix, its tasks together. */
export interface Run {
  readonly fix: string;
  readonly scenario: string;
  readonly tasks: readonly Task[];
  readonly counts: Counts;
}

/** The runs on a console, in their order. Throws if a ring buffer overflowed, a task is missing, or the module saw other reports. */
export function runsOf(console: string): readonly Run[] {
  const tasks = documents(console, "TASK ").map((one) => task.parse(one));
  const dropped = tasks.find((one) => one.dropped > 0);
  if (dropped !== undefined) {
    throw new Error(
      `${dropped.scenario} with ${dropped.fix}: the ring buffer was too small or samples were throttled`,
    );
  }
  return documents(console, "RUN ").map((one) => {
    const ran = counts.parse(one);
    const own = tasks.filter(({ fix, scenario }) => fix === ran.fix && scenario === ran.scenario);
    if (own.length !== (ran.scenario === "next-task" ? 2 : 1)) {
      throw new Error(`${ran.scenario} with ${ran.fix}: results of a task are missing`);
    }
    const run = { fix: ran.fix, scenario: ran.scenario, tasks: own, counts: ran };
    refuseUnseen(run);
    return run;
  });
}

/** What the module says of reports holds for the samples in the ring buffers if these are as many. */
function refuseUnseen({
  fix,
  scenario,
  tasks,
  counts: { samples, kernelSamples, excludesKernel },
}: Run): void {
  if (samples < 0) return;
  const inRings = tasks.reduce((total, one) => total + one.samples, 0);
  const ofKernel = tasks.reduce((total, one) => total + one.kernelIp, 0);
  const placed = kernelSamples.reduce((total, [, , count]) => total + count, 0);
  if (inRings === samples && (ofKernel === placed || !excludesKernel)) return;
  throw new Error(
    `${scenario} with ${fix}: ring buffers have ${inRings} samples, ${ofKernel} of the kernel; the module saw ${samples} and ${placed}`,
  );
}

function documents(console: string, prefix: string): unknown[] {
  return console
    .split("\n")
    .filter((line) => line.startsWith(prefix))
    .map((line) => JSON.parse(line.slice(prefix.length)) as unknown);
}
