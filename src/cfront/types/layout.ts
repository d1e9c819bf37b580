/** Sizes, alignments and offsets, as the AAPCS64 and GCC lay them out. */
import { CError, type At } from "../base/errors.js";
import { showType, type CType, type Member, type RecordDefinition } from "./types.js";

/** Says that the structures of a file stand in for the real ones, so that their real size is unknown. */
export type IsStandIn = (file: string) => boolean;

const POINTER_SIZE = 8;

interface Layout {
  readonly size: number;
  readonly alignment: number;
  /** In bytes, of the members that are no bit-fields. */
  readonly offsets: ReadonlyMap<Member, number>;
}

export class Layouts {
  readonly #isStandIn: IsStandIn;
  readonly #known = new Map<RecordDefinition, Layout>();

  constructor(isStandIn: IsStandIn) {
    this.#isStandIn = isStandIn;
  }

  /** In bytes. Throws PMC236 for what has no size, or none that is known. */
  size(type: CType, at: At): number {
    switch (type.kind) {
      case "integer":
        if (type.fieldOf !== undefined) throw unknownSize(type, at, "a bit-field has no size");
        return type.bits / 8;
      case "floating":
        return type.size;
      case "pointer":
        return POINTER_SIZE;
      case "array":
        if (type.length === undefined) throw unknownSize(type, at, "its length is not given");
        return type.length * this.size(type.element, at);
      case "record":
        return this.#layout(type.definition, at).size;
      case "void":
      case "function":
        // GNU C: both have size 1.
        return 1;
    }
  }

  alignment(type: CType, at: At): number {
    switch (type.kind) {
      case "integer":
        return (type.fieldOf ?? type).bits / 8;
      case "array":
        return this.alignment(type.element, at);
      case "record":
        return this.#layout(type.definition, at).alignment;
      default:
        return this.size(type, at);
    }
  }

  /** The offset of a member, which may lie in anonymous ones, each given by `way`. */
  offset(record: RecordDefinition, way: readonly Member[], at: At): number {
    let within = record;
    let total = 0;
    for (const member of way) {
      const offset = this.#layout(within, at).offsets.get(member);
      if (offset === undefined) {
        throw new CError(
          "PMC236",
          at,
          `the bit-field ${member.name ?? ""} has no offset`,
          "use another member",
        );
      }
      total += offset;
      if (member.type.kind === "record") within = member.type.definition;
    }
    return total;
  }

  #layout(record: RecordDefinition, at: At): Layout {
    let layout = this.#known.get(record);
    if (layout === undefined) {
      const type: CType = { kind: "record", definition: record };
      if (record.members === undefined) throw unknownSize(type, at, "its members are not declared");
      if (this.#isStandIn(record.at.file)) {
        throw unknownSize(
          type,
          at,
          `${record.at.file} has a stand-in for it, with the members that matter only`,
        );
      }
      layout = this.#laidOut(record, record.members);
      this.#known.set(record, layout);
    }
    return layout;
  }

  #laidOut(record: RecordDefinition, members: readonly Member[]): Layout {
    const offsets = new Map<Member, number>();
    let alignment = record.alignment ?? 1;
    let bit = 0;
    let widest = 0;
    for (const member of members) {
      if (record.keyword === "union") bit = 0;
      const placed = this.#placed(member, bit, record.packed);
      if (placed.alignment > alignment) alignment = placed.alignment;
      if (!isBitField(member)) offsets.set(member, placed.from / 8);
      bit = placed.to;
      widest = Math.max(widest, bit);
    }
    return { size: upTo(Math.ceil(widest / 8), alignment), alignment, offsets };
  }

  /** Where a member goes if `bit` bits are in use; in bits, its alignment in bytes. */
  #placed(
    { type, at, alignment: least = 1 }: Member,
    bit: number,
    packed: boolean,
  ): { from: number; to: number; alignment: number } {
    if (type.kind === "integer" && type.fieldOf !== undefined) {
      const unit = type.fieldOf.bits;
      if (type.bits === 0) return { from: bit, to: upTo(bit, unit), alignment: 1 };
      const crosses = Math.floor(bit / unit) !== Math.floor((bit + type.bits - 1) / unit);
      const from = crosses && !packed ? upTo(bit, unit) : bit;
      return { from, to: from + type.bits, alignment: packed ? 1 : unit / 8 };
    }
    const alignment = Math.max(packed ? 1 : this.alignment(type, at), least);
    const from = upTo(upTo(bit, 8), alignment * 8);
    // An array without a length at a structure's end takes no room.
    const isFlexible = type.kind === "array" && type.length === undefined;
    return { from, to: from + (isFlexible ? 0 : this.size(type, at) * 8), alignment };
  }
}

function isBitField({ type }: Member): boolean {
  return type.kind === "integer" && type.fieldOf !== undefined;
}

function upTo(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}

function unknownSize(type: CType, at: At, why: string): CError {
  return new CError(
    "PMC236",
    at,
    `the size of ${showType(type)} is not known: ${why}`,
    "do without its size",
  );
}
