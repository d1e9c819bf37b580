/**
 * 64-bit words as pairs of 32-bit halves: what there is to say about them without BigInt.
 */

/** A word. */
export interface Word {
  readonly low: number;
  readonly high: number;
}

/** Where a field is; at most 31 bits wide, and it may lie across both halves. */
export interface BitField {
  readonly shift: number;
  readonly width: number;
}

/** By width: a power is far dearer than a look-up. */
const MASKS = Int32Array.from({ length: 33 }, (_, width) => 2 ** width - 1);

/** The bits of a field of up to 32 bits, from bit 0. */
export function maskOf(width: number): number {
  return MASKS[width] as number;
}

/** A field of a 64-bit word. */
export function fieldOf(low: number, high: number, { shift, width }: BitField): number {
  const mask = maskOf(width);
  if (shift >= 32) return (high >>> (shift - 32)) & mask;
  if (shift + width <= 32) return (low >>> shift) & mask;
  return ((low >>> shift) | (high << (32 - shift))) & mask;
}

/** One half of a word with a field replaced; `shift` counts from the half's bit 0, and may be outside of it. */
export function withField(half: number, value: number, shift: number, width: number): number {
  if (shift >= 32 || shift + width <= 0) return half;
  if (shift >= 0) return (half & ~(maskOf(width) << shift)) | (value << shift);
  return (half & ~(maskOf(width) >>> -shift)) | (value >>> -shift);
}

/** Called with the halves of a root word. */
export type OnWord = (low: number, high: number) => void;

/** Makes of a state's root word what it is in another layout. */
export interface Translator {
  /** The last one that was made. */
  readonly low: number;
  readonly high: number;
  /** False if it cannot be made. */
  readonly translate: (low: number, high: number) => boolean;
}
