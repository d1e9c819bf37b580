/**
 * What of a matrix was not explored now.
 */
import type { CheckDocument } from "../trace/document.js";

/** A sentence; undefined if all was explored. */
export function storedLine(checks: readonly Pick<CheckDocument, "stored">[]): string | undefined {
  const stored = checks.filter(({ stored: isStored }) => isStored === true).length;
  if (stored === 0) return undefined;
  return `From the store of results: ${stored} of ${checks.length} cells (--no-cache explores all of them).`;
}
