/**
 * What the front end cannot do, each kind with a code, the place in the C file, and what to do.
 *
 * PMC17x: the files cannot be read as C, so there is no program. PMC22x and PMC23x: the code that runs came to something
 * that has no meaning here. These are thrown when the code is *reached*, never before: what no state runs may be anything.
 */

import type { ErrorCode } from "../../spec/errors.js";

/** A line of a C file. For what came out of a macro it is the line of the outermost macro call: what a reader looks for. */
export interface At {
  readonly file: string;
  readonly line: number;
  /** Where the token itself is written, if a macro put it here. */
  readonly spelled?: At | undefined;
}

/** What each says in general is in the list of all codes. */
export const C_ERROR_CODES = [
  "PMC171",
  "PMC172",
  "PMC220",
  "PMC221",
  "PMC222",
  "PMC223",
  "PMC224",
  "PMC225",
  "PMC226",
  "PMC227",
  "PMC228",
  "PMC229",
  "PMC230",
  "PMC231",
  "PMC232",
  "PMC233",
  "PMC234",
  "PMC235",
  "PMC236",
  "PMC237",
] as const satisfies readonly ErrorCode[];

export type CErrorCode = (typeof C_ERROR_CODES)[number];

/** An error in C, or in C that was reached: `file:line: what; what to do`. */
export class CError extends Error {
  override readonly name = "CError";
  readonly code: CErrorCode;
  readonly at: At;

  /** `next` is what to do about it, a clause without a full stop. */
  constructor(code: CErrorCode, at: At, what: string, next: string) {
    super(`${showAt(at)}: ${what}; ${next}`);
    this.code = code;
    this.at = at;
  }
}

/** `file:line`, and where the macro's token is written if that is another line. */
export function showAt(at: At): string {
  const { spelled } = at;
  const place = `${at.file}:${at.line}`;
  if (spelled === undefined || (spelled.file === at.file && spelled.line === at.line)) return place;
  return `${place} (from ${spelled.file}:${spelled.line})`;
}
