/**
 * The most memory that this program ever had.
 */
import { readFileSync } from "node:fs";

/** Of this program alone: getrusage would answer with the peak of the process that started it, if that was higher. */
export function peakRssBytes(): number {
  try {
    const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
    if (kilobytes !== undefined) return Number(kilobytes) * 1024;
  } catch {
    // Not Linux.
  }
  return process.resourceUsage().maxRSS * 1024;
}
