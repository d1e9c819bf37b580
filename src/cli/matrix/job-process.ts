/**
 * A process that runs jobs, one after another; another one in its place when it has died.
 */
import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";

import { beside } from "../thread/beside.js";
import type { Answer, Task } from "./job-thread.js";

const PROGRAM = fileURLToPath(beside("worker", import.meta.url));

export class JobProcess {
  #process: ChildProcess | undefined;

  /** The verdicts of a job. A process that dies is an answer too, and never a missing row. */
  answer(task: Task): Promise<Answer> {
    const worker = (this.#process ??= fork(PROGRAM, { serialization: "advanced" }));
    return new Promise((resolve) => {
      const died = (code: number | null, signal: string | null): void => {
        this.#process = undefined;
        resolve({ failed: `PMC156: ${ended(code, signal)}`, as: "inconclusive", isLast: true });
      };
      worker.once("exit", died);
      worker.once("message", (of: Answer) => {
        worker.off("exit", died);
        if ("isLast" in of && of.isLast) this.#process = undefined;
        resolve(of);
      });
      // Whether it was sent does not matter: if not, the process has died.
      worker.send(task, () => undefined);
    });
  }

  /** Lets the process go. */
  end(): void {
    if (this.#process?.connected === true) this.#process.disconnect();
  }
}

function ended(code: number | null, signal: string | null): string {
  const how = signal === null ? `ended by itself with status ${code}` : `was ended by ${signal}`;
  const why = signal === "SIGKILL" ? ": if memory was short, check fewer cells at a time (--jobs)" : "";
  return `the process that checked it ${how}${why}`;
}
