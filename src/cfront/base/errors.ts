/**
 * What the front end cannot do, each kind with a code, the place in the C file, and what to do.
 *
 * PMC16x: the files cannot be read as C, so there is no program. PMC22x and PMC23x: the code that runs came to something
 * that has no meaning here. These are thrown when the code is *reached*, never before: what no state runs may be anything.
 */

/** A line of a C file. For what came out of a macro it is the line of the outermost macro call: what a reader looks for. */
export interface At {
  readonly file: string;
  readonly line: number;
  /** Where the token itself is written, if a macro put it here. */
  readonly spelled?: At | undefined;
}

export const C_ERROR_CODES = {
  PMC161: "a C file cannot be preprocessed",
  PMC162: "an included file is not there",
  PMC220: "C that was reached could not be parsed",
  PMC221: "a C function is not modelled",
  PMC222: "a C name is not declared",
  PMC223: "a C structure has no such field, or nobody says what it holds",
  PMC224: "a register is not modelled",
  PMC225: "a pointer that points to nothing is dereferenced",
  PMC226: "a C value was never given",
  PMC227: "an index is outside of its array",
  PMC228: "a pointer to a local variable leaves its function",
  PMC229: "inline assembly was reached",
  PMC230: "C that the front end does not have was reached",
  PMC231: "memory is used as another type than it has",
  PMC232: "C functions call each other too deeply",
  PMC233: "a C loop takes too many turns",
  PMC234: "a shift is wider than its operand",
  PMC235: "a division by zero",
  PMC236: "the size of a C type is not known",
  PMC237: "a constant is written",
} as const;

export type CErrorCode = keyof typeof C_ERROR_CODES;

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
