/**
 * The window of the second loss: where the handler interrupts armpmu_event_update and reports nothing.
 */
import type { Counts } from "./results.js";

/** Offsets in bytes from the function's begin, both inside of the window. */
export interface Window {
  readonly first: number;
  readonly last: number;
  /** Runs of the handler in the window that reported nothing, and that reported. */
  readonly silent: number;
  readonly reported: number;
  /** Runs that interrupted anything else and reported nothing. */
  readonly silentElsewhere: number;
}

/** Undefined if every run of the handler that interrupted armpmu_event_update reported. */
export function windowOf({ places, silent, silentInUpdate }: Counts): Window | undefined {
  const inside = places.filter(([, , unreported]) => unreported > 0).map(([offset]) => offset);
  if (inside.length === 0) return undefined;
  const first = Math.min(...inside);
  const last = Math.max(...inside);
  const reported = places
    .filter(([offset]) => offset >= first && offset <= last)
    .reduce((sum, [, reports]) => sum + reports, 0);
  return { first, last, silent: silentInUpdate, reported, silentElsewhere: silent - silentInUpdate };
}

export function windowText({ first, last, silent, reported, silentElsewhere }: Window): string {
  const place = `armpmu_event_update at +0x${first.toString(16)} to +0x${last.toString(16)}`;
  return `the handler reported nothing ${times(silent)} where it interrupted ${place} (and did ${times(reported)}), and ${times(silentElsewhere)} elsewhere`;
}

export function times(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}
