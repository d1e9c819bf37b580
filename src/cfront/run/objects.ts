/** Reading and writing the content of local and constant objects: no access that anyone else could see. */
import { CError, type At } from "../base/errors.js";
import {
  Aggregate,
  copyOf,
  Pointer,
  overlapping,
  showPlace,
  typeAt,
  type ConstantObject,
  type CValue,
  type Held,
  type LocalObject,
  type Place,
} from "../meaning/values.js";
import type { Step } from "../semantics/placements.js";
import type { RecordDefinition, RecordType } from "../types/types.js";

/** What the place holds; undefined if it was never given a value. Throws PMC231 for a union whose other member was. */
export function peek(place: Place<LocalObject | ConstantObject>, at: At): Held {
  let held = place.object.content;
  let type = place.object.type;
  for (const step of place.path) {
    if (!(held instanceof Aggregate)) return undefined;
    const aggregate = held;
    held = aggregate.parts.get(step);
    if (held === undefined && type.kind === "record")
      mustNotOverlap(place, type, String(step), aggregate, at);
    type = typeAt(type, [step]) ?? type;
  }
  return held;
}

/** Replaces what the place holds. */
export function poke(place: Place<LocalObject>, value: CValue): void {
  const { object, path } = place;
  const last = path.at(-1);
  if (last === undefined) {
    object.content = copyOf(value);
    return;
  }
  let within = (object.content = aggregateOr(object.content));
  let type = object.type;
  for (const step of path.slice(0, -1)) {
    forgetOthers(within, type, step);
    const inner = aggregateOr(within.parts.get(step));
    within.parts.set(step, inner);
    within = inner;
    type = typeAt(type, [step]) ?? type;
  }
  forgetOthers(within, type, last);
  within.parts.set(last, copyOf(value));
}

function aggregateOr(held: Held): Aggregate {
  return held instanceof Aggregate ? held : new Aggregate();
}

/** What is written to one member of a union is no value of the others. */
function forgetOthers(aggregate: Aggregate, type: Place["type"], step: string | number): void {
  if (type.kind !== "record") return;
  for (const name of othersOf(type, String(step))) aggregate.parts.delete(name);
}

const others = new WeakMap<RecordDefinition, Map<string, readonly string[]>>();

function othersOf(type: RecordType, name: string): readonly string[] {
  let ofRecord = others.get(type.definition);
  if (ofRecord === undefined) others.set(type.definition, (ofRecord = new Map<string, readonly string[]>()));
  let names = ofRecord.get(name);
  if (names === undefined) ofRecord.set(name, (names = overlapping(type, name)));
  return names;
}

/** The text that a pointer into a string literal or a constant array points to; undefined for any other value. */
export function textAt(value: Held): string | undefined {
  if (!(value instanceof Pointer) || value.to.object.kind !== "constant") return undefined;
  const { object, path } = value.to;
  const array = path.slice(0, -1).reduce<Held>(partOf, object.content);
  const bytes: number[] = [];
  for (let i = Number(path.at(-1)); ; i++) {
    const byte = partOf(array, i);
    if (typeof byte !== "bigint") return undefined;
    if (byte === 0n) return new TextDecoder().decode(Uint8Array.from(bytes));
    bytes.push(Number(byte));
  }
}

function partOf(held: Held, step: Step): Held {
  return held instanceof Aggregate ? held.parts.get(step) : undefined;
}

function mustNotOverlap(place: Place, type: RecordType, name: string, held: Aggregate, at: At): void {
  const written = othersOf(type, name).find((other) => held.parts.has(other));
  if (written === undefined) return;
  throw new CError(
    "PMC231",
    at,
    `${showPlace(place)} is read, but ${written} of the same union was written last`,
    "read the member that was written",
  );
}
