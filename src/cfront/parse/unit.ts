/**
 * A translation unit: declarations one after the other, and function bodies that are parsed when they are needed.
 *
 * What cannot be parsed is passed over and remembered. It is an error when something of it is used: drivers declare much
 * that no checked function ever comes to.
 */
import { CError, showAt, type At } from "../base/errors.js";
import type { Token } from "../preprocess/token.js";
import type { Constants } from "../semantics/constants.js";
import type { Body, CFunction, Definition, Variable } from "../syntax/syntax.js";
import type { Declarator } from "./declarators.js";
import { ASM } from "./keywords.js";
import type { Scope } from "./scope.js";
import { StatementParser } from "./statements.js";

export class UnitParser extends StatementParser {
  /** What could not be parsed outside of function bodies. */
  readonly failures: CError[] = [];

  constructor(tokens: readonly Token[], scope: Scope, constants: Constants) {
    super(tokens, 0, scope, constants, undefined);
  }

  /** Declares everything in `scope`. */
  unit(): void {
    const file = this.scope;
    while (!this.isAtEnd) {
      const from = this.position;
      try {
        this.#external();
      } catch (error) {
        if (!(error instanceof CError)) throw error;
        this.scope = file;
        this.failures.push(error);
        this.#skipDeclaration(from, error);
      }
    }
  }

  #external(): void {
    if (this.accept(";")) return;
    if (ASM.has(this.peek().text) || this.isStaticAssertion()) {
      this.take();
      this.skipBrackets();
      this.expect(";");
      return;
    }
    const specifiers = this.specifiers();
    if (specifiers.type === undefined) this.automatic(specifiers);
    else if (!this.is(";")) {
      for (;;) {
        const declarator = this.declarator(specifiers.type);
        if (declarator.type.kind === "function" && this.is("{")) {
          this.#define(declarator);
          return;
        }
        this.initialised(specifiers, declarator);
        if (!this.accept(",")) break;
      }
    }
    this.expect(";");
  }

  #define(declarator: Declarator): void {
    const { name = "", type, at, parameters = [] } = declarator;
    this.declareFunction(declarator);
    const declared = this.scope.find(name);
    if (declared?.kind !== "function" || type.kind !== "function")
      throw this.failure(`${name} is no function`, at);
    const from = this.position;
    this.skipBrackets();
    if (declared.definition !== undefined) {
      declared.definition = ambiguous(name, at, declared.at);
      return;
    }
    declared.type = type;
    declared.at = at;
    declared.definition = this.#definition(declared, parameters, from);
  }

  #definition(of: CFunction, parameters: readonly Variable[], from: number): Definition {
    let body: Body | CError | undefined;
    const { tokens, scope, constants } = this;
    return {
      parameters,
      body: () => {
        body ??= bodyAt(tokens, from, scope, constants, of.name, parameters);
        if (body instanceof CError) throw body;
        return body;
      },
    };
  }

  /** Does the declaration go on behind the closing brace just passed: `} name;`, `}, other = ...`? */
  #continues(): boolean {
    const next = this.peek();
    const isNamed = next.kind === "name" && next.at.line === this.peek(-1).at.line;
    return isNamed || CONTINUES_AFTER_BLOCK.has(next.text);
  }

  /** Passes over a declaration that begins at `from`: up to a semicolon, or to the end of a function. */
  #skipDeclaration(from: number, error: CError): void {
    this.position = from;
    while (!this.isAtEnd) {
      const { text, kind } = this.peek();
      if (kind === "name") this.scope.markUnread(text, error);
      if (text === "{" || text === "(" || text === "[") {
        try {
          this.skipBrackets();
        } catch {
          // It is open up to the end of the file.
          return;
        }
        if (text === "{" && !this.#continues()) return;
      } else if (this.take().text === ";") return;
    }
  }
}

/** What may stand behind the closing brace of a structure or an initialiser. */
const CONTINUES_AFTER_BLOCK = new Set([";", ",", "*", "="]);

/** The definition of a function that has two: it is unknown which of them is meant. */
export function ambiguous(name: string, at: At, other: At): Definition {
  return {
    parameters: [],
    body: () => {
      const what = `${name}() is also defined at ${showAt(other)}`;
      throw new CError("PMC220", at, what, "rename one: kernel functions are known by name");
    },
  };
}

function bodyAt(
  tokens: readonly Token[],
  from: number,
  scope: Scope,
  constants: Constants,
  name: string,
  parameters: readonly Variable[],
): Body | CError {
  try {
    return new StatementParser(tokens, from, scope, constants, name).body(parameters);
  } catch (error) {
    if (error instanceof CError) return error;
    throw error;
  }
}
