/**
 * Windows: which part of the step axis is drawn, and where a step is in it.
 *
 * Column 0 is the state before the first step; step i has column i. All columns are equally wide: steps have an order, and
 * no duration.
 */
export interface Window {
  /** Pixels per column. */
  readonly pitch: number;
  /** The pixels to the left of the window. */
  readonly offset: number;
  /** The width of the window in pixels. */
  readonly width: number;
}

/** The left edge of a column. */
export function edgeOf(column: number, { pitch, offset }: Window): number {
  return column * pitch - offset;
}

export function centreOf(column: number, window: Window): number {
  return edgeOf(column + 0.5, window);
}

/** The columns that are at least partly in the window. */
export function columnsIn({ pitch, offset, width }: Window, steps: number): { first: number; last: number } {
  return {
    first: Math.max(0, Math.floor(offset / pitch)),
    last: Math.min(steps, Math.ceil((offset + width) / pitch)),
  };
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
