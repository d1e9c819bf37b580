/**
 * The streams of a thread, made to say what the first thread knows of the terminal.
 */
import type { ThreadStart } from "./board.js";

export function knowTerminal({ columns }: ThreadStart): void {
  for (const name of ["stdout", "stderr"] as const) {
    const width = columns[name];
    if (width !== undefined) Object.assign(process[name], { isTTY: true, columns: width });
  }
}
