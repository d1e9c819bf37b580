/**
 * Sizes of memory as people write them: `512M`, `4G`.
 */
import { PmucheckError } from "../../spec/errors.js";

const UNITS: Readonly<Record<string, number>> = { K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 };
/** Less than this holds no search worth the name. */
const LEAST = 16 * 2 ** 20;
/** What 64 memories of 4 GiB have (src/engine/memory/annexes.ts). */
const MOST = 256 * 2 ** 30;

/** In bytes. Throws PMC104 for what is no size, or one too small or too large. */
export function memorySize(text: string): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)([KMG])(?:i?B)?$/i.exec(text) ?? [];
  const bytes = Number(digits) * (UNITS[unit?.toUpperCase() ?? ""] ?? NaN);
  if (bytes >= LEAST && bytes <= MOST) return Math.floor(bytes);
  throw new PmucheckError("PMC104", `--memory takes a size from 16M to 256G, as in 512M, not '${text}'`);
}
