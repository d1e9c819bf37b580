/**
 * Alignments: two paths on one axis of columns, so that what they have in common is in the same column.
 *
 * Two steps are the same if the same process does the same in them, values included. What differs between two common
 * steps stands side by side, as far as there are as many steps in both; else one of the two has a gap.
 */
import { diffArrays } from "diff";

import type { StepEvent } from "../../runtime/execute.js";
import type { TraceEvent, TraceStep } from "../../trace/document.js";

/** A column. Steps are numbered from 1; null is a gap. */
export interface AlignedRow {
  readonly one: number | null;
  readonly other: number | null;
  readonly isSame: boolean;
}

export interface Alignment {
  /** Column 1 and those after it; column 0 is the state before the first step of both. */
  readonly rows: readonly AlignedRow[];
  /**
   * The first step that is not the same in both, by its number, which is that of its column too: what both begin with is
   * compared first. Null if there is none.
   */
  readonly parts: number | null;
  readonly one: Beside;
  readonly other: Beside;
}

/** Where a path is on the axis of both. */
export interface Beside {
  /** By step, its column; and after the last step, the column behind it. */
  readonly places: readonly number[];
  /** Columns of the axis. */
  readonly total: number;
  /** The first column that is not the same in both; null if there is none. */
  readonly parts: number | null;
}

/** Paths that differ in more steps than this are compared up to where they part, and side by side from there on. */
const MOST_DIFFERENCES = 2000;

export function alignmentOf(one: readonly TraceStep[], other: readonly TraceStep[]): Alignment {
  const rows = rowsOf(one.map(sameness), other.map(sameness));
  const column = rows.findIndex(({ isSame }) => !isSame) + 1;
  const parts = column === 0 ? null : column;
  const besideOf = (side: "one" | "other"): Beside => {
    const places = [0, ...rows.flatMap((row, i) => (row[side] === null ? [] : [i + 1]))];
    return { places: [...places, (places.at(-1) ?? 0) + 1], total: rows.length + 1, parts };
  };
  return { rows, parts, one: besideOf("one"), other: besideOf("other") };
}

/** The last step of a path that is in a column or before it; 0 if none is. */
export function stepAt(places: readonly number[], column: number): number {
  const after = places.findIndex((place) => place > column);
  return Math.max(0, (after < 0 ? places.length - 1 : after) - 1);
}

/** A step of a trace, or one that can be taken. */
interface Doing {
  readonly process: string;
  readonly choice: string;
  readonly events: readonly (TraceEvent | StepEvent)[];
}

/** What a step does that others can see. */
export function textOf({ events, process, choice }: Doing): string {
  const seen = events.flatMap((event) =>
    event.kind === "hardware" || (event.kind === "access" && !event.local) ? [event.text] : [],
  );
  return seen.join("; ") || (choice === "" ? process : choice);
}

/** What an access is, whatever is read or written by it. */
export function withoutValues(text: string): string {
  return text.replace(/ (?:is|=|[-+|&]=) .*$/, "");
}

function sameness(step: TraceStep): string {
  return JSON.stringify([step.process, step.choice, textOf(step)]);
}

function rowsOf(one: readonly string[], other: readonly string[]): AlignedRow[] {
  const changes = diffArrays([...one], [...other], { maxEditLength: MOST_DIFFERENCES });
  const rows: AlignedRow[] = [];
  let [left, right] = [0, 0];
  const pair = (to: { readonly left: number; readonly right: number }, isSame: boolean) => {
    while (left < to.left || right < to.right) {
      rows.push({
        one: left < to.left ? ++left : null,
        other: right < to.right ? ++right : null,
        isSame,
      });
    }
  };
  if (changes === undefined) {
    const parts = one.findIndex((key, i) => key !== other[i]);
    const common = parts < 0 ? one.length : parts;
    pair({ left: common, right: common }, true);
    pair({ left: one.length, right: other.length }, false);
    return rows;
  }
  // What was removed and what was added stand beside each other until a common step comes.
  let open = { left: 0, right: 0 };
  for (const { added, removed, value } of changes) {
    if (added || removed) {
      open = {
        left: open.left + (removed ? value.length : 0),
        right: open.right + (added ? value.length : 0),
      };
    } else {
      pair(open, false);
      open = { left: open.left + value.length, right: open.right + value.length };
      pair(open, true);
    }
  }
  pair(open, false);
  return rows;
}
