/** Structures, unions and enumerations (C11 6.7.2.1, 6.7.2.2). */
import { showAt, type At } from "../base/errors.js";
import { bitField, enumeration, INT, LONG, UNSIGNED_INT, UNSIGNED_LONG, wrap } from "../types/integers.js";
import type { CType, IntegerType, Member, RecordDefinition, RecordType } from "../types/types.js";
import { DeclaratorParser, merged, type Specifiers } from "./declarators.js";

export abstract class RecordParser extends DeclaratorParser {
  /** `struct tag`, `struct tag { ... }` or `struct { ... }`; the same with union. */
  protected record(): RecordType {
    const { text: keyword, at } = this.take();
    const before = this.attributes();
    const tag = this.is("{") ? undefined : this.name("a tag");
    const type = this.#declared(keyword === "union" ? "union" : "struct", tag, at);
    if (!this.is("{")) return type;

    const { definition } = type;
    const isKnown = definition.members !== undefined;
    if (isKnown && showAt(at) !== showAt(definition.at)) {
      throw this.failure(`${keyword} ${tag ?? ""} is also defined at ${showAt(definition.at)}`, at);
    }
    const members = this.#members();
    const { packed, alignment } = merged(before, this.attributes());
    // Another unit includes the header that this one included: it is the same structure.
    if (isKnown) return type;
    definition.packed = packed;
    definition.alignment = alignment;
    definition.members = members;
    return type;
  }

  /** The type that the tag stands for here; a new one if there is none yet, or if a new one is defined in an inner scope. */
  #declared(keyword: RecordDefinition["keyword"], tag: string | undefined, at: At): RecordType {
    const isDefinition = this.is("{");
    const known =
      tag === undefined ? undefined : isDefinition ? this.scope.findTagHere(tag) : this.scope.findTag(tag);
    if (known?.kind === "record" && known.definition.keyword === keyword) {
      // What was only named so far is now defined, here: this is the place that errors name.
      if (isDefinition && known.definition.members === undefined) known.definition.at = at;
      return known;
    }
    const definition: RecordDefinition = {
      keyword,
      tag,
      at,
      members: undefined,
      packed: false,
      alignment: undefined,
    };
    const type: RecordType = { kind: "record", definition };
    if (tag !== undefined) this.scope.declareTag(tag, type);
    return type;
  }

  #members(): Member[] {
    const members: Member[] = [];
    this.expect("{");
    while (!this.accept("}")) {
      if (this.accept(";")) continue;
      if (this.isStaticAssertion()) {
        this.staticAssertion();
        continue;
      }
      const specifiers = this.specifiers();
      if (this.is(";")) members.push({ name: undefined, type: this.typed(specifiers), at: specifiers.at });
      else {
        do members.push(this.#member(specifiers));
        while (this.accept(","));
      }
      this.expect(";");
    }
    return members;
  }

  #member(specifiers: Specifiers): Member {
    const base = this.typed(specifiers);
    if (this.is(":")) return { name: undefined, type: this.#bitField(base), at: specifiers.at };
    const { name, type, at, attributes } = this.declarator(base);
    const alignment = attributes.alignment ?? specifiers.attributes.alignment;
    const memberType = this.is(":") ? this.#bitField(type) : type;
    const { alignment: late } = this.attributes();
    return { name, type: memberType, at, alignment: late ?? alignment };
  }

  #bitField(declared: CType): IntegerType {
    const { at } = this.expect(":");
    const width = this.constants.required(this.conditional(), "the width of a bit-field");
    if (declared.kind !== "integer" || width < 0n || width > BigInt(declared.bits)) {
      throw this.failure(`a bit-field of width ${width}`, at);
    }
    return bitField(declared, Number(width));
  }

  /** `enum tag`, `enum tag { ... }` or `enum { ... }`. */
  protected enumeration(): CType {
    const { at } = this.take();
    this.attributes();
    const tag = this.is("{") ? undefined : this.name("a tag");
    if (!this.is("{")) {
      const known = this.scope.findTag(tag ?? "");
      if (known?.kind === "integer") return known;
      // Named before it is defined, which GNU C allows: what it will be, as a rule.
      return enumeration(tag, []);
    }
    const values = this.#enumerators();
    this.attributes();
    if (values.length === 0) throw this.failure("an enumeration without values", at);
    const type = enumeration(tag, values);
    if (tag !== undefined) this.scope.declareTag(tag, type);
    return type;
  }

  #enumerators(): bigint[] {
    const values: bigint[] = [];
    let value = 0n;
    this.expect("{");
    while (!this.is("}")) {
      const name = this.name("an enumerator");
      this.attributes();
      if (this.accept("=")) value = this.constants.required(this.conditional(), `the value of ${name}`);
      this.scope.declare(name, { kind: "enumerator", name, value, type: typeOfEnumerator(value) });
      values.push(value++);
      if (!this.accept(",")) break;
    }
    this.expect("}");
    return values;
  }

  protected isStaticAssertion(): boolean {
    return this.is("_Static_assert") || this.is("static_assert");
  }

  /** The compiler checked it: nothing that runs depends on it. */
  protected staticAssertion(): void {
    this.take();
    this.skipBrackets();
  }

  /** The type that the specifiers give. */
  protected typed({ type, at }: Specifiers): CType {
    if (type === undefined) throw this.failure("__auto_type needs an initialiser", at);
    return type;
  }
}

/** An int if it fits, as C has it; GCC makes those that do not fit wider. */
function typeOfEnumerator(value: bigint): IntegerType {
  for (const type of [INT, UNSIGNED_INT, LONG]) if (wrap(type, value) === value) return type;
  return UNSIGNED_LONG;
}
