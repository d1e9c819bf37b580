/**
 * Macro expansion with hide sets (Prosser's algorithm, which the C standard's words come from).
 *
 * What a call becomes is put back in front of what is still to come and scanned again. Every token of it carries the
 * macro's name in its hide set, so that a macro is never expanded within itself.
 */
import { CError } from "../base/errors.js";
import type { Macro } from "./macro.js";
import { substitute, type Argument } from "./substitute.js";
import type { Token } from "./token.js";
import { intersection, type HideSet } from "./token.js";

/** By name; a function makes the token of a macro whose meaning depends on the place (`__LINE__`). */
export type MacroTable = Map<string, Macro | ((call: Token) => Token)>;

/** Where tokens come from, one at a time; undefined at the end. */
export type TokenSource = () => Token | undefined;

export class Expander {
  readonly #macros: MacroTable;
  readonly #source: TokenSource;
  /** What was put back, the next token last. */
  readonly #pending: Token[] = [];

  constructor(macros: MacroTable, source: TokenSource) {
    this.#macros = macros;
    this.#source = source;
  }

  /** The next token that is no macro call; undefined at the end. */
  next(): Token | undefined {
    for (let token = this.#take(); token !== undefined; token = this.#take()) {
      const macro = token.kind === "name" ? this.#macros.get(token.text) : undefined;
      if (macro === undefined || token.hidden.includes(token.text)) return token;
      if (typeof macro === "function") return macro(token);
      if (!this.#expand(token, macro)) return token;
    }
    return undefined;
  }

  /** Puts back what the call becomes; false if it is none: the name of a function-like macro without parentheses. */
  #expand(call: Token, macro: Macro): boolean {
    let hidden: HideSet = [...call.hidden, macro.name];
    let args: readonly Argument[] = [];
    if (macro.parameters !== undefined) {
      const open = this.#take();
      if (open?.text !== "(") {
        if (open !== undefined) this.#pending.push(open);
        return false;
      }
      const written = this.#arguments(call, macro);
      args = written.arguments;
      hidden = [...intersection(call.hidden, written.closing.hidden), macro.name];
    }
    const result = substitute(macro, args, call.at);
    for (let i = result.length - 1; i >= 0; i--) {
      const token = (result[i] as Token).within(call.at, hidden);
      this.#pending.push(i === 0 ? token.withSpace(call.spaced) : token);
    }
    return true;
  }

  #arguments(call: Token, macro: Macro): { arguments: readonly Argument[]; closing: Token } {
    const parameters = macro.parameters ?? [];
    const lists: Token[][] = [[]];
    let depth = 0;
    for (;;) {
      const token = this.#take();
      if (token === undefined) throw unended(call);
      if (token.text === ")" && depth === 0) {
        return { arguments: this.#matched(call, macro, lists), closing: token };
      }
      if (token.text === "(") depth++;
      if (token.text === ")") depth--;
      const isRest = macro.variadic && lists.length >= parameters.length;
      if (token.text === "," && depth === 0 && !isRest) lists.push([]);
      // The end of a line is white space within an argument.
      else lists.at(-1)?.push(token.withSpace(token.spaced || token.startsLine));
    }
  }

  #matched(call: Token, macro: Macro, lists: readonly (readonly Token[])[]): readonly Argument[] {
    const parameters = macro.parameters ?? [];
    const isNone = lists.length === 1 && lists[0]?.length === 0;
    const given = parameters.length === 0 && isNone ? 0 : lists.length;
    const least = macro.variadic ? parameters.length - 1 : parameters.length;
    if (given < least || given > parameters.length) throw wrongCount(call, given, parameters.length);
    return parameters.map((_, i) => this.#argument(lists[i]));
  }

  #argument(written: readonly Token[] | undefined): Argument {
    const raw = written ?? [];
    let expanded: readonly Token[] | undefined;
    return {
      raw,
      omitted: written === undefined,
      expanded: () => (expanded ??= expandAll(this.#macros, raw)),
    };
  }

  #take(): Token | undefined {
    return this.#pending.pop() ?? this.#source();
  }
}

/** A list of tokens with all macros replaced, as if nothing came after it. */
export function expandAll(macros: MacroTable, tokens: readonly Token[]): Token[] {
  let taken = 0;
  const expander = new Expander(macros, () => tokens[taken++]);
  const out: Token[] = [];
  for (let token = expander.next(); token !== undefined; token = expander.next()) out.push(token);
  return out;
}

function unended(call: Token): CError {
  return new CError(
    "PMC171",
    call.at,
    `the call of macro ${call.text} does not end`,
    "close its parenthesis",
  );
}

function wrongCount(call: Token, given: number, wanted: number): CError {
  return new CError(
    "PMC171",
    call.at,
    `macro ${call.text} takes ${wanted} arguments and is given ${given}`,
    "correct the call",
  );
}
