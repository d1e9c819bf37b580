/** Expressions: C11 6.5 and GNU's `a ?: b`. */
import type { At } from "../base/errors.js";
import { completed } from "../semantics/placements.js";
import type { AssignmentExpression, Expression } from "../syntax/syntax.js";
import type { BinaryOperator } from "../types/integers.js";
import type { CType } from "../types/types.js";
import { ALIGNOF, DECLARATION_WORDS } from "./keywords.js";
import { PrimaryParser } from "./primaries.js";

/** By operator, how tightly it binds. */
const PRECEDENCE: Readonly<Record<string, number>> = {
  "||": 1,
  "&&": 2,
  "|": 3,
  "^": 4,
  "&": 5,
  "==": 6,
  "!=": 6,
  "<": 7,
  ">": 7,
  "<=": 7,
  ">=": 7,
  "<<": 8,
  ">>": 8,
  "+": 9,
  "-": 9,
  "*": 10,
  "/": 10,
  "%": 10,
};

const ASSIGNMENTS = new Set(["=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>="]);
const UNARY = new Set(["+", "-", "~", "!", "*", "&"]);

/** An operator is where its sign is written: in a macro that is the macro's line, whatever its operands are. */
export abstract class ExpressionParser extends PrimaryParser {
  protected override expression(): Expression {
    let left = this.assignment();
    while (this.is(",")) {
      const { at } = this.take();
      left = { kind: "comma", left, right: this.assignment(), at };
    }
    return left;
  }

  protected override assignment(): Expression {
    const target = this.conditional();
    const { text, at } = this.peek();
    if (!ASSIGNMENTS.has(text)) return target;
    this.take();
    // What is left of an operator in ASSIGNMENTS is one that an assignment can have.
    const operator = text === "=" ? undefined : (text.slice(0, -1) as AssignmentExpression["operator"]);
    return { kind: "assignment", operator, target, value: this.assignment(), at };
  }

  protected conditional(): Expression {
    const condition = this.#binary(1);
    if (!this.is("?")) return condition;
    const { at } = this.take();
    const whenTrue = this.is(":") ? undefined : this.expression();
    this.expect(":");
    return { kind: "conditional", condition, whenTrue, whenFalse: this.conditional(), at };
  }

  #binary(least: number): Expression {
    let left = this.#unary();
    for (;;) {
      const { text, at } = this.peek();
      const precedence = PRECEDENCE[text] ?? 0;
      if (precedence < least) return left;
      this.take();
      const right = this.#binary(precedence + 1);
      left =
        text === "||" || text === "&&"
          ? { kind: "logical", operator: text, left, right, at }
          : // All other keys of PRECEDENCE are binary operators.
            { kind: "binary", operator: text as BinaryOperator, left, right, at };
    }
  }

  #unary(): Expression {
    const { text, at } = this.peek();
    if (UNARY.has(text)) {
      this.take();
      // One of those in UNARY.
      return { kind: "unary", operator: text as "!", operand: this.#unary(), at };
    }
    switch (text) {
      case "++":
      case "--":
        this.take();
        return {
          kind: "step",
          operator: text === "++" ? "+" : "-",
          prefix: true,
          operand: this.#unary(),
          at,
        };
      case "sizeof":
        return this.#size("sizeof");
      case "__extension__":
        this.take();
        return this.#unary();
      case "&&":
        this.take();
        this.name("a label");
        return { kind: "unsupported", what: "the address of a label is taken", next: "use a switch", at };
      case "(":
        return this.startsType(1) ? this.#cast(at) : this.#postfix(this.primary());
      default:
        return ALIGNOF.has(text) ? this.#size("alignof") : this.#postfix(this.primary());
    }
  }

  /** Does a type begin at the token so far ahead? */
  protected startsType(ahead = 0): boolean {
    const { kind, text } = this.peek(ahead);
    if (kind !== "name") return false;
    return DECLARATION_WORDS.has(text) || this.scope.find(text)?.kind === "type";
  }

  #cast(at: At): Expression {
    this.expect("(");
    const type = this.typeName();
    this.expect(")");
    if (this.is("{")) return this.#postfix(this.#compoundLiteral(type, at));
    return { kind: "cast", type, operand: this.#unary(), at };
  }

  #compoundLiteral(type: CType, at: At): Expression {
    const initialiser = this.initialiser();
    return { kind: "compound literal", type: completed(type, initialiser), initialiser, at };
  }

  #size(of: "sizeof" | "alignof"): Expression {
    const { at } = this.take();
    if (!this.is("(") || !this.startsType(1)) return { kind: "size", of, operand: this.#unary(), at };
    this.expect("(");
    const type = this.typeName();
    this.expect(")");
    const operand = this.is("{") ? this.#postfix(this.#compoundLiteral(type, at)) : type;
    return { kind: "size", of, operand, at };
  }

  #postfix(first: Expression): Expression {
    let object = first;
    for (;;) {
      const { text, at } = this.peek();
      switch (text) {
        case "[":
          this.take();
          object = { kind: "index", array: object, index: this.expression(), at };
          this.expect("]");
          break;
        case "(":
          object = { kind: "call", callee: object, arguments: this.#arguments(), at };
          break;
        case ".":
        case "->":
          this.take();
          object = { kind: "member", object, arrow: text === "->", name: this.name("a member"), at };
          break;
        case "++":
        case "--":
          this.take();
          object = {
            kind: "step",
            operator: text === "++" ? "+" : "-",
            prefix: false,
            operand: object,
            at,
          };
          break;
        default:
          return object;
      }
    }
  }

  #arguments(): Expression[] {
    const args: Expression[] = [];
    this.expect("(");
    if (!this.is(")")) {
      do args.push(this.assignment());
      while (this.accept(","));
    }
    this.expect(")");
    return args;
  }
}
