/**
 * A process that runs jobs of matrices, one after another, in a thread of its own (job-thread.ts), so that one that does
 * not come to an end can be told from one that takes long, and stopped.
 *
 * Processes: the memory of an exploration is given back whole, and peakRssBytes means something.
 */
import { PmucheckError } from "../../spec/errors.js";
import { beside } from "../thread/beside.js";
import { endless, supervise } from "../thread/supervisor.js";
import { optimizeLater } from "../thread/optimize-later.js";
import { stackOf } from "../thread/stack.js";
import type { Answer, Task } from "./job-thread.js";

optimizeLater();

/** Sends the answer, and then ends this process: its thread is lost. */
function giveUp(answer: Answer): void {
  process.send?.(answer, () => process.exit());
}

const { thread } = supervise(beside("../helper-thread", import.meta.url), ["job"], (what) => {
  const { code, message } = new PmucheckError("PMC203", endless(what));
  giveUp({ failed: `${code}: ${message}`, as: "error", isLast: true });
});
thread.on("message", (answer: Answer) => process.send?.(answer));
thread.on("error", (error: unknown) =>
  giveUp({
    failed: stackOf(error),
    as: "internal",
    isLast: true,
  }),
);
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- no window: a thread of this program
process.on("message", (task: Task) => thread.postMessage(task));
// Ctrl-C is for the parent, which lets this process go.
process.on("SIGINT", () => undefined);
// The parent has gone, so the answer is not wanted any more, and a job may take long.
process.on("disconnect", () => process.exit());
