/** Declaration specifiers: storage, qualifiers and the type, in any order (C11 6.7.2); and type names. */
import { typeOf } from "../semantics/typing.js";
import {
  BOOL,
  CHAR,
  INT,
  INT128,
  LONG,
  LONG_LONG,
  SHORT,
  SIGNED_CHAR,
  UNSIGNED_CHAR,
  UNSIGNED_INT,
  UNSIGNED_INT128,
  UNSIGNED_LONG,
  UNSIGNED_LONG_LONG,
  UNSIGNED_SHORT,
} from "../types/integers.js";
import { constantly, unqualified, VOID, type CType } from "../types/types.js";
import { merged, NO_ATTRIBUTES, type Attributes, type Specifiers } from "./declarators.js";
import {
  ATTRIBUTE,
  BASIC_TYPES,
  FUNCTION_SPECIFIERS,
  isConst,
  QUALIFIERS,
  RECORDS,
  STORAGE,
  TYPEOF,
} from "./keywords.js";
import { RecordParser } from "./records.js";

/** By the words that name it, sorted, without those that change nothing. */
const BASIC: Readonly<Record<string, CType>> = {
  void: VOID,
  _Bool: BOOL,
  char: CHAR,
  "char signed": SIGNED_CHAR,
  "char unsigned": UNSIGNED_CHAR,
  short: SHORT,
  "short unsigned": UNSIGNED_SHORT,
  int: INT,
  unsigned: UNSIGNED_INT,
  long: LONG,
  "long unsigned": UNSIGNED_LONG,
  "long long": LONG_LONG,
  "long long unsigned": UNSIGNED_LONG_LONG,
  __int128: INT128,
  "__int128 unsigned": UNSIGNED_INT128,
  float: { kind: "floating", name: "float", size: 4 },
  double: { kind: "floating", name: "double", size: 8 },
  "double long": { kind: "floating", name: "long double", size: 16 },
};

export abstract class SpecifierParser extends RecordParser {
  protected override specifiers(): Specifiers {
    const { at } = this;
    const words: string[] = [];
    const storage = new Set<string>();
    let attributes = NO_ATTRIBUTES;
    let type: CType | undefined;
    let isAuto = false;
    let isConstant = false;

    for (;;) {
      const { text, kind } = this.peek();
      if (BASIC_TYPES.has(text)) words.push(this.take().text.replaceAll(/^__signed(?:__)?$/g, "signed"));
      else if (QUALIFIERS.has(text)) isConstant = isConst(this.take().text) || isConstant;
      else if (STORAGE.has(text)) storage.add(this.take().text);
      else if (FUNCTION_SPECIFIERS.has(text) || text === "__extension__") this.take();
      else if (ATTRIBUTE.has(text)) attributes = merged(attributes, this.attributes());
      else if (text === "_Alignas") attributes = merged(attributes, this.#alignas());
      else if (RECORDS.has(text)) type = this.record();
      else if (text === "enum") type = this.enumeration();
      else if (TYPEOF.has(text)) {
        type = this.#typeof();
        isAuto = type === undefined;
      } else if (kind === "name" && type === undefined && words.length === 0 && !isAuto) {
        const named = this.scope.find(text);
        if (named?.kind !== "type") break;
        this.take();
        type = named.type;
      } else break;
    }

    const found = type ?? (isAuto ? undefined : this.#basic(words));
    return {
      type: found !== undefined && isConstant ? constantly(found) : found,
      storage,
      attributes,
      at,
    };
  }

  #basic(words: readonly string[]): CType {
    if (words.length === 0) throw this.failure(`a type is expected before '${this.peek().text}'`);
    const sized = words.some((word) => word === "short" || word === "long");
    const isChar = words.includes("char");
    const telling = words.filter(
      (word) => !(word === "signed" && !isChar) && !(word === "int" && (sized || words.includes("unsigned"))),
    );
    const type = BASIC[(telling.length === 0 ? ["int"] : telling.sort()).join(" ")];
    if (type === undefined) throw this.failure(`'${words.join(" ")}' is no type`);
    return type;
  }

  #alignas(): Partial<Attributes> {
    this.take();
    this.expect("(");
    const operand = this.startsType() ? this.typeName() : this.conditional();
    this.expect(")");
    const alignment =
      "at" in operand
        ? this.constants.required(operand, "an alignment")
        : this.constants.sizeOf({ kind: "size", of: "alignof", operand, at: this.at });
    return { alignment: Number(alignment) };
  }

  /** Undefined for `__auto_type`. */
  #typeof(): CType | undefined {
    const { text } = this.take();
    if (text === "__auto_type") return undefined;
    this.expect("(");
    const isType = this.startsType();
    const type = isType ? this.typeName() : typeOf(this.expression());
    this.expect(")");
    return text === "typeof_unqual" ? unqualified(type) : type;
  }

  protected override typeName(): CType {
    const specifiers = this.specifiers();
    return this.declarator(this.typed(specifiers)).type;
  }
}
