/**
 * Addresses: which trace, which path and which step a page shows, in the part of its address behind `#`.
 *
 * `#t=1&c=39` is the second trace after its 39th step; with `p=38~2.0x5`, the path leaves the trace after 38 steps and takes
 * there the third of the enabled steps, and then five times the first. `x=0` compares it with the first trace.
 */
import { decodePath, encodePath } from "../../report/trace/path.js";

export interface Address {
  /** Which of the page's traces, 0 for the first. */
  readonly entry: number;
  /** Where the path leaves the trace, and the steps that it takes then; null for the trace itself. */
  readonly fork: { readonly after: number; readonly indices: readonly number[] } | null;
  /** The column that is looked at; null for the first look. */
  readonly column: number | null;
  /** What it is compared with (src/explorer/page/comparison.ts); null for nothing. */
  readonly against: string | null;
}

export function encodeAddress({ entry, fork, column, against }: Address): string {
  const parts = [
    ...(entry === 0 ? [] : [`t=${entry}`]),
    ...(fork === null ? [] : [`p=${fork.after}~${encodePath(fork.indices)}`]),
    ...(column === null ? [] : [`c=${column}`]),
    ...(against === null ? [] : [`x=${encodeURIComponent(against)}`]),
  ];
  return `#${parts.join("&")}`;
}

/** What cannot be read of it is as if it were not there. */
export function decodeAddress(hash: string): Address {
  const parts = new URLSearchParams(hash.replace(/^#/, ""));
  const [, after, path = ""] = /^(\d{1,6})~([\dx.]*)$/.exec(parts.get("p") ?? "") ?? [];
  return {
    entry: numberIn(parts.get("t")) ?? 0,
    fork: after === undefined ? null : { after: Number(after), indices: indicesIn(path) },
    column: numberIn(parts.get("c")) ?? null,
    against: parts.get("x"),
  };
}

function numberIn(text: string | null): number | undefined {
  return text !== null && /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}

function indicesIn(path: string): readonly number[] {
  try {
    return decodePath(path);
  } catch {
    return [];
  }
}
