/** Declarations and initialisers (C11 6.7). */
import type { At } from "../base/errors.js";
import { completed } from "../semantics/placements.js";
import { valueTypeOf } from "../semantics/typing.js";
import type { Designator, Initialiser, InitialiserItem, Variable } from "../syntax/syntax.js";
import type { CType } from "../types/types.js";
import type { Declarator, Specifiers } from "./declarators.js";
import { SpecifierParser } from "./specifiers.js";

export abstract class DeclarationParser extends SpecifierParser {
  /** One declarator of a declaration and its initialiser, declared in the current scope. */
  protected initialised(specifiers: Specifiers, declarator: Declarator): Variable | undefined {
    const { name, type, at, attributes } = declarator;
    if (name === undefined) throw this.failure("a name is expected", at);
    if (specifiers.storage.has("typedef")) {
      this.scope.declare(name, { kind: "type", name, type });
      return undefined;
    }
    if (type.kind === "function") {
      this.declareFunction(declarator);
      return undefined;
    }
    const variable = this.#declared(name, type, specifiers, at, attributes.cleanup);
    if (this.accept("=")) {
      variable.initialiser = this.initialiser();
      variable.type = completed(variable.type, variable.initialiser);
    }
    return variable;
  }

  /** `__auto_type name = expression` */
  protected automatic(specifiers: Specifiers): Variable {
    const { at } = this;
    const name = this.name("a name");
    this.expect("=");
    const initialiser = this.assignment();
    const variable = this.#declared(name, valueTypeOf(initialiser), specifiers, at, undefined);
    variable.initialiser = initialiser;
    return variable;
  }

  protected declareFunction({ name = "", type, at }: Declarator): void {
    if (type.kind !== "function" || this.scope.find(name)?.kind === "function") return;
    this.scope.declare(name, { kind: "function", name, type, at, definition: undefined });
  }

  #declared(
    name: string,
    type: CType,
    { storage, attributes }: Specifiers,
    at: At,
    cleanup: Variable["cleanup"],
  ): Variable {
    const isFileLevel = this.scope.around === undefined;
    const isExtern = storage.has("extern");
    const known = isExtern ? this.scope.find(name) : this.scope.findHere(name);
    // Declared before, as C allows outside of functions: it is the same variable.
    if (known?.kind === "variable" && (isFileLevel || isExtern)) {
      known.type = type.kind === "array" && type.length === undefined ? known.type : type;
      return known;
    }
    const variable: Variable = {
      kind: "variable",
      name,
      at,
      type,
      storage: storage.has("static") ? "static" : isFileLevel || isExtern ? "global" : "local",
      within: isFileLevel || isExtern ? undefined : this.functionName,
      cleanup: cleanup ?? attributes.cleanup,
      initialiser: undefined,
    };
    this.scope.declare(name, variable);
    return variable;
  }

  protected override initialiser(): Initialiser {
    if (!this.is("{")) return this.assignment();
    const { at } = this.take();
    const items: InitialiserItem[] = [];
    while (!this.is("}")) {
      items.push(this.#item());
      if (!this.accept(",")) break;
    }
    this.expect("}");
    return { kind: "list", items, at };
  }

  #item(): InitialiserItem {
    const designators: Designator[] = [];
    const { kind, text, at } = this.peek();
    if (kind === "name" && this.peek(1).text === ":") {
      // The old form of GNU C: `name: value`.
      this.position += 2;
      return { designators: [{ kind: "member", name: text, at }], value: this.initialiser() };
    }
    while (this.is(".") || this.is("[")) designators.push(this.designator());
    if (designators.length > 0) this.accept("=");
    return { designators, value: this.initialiser() };
  }

  /** `.name`, `[3]` or `[0 ... 3]`. */
  protected override designator(): Designator {
    const { at } = this;
    if (this.accept(".")) return { kind: "member", name: this.name("a member"), at };
    this.expect("[");
    const from = this.constants.required(this.conditional(), "an index");
    const to = this.accept("...") ? this.constants.required(this.conditional(), "an index") : from;
    this.expect("]");
    if (from < 0n || to < from) throw this.failure(`the index ${from} to ${to} is no range`, at);
    return { kind: "index", from, to, at };
  }
}
