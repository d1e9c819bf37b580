/** Bitmaps: used_mask, which is state; cntr_mask, which is constant; and those that a driver adds. At most 32 counters. */
import {
  CError,
  Pointer,
  showPlace,
  type At,
  type CValue,
  type SharedPlace,
} from "../../../src/cfront/index.js";
import type { Kernel } from "../../../src/spec/kernel-function.js";
import { CYCLE_COUNTER } from "../../arm/pmuv3.js";
import { armpmu_num_events } from "../config.js";
import { clear_bit, load, storeAndNot, storeOr, test_and_set_bit, type Field } from "../memory.js";
import type { Cells } from "./cells.js";

const WORD = 32;

export class Bitmaps {
  readonly #cells: Cells;

  constructor(cells: Cells) {
    this.#cells = cells;
  }

  /** The bits that are set, in order. */
  *bits(map: CValue, at: At): Kernel<readonly number[]> {
    if (isCounterMask(map)) {
      const counters = (yield* armpmu_num_events()) - 1;
      return [...Array(counters).keys(), CYCLE_COUNTER];
    }
    const word = (yield* load(this.#field(map, at))) >>> 0;
    return Array.from({ length: WORD }, (_, bit) => bit).filter((bit) => ((word >>> bit) & 1) !== 0);
  }

  *testAndSet(nr: bigint, map: CValue, at: At): Kernel<boolean> {
    return yield* test_and_set_bit(bitIn(nr, at), this.#field(map, at));
  }

  *clear(nr: bigint, map: CValue, at: At): Kernel {
    yield* clear_bit(bitIn(nr, at), this.#field(map, at));
  }

  *set(nr: bigint, map: CValue, at: At): Kernel {
    yield* storeOr(this.#field(map, at), 1 << bitIn(nr, at));
  }

  *clearAll(map: CValue, at: At): Kernel {
    yield* storeAndNot(this.#field(map, at), ~0);
  }

  #field(map: CValue, at: At): Field<number> {
    const cell = this.#cells.cell(this.#wholeBitmap(map, at), at);
    if (cell.as === "number") return cell.field as Field<number>;
    throw new CError(
      "PMC231",
      at,
      "a bit function is given what is no bitmap",
      "declare it with DECLARE_BITMAP",
    );
  }

  /** A bitmap's address is that of its first word. */
  #wholeBitmap(map: CValue, at: At): SharedPlace {
    const place = this.#cells.sharedPlace(map, "a bit function", at);
    const { path } = place;
    if (typeof path.at(-1) !== "number") return place;
    if (path.at(-1) === 0) return { ...place, path: path.slice(0, -1) };
    throw new CError(
      "PMC227",
      at,
      `${showPlace(place)} is beyond the first word of a bitmap`,
      "use the whole bitmap",
    );
  }
}

function isCounterMask(map: CValue): boolean {
  if (!(map instanceof Pointer)) return false;
  const { object, path } = map.to;
  return object.kind === "shared" && object.name === "arm_pmu" && path.join(".") === "cntr_mask.0";
}

function bitIn(nr: bigint, at: At): number {
  if (nr >= 0n && nr < WORD) return Number(nr);
  throw new CError(
    "PMC227",
    at,
    `bit ${nr} of a bitmap, of which the model has ${WORD}`,
    "keep to counters that there are",
  );
}
