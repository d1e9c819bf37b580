/**
 * A thread that judges: it is told what the search is about, and then answers questions, one after another.
 */
import { parentPort } from "node:worker_threads";

import { watchRuns } from "../../../spec/running.js";
import type { Along, Judge, Mattering, Subject } from "../../../synthesize/judge.js";
import { Board, threadStart } from "../../thread/board.js";
import { stackOf } from "../../thread/stack.js";
import { judgeOf, type SearchSubject } from "./subject.js";

export type Question =
  | { readonly about: "subject"; readonly subject: SearchSubject }
  | { readonly about: "along"; readonly question: Along }
  | { readonly about: "searched"; readonly question: Subject }
  | { readonly about: "matters"; readonly question: Mattering }
  | { readonly about: "guide"; readonly question: Pick<Mattering, "set" | "cell" | "path"> };

export type Answered = { readonly answer: unknown } | { readonly failed: string };

const start = threadStart();
if (start !== undefined) watchRuns(new Board(start.board).tell);

let judge: Judge | undefined;

parentPort?.on("message", (question: Question) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- no window: a thread of this program
  void answered(question).then((of) => parentPort?.postMessage(of));
});

async function answered(question: Question): Promise<Answered> {
  try {
    return { answer: await answerTo(question) };
  } catch (error) {
    return { failed: stackOf(error) };
  }
}

async function answerTo(asked: Question): Promise<unknown> {
  if (asked.about === "subject") {
    judge = await judgeOf(asked.subject);
    return undefined;
  }
  if (judge === undefined) throw new Error("a question before the subject");
  switch (asked.about) {
    case "along":
      return judge.along(asked.question);
    case "searched":
      return judge.searched(asked.question);
    case "matters":
      return judge.matters(asked.question);
    case "guide":
      return judge.guide(asked.question);
  }
}
