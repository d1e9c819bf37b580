/** Macros, and `#define` which makes them. */
import { CError, type At } from "../base/errors.js";
import type { Token } from "./token.js";

export interface Macro {
  readonly name: string;
  /** Undefined if it is used without parentheses. The last one takes all that is left if `variadic`. */
  readonly parameters: readonly string[] | undefined;
  readonly variadic: boolean;
  readonly body: readonly Token[];
  readonly at: At;
}

/** What `__VA_ARGS__` stands for is the last parameter of a macro that ends in `...`. */
export const VARIADIC_PARAMETER = "__VA_ARGS__";

/** The macro that `#define` followed by `line` defines. Throws PMC171. */
export function macroOf(line: readonly Token[], at: At): Macro {
  const [name, open] = line;
  if (name?.kind !== "name") throw malformed(at, "#define without a name");
  // A parenthesis after white space is the first token of what the name stands for.
  if (open?.text !== "(" || open.spaced) {
    return checked({ name: name.text, parameters: undefined, variadic: false, body: line.slice(1), at });
  }
  const end = line.findIndex((token) => token.text === ")");
  if (end < 0) throw malformed(at, `the parameters of macro ${name.text} do not end`);
  return checked({
    name: name.text,
    ...parametersOf(name.text, line.slice(2, end), at),
    body: line.slice(end + 1),
    at,
  });
}

function parametersOf(
  macro: string,
  tokens: readonly Token[],
  at: At,
): { parameters: string[]; variadic: boolean } {
  const parameters: string[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    const isLast = i === tokens.length - 1;
    if (token?.text === "..." && isLast)
      return { parameters: [...parameters, VARIADIC_PARAMETER], variadic: true };
    if (token?.kind !== "name") throw malformed(at, `the parameters of macro ${macro} are no list of names`);
    parameters.push(token.text);
    if (isLast) break;
    const next = tokens[++i];
    // GNU C: `args...` gives the rest a name of its own.
    if (next?.text === "..." && i === tokens.length - 1) return { parameters, variadic: true };
    if (next?.text !== ",") throw malformed(at, `the parameters of macro ${macro} are no list of names`);
  }
  return { parameters, variadic: false };
}

function checked(macro: Macro): Macro {
  const { body, parameters, name, at } = macro;
  if (body[0]?.text === "##" || body.at(-1)?.text === "##") {
    throw malformed(at, `macro ${name} begins or ends with ##`);
  }
  const stray = body.find((token, i) => token.text === "#" && !isParameter(parameters, body[i + 1]));
  if (parameters !== undefined && stray !== undefined) {
    throw malformed(stray.at, `# in macro ${name} is not followed by a parameter`);
  }
  return macro;
}

function isParameter(parameters: readonly string[] | undefined, token: Token | undefined): boolean {
  return token !== undefined && (parameters?.includes(token.text) ?? false);
}

function malformed(at: At, what: string): CError {
  return new CError("PMC171", at, what, "correct the #define");
}
