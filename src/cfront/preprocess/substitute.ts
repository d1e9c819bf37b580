/**
 * What a macro call becomes before it is scanned again: parameters replaced by arguments, `#` and `##` done.
 *
 *   #define RETURN_READ(n) return read(pmevcntr##n##_el0)
 *   RETURN_READ(3)         return read(pmevcntr3_el0)
 *
 * A parameter beside `#` or `##` stands for the argument as it is written; any other stands for the argument with its own
 * macros replaced (C11 6.10.3.1).
 */
import { CError, type At } from "../base/errors.js";
import { tokensOf } from "./lexer.js";
import type { Macro } from "./macro.js";
import { Token } from "./token.js";

/** One argument of a call: as written, and with its macros replaced when that is first asked for. */
export interface Argument {
  readonly raw: readonly Token[];
  readonly expanded: () => readonly Token[];
  /** Nothing was written for it, not even a comma: the rest of a variadic macro may be left out. */
  readonly omitted: boolean;
}

/** The tokens the call at `at` becomes; they do not carry the call's place or hide set yet. */
export function substitute(macro: Macro, args: readonly Argument[], at: At): Token[] {
  return new Substitution(macro, args, at).of(macro.body).filter((token) => token.kind !== "placemarker");
}

class Substitution {
  readonly #macro: Macro;
  readonly #arguments: readonly Argument[];
  readonly #at: At;

  constructor(macro: Macro, args: readonly Argument[], at: At) {
    this.#macro = macro;
    this.#arguments = args;
    this.#at = at;
  }

  of(body: readonly Token[]): Token[] {
    const out: Token[] = [];
    for (let i = 0; i < body.length; i++) {
      const token = body[i] as Token;
      const next = body[i + 1];
      if (token.text === "#" && this.#argumentOf(next) !== undefined) {
        out.push(stringified(this.#argumentOf(next)?.raw ?? [], token));
        i++;
      } else if (token.text === "##" && out.length > 0 && next !== undefined) {
        i = this.#paste(out, body, i + 1);
      } else if (token.text === "__VA_OPT__" && this.#macro.variadic && next?.text === "(") {
        const end = closing(body, i + 1, token.at);
        out.push(...this.#optional(body.slice(i + 2, end), token));
        i = end;
      } else {
        out.push(...this.#replaced(token, next?.text === "##"));
      }
    }
    return out;
  }

  /** Glues the operand at body[i] to the last token of `out`; the index of the last token used. */
  #paste(out: Token[], body: readonly Token[], i: number): number {
    const right = body[i] as Token;
    const argument = this.#argumentOf(right);
    if (right.text === "#" && this.#argumentOf(body[i + 1]) !== undefined) {
      this.#glue(out, [stringified(this.#argumentOf(body[i + 1])?.raw ?? [], right)]);
      return i + 1;
    }
    // GNU C: a comma before ## and the variadic arguments goes if they were left out, and is not glued to them.
    if (out.at(-1)?.text === "," && argument !== undefined && this.#isVariadic(right)) {
      if (this.#isLeftOut(argument)) out.pop();
      else out.push(...atSpacing(argument.raw, right));
      return i;
    }
    this.#glue(out, argument === undefined ? [right] : orPlacemarker(argument.raw, right));
    return i;
  }

  #glue(out: Token[], right: readonly Token[]): void {
    const left = out.pop() as Token;
    const [first, ...rest] = right as [Token, ...Token[]];
    out.push(pasted(left, first, this.#at), ...rest);
  }

  /** A token that no `##` stands before. */
  #replaced(token: Token, beforePaste: boolean): readonly Token[] {
    const argument = this.#argumentOf(token);
    if (argument === undefined) return [token];
    return beforePaste ? orPlacemarker(argument.raw, token) : atSpacing(argument.expanded(), token);
  }

  #optional(inner: readonly Token[], at: Token): readonly Token[] {
    const variadic = this.#arguments.at(-1);
    if (variadic === undefined || variadic.expanded().length === 0) return [placemarker(at)];
    return atSpacing(this.of(inner), at);
  }

  #argumentOf(token: Token | undefined): Argument | undefined {
    if (token?.kind !== "name") return undefined;
    const index = this.#macro.parameters?.indexOf(token.text) ?? -1;
    return index < 0 ? undefined : this.#arguments[index];
  }

  #isVariadic(token: Token): boolean {
    return this.#macro.variadic && token.text === this.#macro.parameters?.at(-1);
  }

  /** As GCC has it: left out, or empty in a macro of variadic arguments alone. */
  #isLeftOut(argument: Argument): boolean {
    return argument.omitted || (argument.raw.length === 0 && this.#macro.parameters?.length === 1);
  }
}

/** The index of the parenthesis that closes the one at `open`. */
function closing(body: readonly Token[], open: number, at: At): number {
  let depth = 0;
  for (let i = open; i < body.length; i++) {
    if (body[i]?.text === "(") depth++;
    if (body[i]?.text === ")" && --depth === 0) return i;
  }
  throw new CError("PMC171", at, "__VA_OPT__( does not end", "close its parenthesis");
}

function orPlacemarker(tokens: readonly Token[], at: Token): readonly Token[] {
  return tokens.length === 0 ? [placemarker(at)] : atSpacing(tokens, at);
}

function placemarker(at: Token): Token {
  return new Token("placemarker", "", at.at, at.spaced);
}

/** An argument has the white space before it that its parameter has. */
function atSpacing(tokens: readonly Token[], parameter: Token): readonly Token[] {
  const [first, ...rest] = tokens;
  return first === undefined ? [] : [first.withSpace(parameter.spaced), ...rest];
}

function pasted(left: Token, right: Token, at: At): Token {
  if (left.kind === "placemarker") return right.withSpace(left.spaced);
  if (right.kind === "placemarker") return left;
  const [token, ...more] = tokensOf(at.file, left.text + right.text);
  if (token === undefined || more.length > 0) {
    throw new CError(
      "PMC171",
      at,
      `## makes '${left.text}${right.text}', which is no token`,
      "correct the macro or its arguments",
    );
  }
  return new Token(token.kind, token.text, left.at, left.spaced);
}

/** `#parameter`: a string of the argument as it is written, one space where white space was. */
function stringified(argument: readonly Token[], at: Token): Token {
  const text = argument
    .map((token, i) => {
      const escapes = token.kind === "string" || token.kind === "character";
      const shown = escapes ? token.text.replaceAll(/["\\]/g, "\\$&") : token.text;
      return i > 0 && token.spaced ? ` ${shown}` : shown;
    })
    .join("");
  return new Token("string", `"${text}"`, at.at, at.spaced);
}
