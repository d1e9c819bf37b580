/**
 * Judges in threads of their own. Which of them answers a question makes no difference.
 */
import type { Worker } from "node:worker_threads";

import { PmucheckError } from "../../../spec/errors.js";
import type { Judges } from "../../../synthesize/judge.js";
import { beside } from "../../thread/beside.js";
import { endless, supervise } from "../../thread/supervisor.js";
import type { Answered, Question } from "./judge-thread.js";
import type { SearchSubject } from "./subject.js";

/** Runs with `count` judges, and lets them go. */
export async function withJudges<T>(
  count: number,
  subject: SearchSubject,
  run: (judges: Judges) => Promise<T>,
): Promise<T> {
  const threads = Array.from({ length: count }, () => new JudgeThread());
  try {
    await Promise.all(threads.map((thread) => thread.ask({ about: "subject", subject })));
    return await run(shared(threads));
  } finally {
    for (const thread of threads) thread.end();
  }
}

/** A question goes to a thread that has none, or waits for one. */
function shared(threads: readonly JudgeThread[]): Judges {
  const idle = [...threads];
  const waiting: ((thread: JudgeThread) => void)[] = [];
  const ask = async <T>(question: Question): Promise<T> => {
    const thread = idle.pop() ?? (await new Promise<JudgeThread>((resolve) => waiting.push(resolve)));
    try {
      // What a judge answers to such a question; it has only changed threads.
      return (await thread.ask(question)) as T;
    } finally {
      const next = waiting.shift();
      if (next === undefined) idle.push(thread);
      else next(thread);
    }
  };
  return {
    count: threads.length,
    along: (question) => ask({ about: "along", question }),
    searched: (question) => ask({ about: "searched", question }),
    matters: (question) => ask({ about: "matters", question }),
    guide: (question) => ask({ about: "guide", question }),
  };
}

class JudgeThread {
  readonly #thread: Worker;
  #fail: (error: Error) => void = () => undefined;

  constructor() {
    const fail = (error: Error): void => this.#fail(error);
    const { thread } = supervise(beside("../../helper-thread", import.meta.url), ["judge"], (what) =>
      fail(new PmucheckError("PMC203", endless(what))),
    );
    this.#thread = thread;
    thread.on("error", fail);
  }

  /** One question at a time. */
  ask(question: Question): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#fail = reject;
      this.#thread.once("message", (of: Answered) => {
        if ("answer" in of) resolve(of.answer);
        else reject(new Error(of.failed));
      });
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- no window: a thread of this program
      this.#thread.postMessage(question);
    });
  }

  end(): void {
    void this.#thread.terminate();
  }
}
