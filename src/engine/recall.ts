/**
 * What a search has learned, as the list of what it asked; and learning it again from that list.
 *
 * A system answers the same question the same way, and reads the same components in the same order. So of a question
 * it is enough to keep who was asked, and the ids of what was read.
 *
 *   list   | table | ids | id | id | ... | table | ids | ...
 */
import { createHash } from "node:crypto";

import { PmucheckError } from "../spec/errors.js";
import type { Entry } from "./footprint-tables.js";
import type { Asked } from "./image.js";
import type { Knowledge, Learned } from "./knowledge.js";

/** The list of the first answers. */
export function askedList(entries: readonly Entry[], answers: number): number[] {
  return entries
    .slice(0, answers)
    .flatMap(({ table, footprint }) => [
      table,
      footprint.length / 2,
      ...footprint.filter((_, i) => i % 2 === 1),
    ]);
}

/** Of questions and answers, in their order. */
export function digestOf(entries: readonly Entry[], answers: number): string {
  const hash = createHash("sha256");
  for (const entry of entries.slice(0, answers)) hash.update(JSON.stringify(entry));
  return hash.digest("hex");
}

/**
 * Asks everything again.
 * Throws PMC153 if the system is not the one that was asked then.
 * @param learn called with every answer, in order
 */
export function recall(
  list: Uint32Array,
  asked: Asked,
  knowledge: Knowledge,
  learn: (table: number, learned: Learned) => void,
): void {
  const hash = createHash("sha256");
  let answers = 0;
  for (let at = 0; at < list.length; answers++) {
    const table = list[at] as number;
    const ids = list[at + 1] as number;
    const learned = askAgain(table, list.subarray(at + 2, at + 2 + ids), knowledge);
    learn(table, learned);
    hash.update(JSON.stringify({ table, ...learned } satisfies Entry));
    at += 2 + ids;
  }
  if (answers !== asked.answers || hash.digest("hex") !== asked.digest) throw otherModel();
}

/** A question whose reads have these ids, no more and no fewer. */
function askAgain(table: number, ids: Uint32Array, knowledge: Knowledge): Learned {
  const { counts } = knowledge;
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
