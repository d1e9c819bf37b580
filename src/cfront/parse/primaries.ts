/** Primary expressions: literals, names, parentheses, and the builtins that look like calls. */
import type { At } from "../base/errors.js";
import type { Token } from "../preprocess/token.js";
import type { Constants } from "../semantics/constants.js";
import type { Block, Designator, Expression, Initialiser, StringExpression } from "../syntax/syntax.js";
import { CHAR, INT, typeOfLiteral } from "../types/integers.js";
import { characterLiteral, integerLiteral, stringLiteral } from "../types/literals.js";
import { isSameType, showType, type CType } from "../types/types.js";
import { Cursor } from "./cursor.js";
import { KEYWORDS } from "./keywords.js";
import type { Scope } from "./scope.js";

const FUNCTION_NAMES = new Set(["__func__", "__FUNCTION__", "__PRETTY_FUNCTION__"]);

export abstract class PrimaryParser extends Cursor {
  protected scope: Scope;
  protected readonly constants: Constants;
  /** The name of the function whose body is parsed. */
  protected readonly functionName: string | undefined;

  constructor(
    tokens: readonly Token[],
    position: number,
    scope: Scope,
    constants: Constants,
    functionName: string | undefined,
  ) {
    super(tokens, position);
    this.scope = scope;
    this.constants = constants;
    this.functionName = functionName;
  }

  protected abstract expression(): Expression;
  protected abstract assignment(): Expression;
  protected abstract typeName(): CType;
  protected abstract block(): Block;
  protected abstract initialiser(): Initialiser;
  protected abstract designator(): Designator;

  protected primary(): Expression {
    const { kind, text, at } = this.peek();
    switch (kind) {
      case "number":
        return this.#number();
      case "character": {
        this.take();
        const value = characterLiteral(text);
        if (value === undefined) throw this.failure(`${text} is no character of one byte`, at);
        return { kind: "integer", value: BigInt(value), type: INT, at };
      }
      case "string":
        return this.string();
      case "name":
        return this.#builtin(text, at) ?? this.#named(at);
      default:
        if (text === "(") return this.#parenthesised();
        throw this.failure(`an expression is expected before '${text}'`);
    }
  }

  protected name(what: string): string {
    const { kind, text } = this.peek();
    if (kind !== "name" || KEYWORDS.has(text)) throw this.failure(`${what} is expected before '${text}'`);
    this.take();
    return text;
  }

  /** A string literal, and those that follow it. */
  protected string(): StringExpression {
    const { at } = this.peek();
    const bytes: number[] = [];
    while (this.peek().kind === "string") {
      const { text } = this.take();
      const piece = stringLiteral(text);
      if (piece === undefined) throw this.failure(`${text} is no string of bytes`, at);
      bytes.push(...piece);
    }
    return stringOf(bytes, at);
  }

  #number(): Expression {
    const { text, at } = this.take();
    const literal = integerLiteral(text);
    if (literal !== undefined)
      return { kind: "integer", value: literal.value, type: typeOfLiteral(literal), at };
    return { kind: "unsupported", what: `${text} is no integer`, next: "compute in integers", at };
  }

  #parenthesised(): Expression {
    const { at } = this.take();
    if (!this.is("{")) {
      const inner = this.expression();
      this.expect(")");
      return inner;
    }
    const block = this.block();
    this.expect(")");
    return { kind: "statements", block, at };
  }

  #named(at: At): Expression {
    if (FUNCTION_NAMES.has(this.peek().text) && this.functionName !== undefined) {
      this.take();
      return stringOf([...new TextEncoder().encode(this.functionName)], at);
    }
    const name = this.name("an expression");
    const declared = this.scope.find(name);
    if (declared?.kind === "type") throw this.failure(`the type ${name} is no value`, at);
    return { kind: "name", name, declared, whyUnread: this.scope.whyUnread(name), at };
  }

  /** What looks like a call and is none, since it takes types or does not evaluate what it takes. */
  #builtin(name: string, at: At): Expression | undefined {
    switch (name) {
      case "_Generic":
        return this.#inParentheses(() => this.#generic(at));
      case "__builtin_offsetof":
        return this.#inParentheses(() => this.#offset(at));
      case "__builtin_container_of":
        return this.#inParentheses(() => this.#container(at));
      case "__builtin_types_compatible_p":
        return this.#inParentheses(() => this.#typesCompatible(at));
      case "__builtin_choose_expr":
        return this.#inParentheses(() => this.#choose());
      case "__builtin_constant_p":
        return this.#inParentheses(() => ({ kind: "is constant", operand: this.expression(), at }));
      case "__builtin_va_arg":
        return this.#inParentheses(() => this.#variadicArgument(at));
      default:
        return undefined;
    }
  }

  #inParentheses<T>(parse: () => T): T {
    this.take();
    this.expect("(");
    const made = parse();
    this.expect(")");
    return made;
  }

  #generic(at: At): Expression {
    const control = this.assignment();
    const choices: { type: CType | undefined; value: Expression }[] = [];
    while (this.accept(",")) {
      const type = this.accept("default") ? undefined : this.typeName();
      this.expect(":");
      choices.push({ type, value: this.assignment() });
    }
    return { kind: "generic", control, choices, at };
  }

  #offset(at: At): Expression {
    const record = this.typeName();
    this.expect(",");
    if (record.kind !== "record") throw this.failure(`${showType(record)} has no members`, at);
    return { kind: "offset", record, way: this.#way(), at };
  }

  #container(at: At): Expression {
    const pointer = this.assignment();
    this.expect(",");
    const type = this.typeName();
    this.expect(",");
    return { kind: "container", pointer, type, way: this.#way(), at };
  }

  /** The way into a type that offsetof and container_of name: `hw.state[3]`. */
  #way(): Designator[] {
    const { at } = this;
    const way: Designator[] = [{ kind: "member", name: this.name("a member"), at }];
    while (this.is(".") || this.is("[")) way.push(this.designator());
    return way;
  }

  #typesCompatible(at: At): Expression {
    const left = this.typeName();
    this.expect(",");
    return { kind: "integer", value: isSameType(left, this.typeName()) ? 1n : 0n, type: INT, at };
  }

  #choose(): Expression {
    const condition = this.assignment();
    this.expect(",");
    const yes = this.assignment();
    this.expect(",");
    const no = this.assignment();
    return this.constants.required(condition, "the condition of __builtin_choose_expr") === 0n ? no : yes;
  }

  #variadicArgument(at: At): Expression {
    this.assignment();
    this.expect(",");
    this.typeName();
    return { kind: "unsupported", what: "a variadic argument is taken", next: "name the arguments", at };
  }
}

function stringOf(bytes: readonly number[], at: At): StringExpression {
  return { kind: "string", bytes, type: { kind: "array", element: CHAR, length: bytes.length + 1 }, at };
}
