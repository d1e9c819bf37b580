/**
 * The last result: what `check` or `minimize` came to last, so that a command about a trace needs no file.
 *
 * It is in the user's state folder (XDG Base Directory Specification), one for all of the user's shells. Two checks at
 * once: the one that ends last is remembered. Where nothing can be written, nothing is remembered, and that is no error.
 *
 * A result may name files of code (./my-fix.ts). The last result is the user's own, so that they run again without a word;
 * but only in the folder where it was made, and if nobody else can have written it: elsewhere the name is another file's.
 */
import { readFileSync, statSync, type Stats } from "node:fs";
import { join } from "node:path";

import { z } from "zod";

import { keepWhole } from "../../check/store/whole-file.js";
import { shortTime } from "../../report/estimate-text.js";
import { PmucheckError } from "../../spec/errors.js";
import { isPrintable } from "../../spec/printable.js";
import type { ResultDocument, TraceDocument } from "../../trace/document.js";
import { stateFolder } from "../user-folders.js";

const file = () => join(stateFolder(), "last.json");

export function remember(result: ResultDocument | TraceDocument): void {
  try {
    const folderNow = process.cwd();
    const made = isPrintable(folderNow) ? { madeIn: folderNow } : {};
    keepWhole(file(), JSON.stringify({ ...made, ...result }), false);
  } catch {
    // The current folder was removed, so it cannot be said where the result was made.
  }
}

export interface LastResult {
  readonly text: string;
  /** How long ago it was made, in words. */
  readonly age: string;
  /** What it is called if it is not certain that this user made it here; undefined if it is. */
  readonly foreign: string | undefined;
}

/** Throws PMC111 if nothing is remembered. */
export function lastResult(): LastResult {
  try {
    const text = readFileSync(file(), "utf8");
    const stats = statSync(file());
    const age = shortTime((Date.now() - stats.mtimeMs) / 1000);
    return { text, age, foreign: foreignName(text, stats) };
  } catch {
    throw new PmucheckError("PMC111", "no result is remembered: run pmucheck check first, or name a FILE");
  }
}

/** May the group or the others write it? */
const OTHERS_WRITE = 0o022;

const madeInSchema = z.object({ madeIn: z.string() });

function foreignName(text: string, { uid, mode }: Stats): string | undefined {
  const isOwn = process.getuid === undefined || (uid === process.getuid() && (mode & OTHERS_WRITE) === 0);
  if (!isOwn) return `the last result, which others may have written (${file()}),`;
  const made = madeInSchema.safeParse(parsed(text));
  if (!made.success) return "the last result";
  const { madeIn } = made.data;
  return madeIn === process.cwd() ? undefined : `the last result, made in ${madeIn},`;
}

/** Undefined for a text that is no JSON; the reader of the result reports that. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
