/**
 * Compound accesses to plain data: `field |= bits`, `field &= ~bits`, `(*field)++`, `--(*field)`.
 *
 * In C each of them is a load and a store, and an NMI, or code on another CPU, may come between the two. By default the models
 * take them as one step, because the data is written by its own CPU only, and an interrupt handler leaves it as it found it.
 * With compound=parts they are two steps, which tests that argument. What is atomic in C (set_bit, atomic_dec_and_test,
 * local_inc) is one step always, and is in memory.ts.
 */
import { operation, type Kernel } from "../../src/spec/kernel-function.js";
import { compound } from "../parameters.js";
import {
  load,
  postIncrement,
  postIncrementUpTo,
  preDecrement,
  store,
  storeAndNot,
  storeOr,
  type Field,
} from "./memory.js";

const isInParts = operation<[], boolean>({
  name: "isInParts",
  local: true,
  perform: (view) => view.parameter(compound) === "parts",
});

/** `field |= bits`; the value before. */
export function* orAssign(field: Field<number>, bits: number): Kernel<number> {
  if (!(yield* isInParts())) return yield* storeOr(field, bits);
  return yield* inParts(field, (value) => value | bits);
}

/** `field &= ~bits`; the value before. */
export function* andNotAssign(field: Field<number>, bits: number): Kernel<number> {
  if (!(yield* isInParts())) return yield* storeAndNot(field, bits);
  return yield* inParts(field, (value) => value & ~bits);
}

/** `(*field)++`; the value before. */
export function* increment(field: Field<number>): Kernel<number> {
  if (!(yield* isInParts())) return yield* postIncrement(field);
  return yield* inParts(field, (value) => value + 1);
}

/** `(*field)++` of a count of which only the first `most` values are ever told apart; the value before. */
export function* incrementUpTo(field: Field<number>, most: number): Kernel<number> {
  if (!(yield* isInParts())) return yield* postIncrementUpTo(field, most);
  return yield* inParts(field, (value) => Math.min(value + 1, most));
}

/** `--(*field)`; the value after. */
export function* decrement(field: Field<number>): Kernel<number> {
  if (!(yield* isInParts())) return yield* preDecrement(field);
  return (yield* inParts(field, (value) => value - 1)) - 1;
}

/** A load, then a store; the value that was loaded. */
function* inParts(field: Field<number>, change: (value: number) => number): Kernel<number> {
  const value = yield* load(field);
  yield* store(field, change(value));
  return value;
}
