/**
 * The last result: what `check` or `minimize` came to last, so that a command about a trace needs no file.
 *
 * It is in the user's state folder (XDG Base Directory Specification), one for all of the user's shells. Two checks at
 * once: the one that ends last is remembered. Where nothing can be written, nothing is remembered, and that is no error.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

import { shortTime } from "../../report/estimate-text.js";
import { PmucheckError } from "../../spec/errors.js";
import type { ResultDocument, TraceDocument } from "../../trace/document.js";

function folder(): string {
  const state = process.env["XDG_STATE_HOME"];
  return join(state === undefined || state === "" ? join(homedir(), ".local", "state") : state, "pmucheck");
}

const file = () => join(folder(), "last.json");

export function remember(result: ResultDocument | TraceDocument): void {
  const part = join(folder(), `last.${process.pid}.part`);
  try {
    mkdirSync(folder(), { recursive: true });
    writeFileSync(part, JSON.stringify(result));
    renameSync(part, file());
  } catch {
    discard(part);
  }
}

function discard(part: string): void {
  try {
    rmSync(part, { force: true });
  } catch {
    // It was never made: the folder is none.
  }
}

export interface LastResult {
  readonly text: string;
  /** How long ago it was made, in words. */
  readonly age: string;
}

/** Throws PMC111 if nothing is remembered. */
export function lastResult(): LastResult {
  try {
    const text = readFileSync(file(), "utf8");
    return { text, age: shortTime((Date.now() - statSync(file()).mtimeMs) / 1000) };
  } catch {
    throw new PmucheckError("PMC111", "no result is remembered: run pmucheck check first, or name a FILE");
  }
}
