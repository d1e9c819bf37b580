/**
 * Declarators: what stands around a name and says how its type is made (C11 6.7.6).
 *
 *   int (*handlers[4])(struct arm_pmu *pmu)     an array of 4 pointers to functions that return int
 *
 * The parts behind a name come before those in front of it, and parentheses turn that round. So the inside of parentheses is
 * passed over, what follows is read, and then the inside is read as a declarator for what that gave.
 */
import type { At } from "../base/errors.js";
import type { NameExpression, Variable } from "../syntax/syntax.js";
import { constantly, decayed, pointerTo, type CType } from "../types/types.js";
import { ExpressionParser } from "./expressions.js";
import { ASM, ATTRIBUTE, isConst, KEYWORDS, QUALIFIERS } from "./keywords.js";
import { Scope } from "./scope.js";

/** What a declaration says before its first declarator. */
export interface Specifiers {
  /** Undefined for `__auto_type`, whose initialiser decides. */
  readonly type: CType | undefined;
  readonly storage: ReadonlySet<string>;
  readonly attributes: Attributes;
  readonly at: At;
}

/** What a declarator makes of a type. */
export interface Declarator {
  /** Undefined in a type name, and where a parameter has none. */
  readonly name: string | undefined;
  readonly at: At;
  readonly type: CType;
  /** Those of the function that it declares, if it declares one. */
  readonly parameters: readonly Variable[] | undefined;
  readonly attributes: Attributes;
}

/** The attributes that have a meaning here; all others are about code generation and warnings. */
export interface Attributes {
  readonly packed: boolean;
  readonly alignment: number | undefined;
  readonly cleanup: NameExpression | undefined;
}

interface Suffix {
  readonly type: CType;
  readonly parameters: readonly Variable[] | undefined;
}

export const NO_ATTRIBUTES: Attributes = { packed: false, alignment: undefined, cleanup: undefined };
const GREATEST_ALIGNMENT = 16n;

export abstract class DeclaratorParser extends ExpressionParser {
  protected abstract specifiers(): Specifiers;

  protected declarator(base: CType): Declarator {
    let type = base;
    while (this.accept("*")) {
      type = pointerTo(type);
      while (QUALIFIERS.has(this.peek().text) || ATTRIBUTE.has(this.peek().text)) {
        if (ATTRIBUTE.has(this.peek().text)) this.attributes();
        else if (isConst(this.take().text)) type = constantly(type);
      }
    }
    const direct = this.#direct(type);
    return { ...direct, attributes: this.#trailing() };
  }

  #direct(base: CType): Omit<Declarator, "attributes"> {
    const { text, kind, at } = this.peek();
    if (text === "(" && this.#isNested()) {
      const inside = this.position + 1;
      this.skipBrackets();
      const suffix = this.#suffix(base);
      const after = this.position;
      this.position = inside;
      const nested = this.declarator(suffix.type);
      this.expect(")");
      this.position = after;
      return { ...nested, parameters: nested.parameters ?? suffix.parameters };
    }
    const named = kind === "name" && !KEYWORDS.has(text);
    if (named) this.take();
    return { name: named ? text : undefined, at, ...this.#suffix(base) };
  }

  /** Is the parenthesis here around a declarator, and not around parameters? */
  #isNested(): boolean {
    const { text } = this.peek(1);
    if (text === "*" || text === "(" || text === "[" || ATTRIBUTE.has(text)) return true;
    return text !== ")" && this.peek(1).kind === "name" && !this.startsType(1);
  }

  /** The arrays and parameters behind a name: those on the right are the inner ones. */
  #suffix(base: CType): Suffix {
    if (this.is("[")) {
      const length = this.#length();
      return { type: { kind: "array", element: this.#suffix(base).type, length }, parameters: undefined };
    }
    if (!this.is("(")) return { type: base, parameters: undefined };
    const { parameters, variadic } = this.#parameters();
    const { type: result } = this.#suffix(base);
    return {
      type: { kind: "function", result, parameters: parameters.map(({ type }) => type), variadic },
      parameters,
    };
  }

  #length(): number | undefined {
    this.expect("[");
    while (this.is("static") || QUALIFIERS.has(this.peek().text)) this.take();
    if (this.accept("]")) return undefined;
    const expression = this.assignment();
    const length = this.constants.required(expression, "the length of an array");
    this.expect("]");
    if (length < 0n) throw this.failure(`an array of length ${length}`, expression.at);
    return Number(length);
  }

  #parameters(): { parameters: Variable[]; variadic: boolean } {
    this.expect("(");
    const parameters: Variable[] = [];
    if (this.accept(")")) return { parameters, variadic: true };
    if (this.is("void") && this.peek(1).text === ")") {
      this.position += 2;
      return { parameters, variadic: false };
    }
    this.scope = new Scope(this.scope);
    const outer = this.scope.around ?? this.scope;
    let variadic = false;
    do {
      variadic = this.accept("...");
      if (!variadic) parameters.push(this.#parameter());
    } while (!variadic && this.accept(","));
    this.expect(")");
    this.scope = outer;
    return { parameters, variadic };
  }

  #parameter(): Variable {
    const { type: base, at } = this.specifiers();
    if (base === undefined) throw this.failure("a parameter without a type", at);
    const { name = "", type, at: place } = this.declarator(base);
    return {
      kind: "variable",
      name,
      at: place,
      type: decayed(type),
      storage: "parameter",
      within: undefined,
      initialiser: undefined,
    };
  }

  /** What may stand behind a declarator: the name it has in assembly, and attributes. */
  #trailing(): Attributes {
    let found = NO_ATTRIBUTES;
    for (;;) {
      const { text } = this.peek();
      if (ASM.has(text)) {
        this.take();
        this.skipBrackets();
      } else if (ATTRIBUTE.has(text)) found = merged(found, this.attributes());
      else return found;
    }
  }

  /** All attribute lists that stand here. */
  protected attributes(): Attributes {
    let found = NO_ATTRIBUTES;
    while (ATTRIBUTE.has(this.peek().text)) {
      this.take();
      const end = this.#endOfBrackets();
      for (; this.position < end; this.position++) {
        found = merged(found, this.#attribute());
      }
    }
    return found;
  }

  /** One attribute, or one of the tokens between them. Stops at its last token. */
  #attribute(): Partial<Attributes> {
    const name = this.peek().text.replaceAll("__", "");
    switch (name) {
      case "packed":
        return { packed: true };
      case "aligned":
        return { alignment: this.#alignment() };
      case "cleanup":
        return { cleanup: this.#cleanup() };
      case "mode":
      case "vector_size":
        throw this.failure(`the attribute ${name} makes another type`);
      default:
        return {};
    }
  }

  #cleanup(): NameExpression {
    this.position += 2;
    const { text: name, at } = this.peek();
    const declared = this.scope.find(name);
    return { kind: "name", name, declared: declared?.kind === "type" ? undefined : declared, at };
  }

  #endOfBrackets(): number {
    const from = this.position;
    this.skipBrackets();
    const end = this.position;
    this.position = from;
    return end;
  }

  /** That of `aligned(8)`; without a number it is the greatest there is. Stops at the attribute's last token. */
  #alignment(): number {
    let value = GREATEST_ALIGNMENT;
    if (this.peek(1).text === "(") {
      this.position += 2;
      value = this.constants.required(this.assignment(), "an alignment");
    }
    return Number(value);
  }
}

/** Both; where they differ, what the later one says. */
export function merged(a: Attributes, b: Partial<Attributes>): Attributes {
  return {
    packed: a.packed || b.packed === true,
    alignment: b.alignment ?? a.alignment,
    cleanup: b.cleanup ?? a.cleanup,
  };
}
