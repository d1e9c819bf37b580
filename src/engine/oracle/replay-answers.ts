/**
 * What a search has learned, as the list of what it asked; and learning it again from that list.
 *
 * A system answers the same question the same way, and reads the same components in the same order. So of a question
 * it is enough to keep the table that was asked, and the ids of the values that were read.
 *
 *   list   | table | ids | id | id | ... | table | ids | ...
 */
import { createHash } from "node:crypto";

import { PmucheckError } from "../../spec/errors.js";
import { LOGGED, type AnswerLog } from "./answer-log.js";
import type { Asked } from "../api/image.js";
import type { Knowledge, Learned } from "./oracle.js";

/** What was asked, of the answers in the first words of a log. */
export function askedList({ words }: AnswerLog, length: number): number[] {
  const list: number[] = [];
  for (let at = 0; at < length; at += words[at + LOGGED.words] as number) {
    const reads = words[at + LOGGED.reads] as number;
    list.push(words[at + LOGGED.table] as number, reads);
    for (let read = 0; read < reads; read++) list.push(words[at + LOGGED.footprint + 2 * read + 1] as number);
  }
  return list;
}

/** Of questions and answers, in their order. */
export function digestOf({ words }: AnswerLog, length: number): string {
  return createHash("sha256").update(words.subarray(0, length)).digest("hex");
}

/**
 * Asks everything again.
 * Throws PMC153 if the system is not the one that was asked then.
 * @param learn called with every answer, in order
 * @param log where they are logged then
 */
export function recall(
  list: Uint32Array,
  { digest }: Asked,
  knowledge: Knowledge,
  learn: (table: number, learned: Learned) => void,
  log: AnswerLog,
): void {
  for (let at = 0; at < list.length;) {
    const table = list[at] as number;
    const ids = list[at + 1] as number;
    learn(table, askAgain(table, list.subarray(at + 2, at + 2 + ids), knowledge));
    at += 2 + ids;
  }
  if (digestOf(log, log.length) !== digest) throw otherModel();
}

/** A question whose reads have these ids, no more and no fewer. */
function askAgain(table: number, ids: Uint32Array, knowledge: Knowledge): Learned {
  const { counts } = knowledge;
  if (table >= knowledge.tables) throw otherModel();
  const others: number[] = [];
  let reads = 0;
  const idOf = (component: number): number => {
    const id = ids[reads++];
    if (id !== undefined && id < (counts[component] ?? 0)) return id;
    // The model must not see a value that is none; what it makes of another one does not matter any more.
    others.push(component);
    return 0;
  };
  try {
    const learned = knowledge.answer(table, idOf);
    if (others.length === 0 && reads === ids.length) return learned;
  } catch (error) {
    if (others.length === 0) throw error;
  }
  throw otherModel();
}

function otherModel(): PmucheckError {
  return new PmucheckError(
    "PMC153",
    "the model does not answer as it did when the checkpoint was made: run the check again",
  );
}
