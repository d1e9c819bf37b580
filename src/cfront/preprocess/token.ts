/** Preprocessing tokens: what a C file is made of, each with the place it stands for. */
import type { At } from "../base/errors.js";

export type TokenKind =
  | "name"
  | "number"
  | "character"
  | "string"
  | "punctuator"
  /** A character that is no token of C by itself; harmless in text that `#if` leaves out. */
  | "other"
  /** An empty argument beside `##`; it never leaves the macro. */
  | "placemarker";

/** The macros that a token came out of, and is therefore no call of: its *hide set*. */
export type HideSet = readonly string[];

export const NOTHING_HIDDEN: HideSet = [];

export class Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly at: At;
  /** White space stands before it: `#` keeps that, and only that, of what was between two tokens. */
  readonly spaced: boolean;
  /** First on its line, so that a `#` begins a directive. */
  readonly startsLine: boolean;
  readonly hidden: HideSet;

  constructor(
    kind: TokenKind,
    text: string,
    at: At,
    spaced: boolean,
    startsLine = false,
    hidden: HideSet = NOTHING_HIDDEN,
  ) {
    this.kind = kind;
    this.text = text;
    this.at = at;
    this.spaced = spaced;
    this.startsLine = startsLine;
    this.hidden = hidden;
  }

  /** The same token as part of what the macro call at `call` became. */
  within(call: At, hidden: HideSet): Token {
    return new Token(
      this.kind,
      this.text,
      { file: call.file, line: call.line, spelled: this.at.spelled ?? this.at },
      this.spaced,
      false,
      union(this.hidden, hidden),
    );
  }

  /** The same token, with white space before it or not. */
  withSpace(spaced: boolean): Token {
    if (spaced === this.spaced && !this.startsLine) return this;
    return new Token(this.kind, this.text, this.at, spaced, false, this.hidden);
  }
}

function union(a: HideSet, b: HideSet): HideSet {
  if (a.length === 0) return b;
  const added = b.filter((name) => !a.includes(name));
  return added.length === 0 ? a : [...a, ...added];
}

export function intersection(a: HideSet, b: HideSet): HideSet {
  return a.length === 0 || b.length === 0 ? NOTHING_HIDDEN : a.filter((name) => b.includes(name));
}
