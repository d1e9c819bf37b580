/**
 * Windows: which part of the step axis is drawn, and where a step is in it.
 *
 * Column 0 is the state before the first step; step i has column i. All columns are equally wide: steps have an order, and
 * no duration.
 */
import { stepAt, type Beside } from "../play/alignment.js";

export interface Window {
  /** Pixels per column. */
  readonly pitch: number;
  /** The pixels to the left of the window. */
  readonly offset: number;
  /** The width of the window in pixels. */
  readonly width: number;
  /** Beside another picture: where the columns are on the axis of both (alignment.ts). */
  readonly beside?: Beside | undefined;
}

/** The left edge of a column. */
export function edgeOf(column: number, { pitch, offset, beside }: Window): number {
  return (beside?.places[column] ?? column) * pitch - offset;
}

export function centreOf(column: number, window: Window): number {
  return edgeOf(column, window) + window.pitch / 2;
}

/** The columns that are at least partly in the window. */
export function columnsIn(window: Window, steps: number): { first: number; last: number } {
  const { pitch, offset, width } = window;
  return {
    first: columnAt(offset / pitch, window),
    last: Math.min(steps, columnAt((offset + width) / pitch, window) + 1),
  };
}

/** The column at a place of the axis, or the last one before it. */
export function columnAt(place: number, { beside }: Pick<Window, "beside">): number {
  const column = beside === undefined ? Math.floor(place) : stepAt(beside.places, place);
  return Math.max(0, column);
}

/** The part of a run of columns that is in the window, with a little beyond; undefined if nothing is. */
export function visible(
  from: number,
  to: number,
  window: Window,
): { readonly x: number; readonly width: number } | undefined {
  const left = Math.max(edgeOf(from, window), -4);
  const right = Math.min(edgeOf(to + 1, window), window.width + 4);
  return right <= left ? undefined : { x: left, width: right - left };
}
