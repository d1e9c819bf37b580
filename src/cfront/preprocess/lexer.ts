/**
 * The lexer: the text of a file as preprocessing tokens (C11, translation phases 2 and 3).
 *
 * A backslash before a line's end joins two lines, wherever it stands; a comment is a space. Directives are not known here:
 * a token says whether it is the first on its line, and the preprocessor looks for `#`.
 */
import { CError, type At } from "../errors.js";
import { Token, type TokenKind } from "./token.js";

/** One capturing group per kind, in the order of KINDS; the first that matches decides. */
const TOKEN = new RegExp(
  [
    /((?:[ \t\r\f\v]|\/\*[^]*?\*\/|\/\/[^\n]*)+)/, // white space and comments
    /(\n)/,
    /((?:u8|[uUL])?"(?:[^"\\\n]|\\.)*")/,
    /([uUL]?'(?:[^'\\\n]|\\.)+')/,
    /([A-Za-z_$][\w$]*)/,
    /(\.?\d(?:[eEpP][+-]|[\w.])*)/,
    /(\.\.\.|<<=|>>=|->|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||##|[-+*/%&|^]=|[-+*/%&|^!~?:;,.<>=(){}[\]#])/,
    /([^])/,
  ]
    .map((part) => part.source)
    .join("|"),
  "y",
);

const KINDS: readonly (TokenKind | undefined)[] = [
  undefined, // white space
  undefined, // the end of a line
  "string",
  "character",
  "name",
  "number",
  "punctuator",
  "other",
];

const LINE_END_GROUP = 2;

/** All tokens of a file. Throws PMC161 for a comment that does not end. */
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
    const match = pattern.exec(text);
    if (match === null) break;
    const [whole] = match;
    const group = groupOf(match);
    const kind = KINDS[group - 1];
    const line = at.line;

    if (kind === undefined) {
      spaced = true;
      if (group === LINE_END_GROUP) startsLine = true;
    } else {
      if (whole === "/" && text.startsWith("/*", offset)) throw unendedComment(at);
      tokens.push(new Token(kind, whole, at, spaced, startsLine));
      spaced = false;
      startsLine = false;
    }

    let passed = line + (kind === undefined ? lineEndsIn(whole) : 0);
    for (; joinsSeen < joined.length && (joined[joinsSeen] ?? 0) <= pattern.lastIndex; joinsSeen++) passed++;
    if (passed !== line) at = { file, line: passed };
  }
  return tokens;
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

/** Which group matched. */
function groupOf(match: readonly (string | undefined)[]): number {
  let group = 1;
  while (match[group] === undefined) group++;
  return group;
}

function lineEndsIn(text: string): number {
  let count = 0;
  for (let i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1)) count++;
  return count;
}

function unendedComment(at: At): CError {
  return new CError("PMC161", at, "a comment does not end", "close it with */");
}
