/**
 * The lexer: the text of a file as preprocessing tokens (C11, translation phases 2 and 3).
 *
 * A backslash before a line's end joins two lines, wherever it stands; a comment is a space. Directives are not known here:
 * a token says whether it is the first on its line, and the preprocessor looks for `#`.
 */
import { CError, type At } from "../base/errors.js";
import { Token, type TokenKind } from "./token.js";

const TOKEN = new RegExp(
  [
    /(?:[ \t\r\f\v]|\/\*[^]*?\*\/|\/\/[^\n]*)+/, // white space and comments
    /\n/,
    /(?:u8|[uUL])?"(?:[^"\\\n]|\\.)*"/,
    /[uUL]?'(?:[^'\\\n]|\\.)+'/,
    /[A-Za-z_$][\w$]*/,
    /\.?\d(?:[eEpP][+-]|[\w.])*/,
    /\.\.\.|<<=|>>=|->|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||##|[-+*/%&|^]=|[^]/,
  ]
    .map((part) => part.source)
    .join("|"),
  "y",
);

const PUNCTUATION = new Set("-+*/%&|^!~?:;,.<>=(){}[]#");

/** All tokens of a file. Throws PMC171 for a comment that does not end. */
export function tokensOf(file: string, source: string): Token[] {
  const { text, joined } = joinLines(source);
  const tokens: Token[] = [];
  let at: At = { file, line: 1 };
  let spaced = false;
  let startsLine = true;
  let joinsSeen = 0;

  const pattern = new RegExp(TOKEN);
  for (let offset = 0; offset < text.length; offset = pattern.lastIndex) {
    pattern.lastIndex = offset;
    const whole = pattern.exec(text)?.[0] ?? "";
    const kind = kindOf(whole);
    let { line } = at;
    if (kind === "space") {
      spaced = true;
      if (whole === "\n") startsLine = true;
      line += lineEndsIn(whole);
    } else {
      if (whole === "/" && text.startsWith("/*", offset)) throw unendedComment(at);
      tokens.push(new Token(kind, whole, at, spaced, startsLine));
      spaced = false;
      startsLine = false;
    }
    // Joins within what was passed, and right behind it, begin a line of the file.
    for (; joinsSeen < joined.length && (joined[joinsSeen] ?? 0) <= pattern.lastIndex; joinsSeen++) line++;
    if (line !== at.line) at = { file, line };
  }
  return tokens;
}

/** Which of the alternatives of TOKEN it is: its first and its last character say so. */
function kindOf(text: string): TokenKind | "space" {
  const first = text.charAt(0);
  if (/\s/.test(first) || text.startsWith("/*") || text.startsWith("//")) return "space";
  if (text.length > 1 && text.endsWith('"')) return "string";
  if (text.length > 1 && text.endsWith("'")) return "character";
  if (/[A-Za-z_$]/.test(first)) return "name";
  if (/\d/.test(first) || (first === "." && /^\.\d/.test(text))) return "number";
  return PUNCTUATION.has(first) ? "punctuator" : "other";
}

/** The text without joined lines, and the offsets in it at which two lines were joined. */
function joinLines(source: string): { text: string; joined: number[] } {
  const parts = source.replaceAll("\r\n", "\n").split(/\\[ \t]*\n/);
  const joined: number[] = [];
  let length = 0;
  for (const part of parts.slice(0, -1)) {
    length += part.length;
    joined.push(length);
  }
  return { text: parts.join(""), joined };
}

function lineEndsIn(text: string): number {
  let count = 0;
  for (let i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1)) count++;
  return count;
}

function unendedComment(at: At): CError {
  return new CError("PMC171", at, "a comment does not end", "close it with */");
}
