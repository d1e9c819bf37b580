/**
 * Lengths of time as people write them: `30s`, `5m`, `1h`, `90`.
 */
import { PmucheckError } from "../../spec/errors.js";

const UNITS: Readonly<Record<string, number>> = { "": 1, s: 1, m: 60, h: 3600 };

/** In seconds. Throws PMC104 for what is no length of time. */
export function duration(option: string, text: string): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)([smh]?)$/.exec(text) ?? [];
  const seconds = Number(digits) * (UNITS[unit ?? ""] ?? NaN);
  if (seconds > 0) return seconds;
  throw new PmucheckError("PMC104", `--${option} takes a length of time, as in 30s, 5m or 1h, not '${text}'`);
}
