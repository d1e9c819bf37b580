/** Statements (C11 6.8), with GNU's case ranges and inline assembly, which is only read. */
import type {
  AsmStatement,
  Block,
  Body,
  CaseStatement,
  Declaration,
  Expression,
  LabelStatement,
  Statement,
  SwitchStatement,
  Variable,
} from "../syntax/syntax.js";
import { DeclarationParser } from "./declarations.js";
import { ASM, ATTRIBUTE } from "./keywords.js";
import { Scope } from "./scope.js";

export class StatementParser extends DeclarationParser {
  readonly #labels = new Map<string, LabelStatement>();
  /** The cases of the switches around, innermost last. */
  readonly #switches: CaseStatement[][] = [];

  /** A function's body, with its parameters in scope. Throws PMC220. */
  body(parameters: readonly Variable[]): Body {
    const outer = this.scope;
    this.scope = new Scope(outer);
    for (const parameter of parameters) this.scope.declare(parameter.name, parameter);
    const block = this.block();
    this.scope = outer;
    return { block, labels: this.#labels };
  }

  protected override block(): Block {
    const { at } = this.expect("{");
    const outer = this.scope;
    this.scope = new Scope(outer);
    const items: Statement[] = [];
    while (!this.is("}")) {
      if (this.isAtEnd) throw this.failure("a block is not closed", at);
      items.push(...this.#item());
    }
    this.expect("}");
    this.scope = outer;
    return { kind: "block", items, at };
  }

  #item(): readonly Statement[] {
    if (this.isStaticAssertion()) {
      this.staticAssertion();
      this.expect(";");
      return [];
    }
    if (this.accept("__label__")) {
      // Labels are known in the whole function; here it is said that this one is not.
      while (!this.accept(";")) this.take();
      return [];
    }
    // A name of a type before a colon is a label.
    if (this.startsType() && this.peek(1).text !== ":" && !this.#isFallthrough())
      return [this.#declaration()];
    return [this.#statement()];
  }

  #declaration(): Declaration {
    const { at } = this;
    const specifiers = this.specifiers();
    const variables: Variable[] = [];
    if (specifiers.type === undefined) variables.push(this.automatic(specifiers));
    else if (!this.is(";")) {
      do {
        const variable = this.initialised(specifiers, this.declarator(specifiers.type));
        if (variable !== undefined) variables.push(variable);
      } while (this.accept(","));
    }
    this.expect(";");
    return { kind: "declaration", variables, at };
  }

  /** `__attribute__((fallthrough));` */
  #isFallthrough(): boolean {
    return ATTRIBUTE.has(this.peek().text) && this.peek(3).text.includes("fallthrough");
  }

  #statement(): Statement {
    const { text, at } = this.peek();
    switch (text) {
      case "{":
        return this.block();
      case ";":
        this.take();
        return empty(at);
      case "if":
        return this.#if();
      case "while":
      case "do":
      case "for":
        return this.#loop(text);
      case "switch":
        return this.#switch();
      case "case":
      case "default":
        return this.#case();
      case "goto":
        return this.#goto();
      case "break":
      case "continue":
        this.take();
        this.expect(";");
        return { kind: text, at };
      case "return": {
        this.take();
        const value = this.is(";") ? undefined : this.expression();
        this.expect(";");
        return { kind: "return", value, at };
      }
      default:
        return this.#otherStatement();
    }
  }

  #otherStatement(): Statement {
    const { text, kind, at } = this.peek();
    if (ASM.has(text)) return this.#asm();
    if (this.#isFallthrough()) {
      this.attributes();
      this.expect(";");
      return empty(at);
    }
    if (kind === "name" && this.peek(1).text === ":") return this.#label();
    const expression = this.expression();
    this.expect(";");
    return { kind: "expression", expression, at: expression.at };
  }

  #condition(): Expression {
    this.expect("(");
    const condition = this.expression();
    this.expect(")");
    return condition;
  }

  #if(): Statement {
    const { at } = this.take();
    const condition = this.#condition();
    const whenTrue = this.#statement();
    const whenFalse = this.accept("else") ? this.#statement() : undefined;
    return { kind: "if", condition, whenTrue, whenFalse, at };
  }

  #loop(keyword: "while" | "do" | "for"): Statement {
    const { at } = this.take();
    if (keyword === "for") return this.#for();
    const before = keyword === "while" ? this.#condition() : undefined;
    const body = this.#statement();
    if (keyword === "while") return loop(keyword, undefined, before, undefined, body, at);
    this.expect("while");
    const after = this.#condition();
    this.expect(";");
    return loop(keyword, undefined, after, undefined, body, at);
  }

  #for(): Statement {
    const { at } = this.expect("(");
    const outer = this.scope;
    this.scope = new Scope(outer);
    const [initial] = this.#item();
    const condition = this.is(";") ? undefined : this.expression();
    this.expect(";");
    const step = this.is(")") ? undefined : this.expression();
    this.expect(")");
    const body = this.#statement();
    this.scope = outer;
    return loop("for", initial, condition, step, body, at);
  }

  #switch(): SwitchStatement {
    const { at } = this.take();
    const control = this.#condition();
    const cases: CaseStatement[] = [];
    this.#switches.push(cases);
    const body = this.#statement();
    this.#switches.pop();
    return { kind: "switch", control, body, cases, at };
  }

  #case(): CaseStatement {
    const { text, at } = this.take();
    let range: CaseStatement["range"];
    if (text === "case") {
      const from = this.constants.required(this.conditional(), "a case");
      range = [from, this.accept("...") ? this.constants.required(this.conditional(), "a case") : from];
    }
    this.expect(":");
    const cases = this.#switches.at(-1);
    if (cases === undefined) throw this.failure(`${text} outside of a switch`, at);
    const statement: CaseStatement = { kind: "case", range, body: this.#labelled(), at };
    cases.push(statement);
    return statement;
  }

  #label(): LabelStatement {
    const { position } = this;
    const { text: name, at } = this.take();
    this.expect(":");
    this.attributes();
    if (this.#labels.has(name)) throw this.failure(`the label ${name} is there twice`, at);
    const statement: LabelStatement = { kind: "label", name, position, body: this.#labelled(), at };
    this.#labels.set(name, statement);
    return statement;
  }

  /** What a label stands before: nothing at a block's end, a declaration in newer C. */
  #labelled(): Statement {
    const { at } = this;
    if (this.is("}")) return empty(at);
    const [statement] = this.#item();
    return statement ?? empty(at);
  }

  #goto(): Statement {
    const { position } = this;
    const { at } = this.take();
    if (this.is("*")) {
      this.take();
      this.expression();
      this.expect(";");
      const expression: Expression = {
        kind: "unsupported",
        what: "a computed goto",
        next: "use a switch",
        at,
      };
      return { kind: "expression", expression, at };
    }
    const label = this.name("a label");
    this.expect(";");
    return { kind: "goto", label, position, at };
  }

  #asm(): AsmStatement {
    const { at } = this.take();
    while (
      this.is("volatile") ||
      this.is("__volatile__") ||
      this.is("__volatile") ||
      this.is("goto") ||
      this.is("inline")
    ) {
      this.take();
    }
    const template = this.peek(1).kind === "string" ? this.peek(1).text : "";
    this.skipBrackets();
    this.expect(";");
    return { kind: "asm", template, at };
  }
}

function empty(at: Statement["at"]): Statement {
  return { kind: "expression", expression: undefined, at };
}

function loop(
  keyword: "while" | "do" | "for",
  initial: Statement | undefined,
  condition: Expression | undefined,
  step: Expression | undefined,
  body: Statement,
  at: Statement["at"],
): Statement {
  return { kind: "loop", keyword, initial, condition, step, body, at };
}
