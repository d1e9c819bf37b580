/**
 * The process's streams: results on stdout, everything else on stderr.
 */
import { writeSync } from "node:fs";

import { COLOURED, PLAIN, usableWidth, type Screen } from "../../report/screen.js";
import { headline } from "../../report/wrap.js";
import { reasonOf } from "../../spec/blame.js";
import { PmucheckError } from "../../spec/errors.js";
import { printable } from "../../spec/printable.js";

/** The reader of the results has gone (`pmucheck ... | head`): the program ends without a message. */
export class ReaderGone extends Error {}

/** Prints a result. Throws PMC155 if it cannot be written, {@link ReaderGone} if nobody reads it. */
export function print(text: string): void {
  try {
    write(STDOUT, `${text}\n`);
  } catch (error) {
    if (codeOf(error) === "EPIPE") throw new ReaderGone();
    throw new PmucheckError("PMC155", `the result cannot be written: ${reasonOf(error)}`);
  }
}

/**
 * Says it on stderr: on a terminal broken between words, elsewhere in a line, so that a log has a line for each. What it
 * quotes may be of foreign files: control characters are written out.
 */
export function complain(text: string): void {
  const { isTTY, columns } = process.stderr;
  notify(`${isTTY ? brokenTo(columns, printable(text)) : printable(text)}\n`);
}

/** What is indented, as the lines of a stack are, stays as it is. */
export function brokenTo(columns: number, text: string): string {
  return text
    .split("\n")
    .flatMap((line) => (line.startsWith(" ") ? [line] : headline(line, columns || 80)))
    .join("\n");
}

/** Writes to stderr, as far as that can be done: a program that cannot complain goes on. */
export function notify(text: string): void {
  try {
    write(STDERR, text);
  } catch {
    // There is nowhere left to say so.
  }
}

const STDOUT = 1;
const STDERR = 2;
const AGAIN_MS = 5;

/** At once, whatever the thread is doing: a stream would pass the text on when the thread has nothing else to do. */
function write(descriptor: number, text: string): void {
  for (let rest = Buffer.from(text); rest.length > 0;) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      // A pipe in non-blocking mode that is full at the moment.
      if (codeOf(error) !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, AGAIN_MS);
    }
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

/** When to colour what is printed. */
export const COLOURS = ["auto", "always", "never"] as const;
export type Colour = (typeof COLOURS)[number];

let colour: Colour = "auto";

/** What --color says; it holds for the whole run. */
export function useColour(when: Colour): void {
  colour = when;
}

/** What results are laid out for. Where stdout is no terminal, COLUMNS may say how wide it is; else it is 80 columns. */
export function screen(): Screen {
  const asked = Number(process.env["COLUMNS"]);
  const columns = process.stdout.columns || (asked > 0 ? asked : 80);
  return { width: usableWidth(columns), style: isColoured() ? COLOURED : PLAIN };
}

/** See no-color.org and force-color.org. */
function isColoured(): boolean {
  if (colour !== "auto") return colour === "always";
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== "") return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== "") return FORCE_COLOR !== "0";
  return process.stdout.isTTY && TERM !== "dumb";
}
