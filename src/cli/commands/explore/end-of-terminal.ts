/**
 * The end of what a server was started from. A terminal that closes, and Ctrl-C, end the program by a signal. A program
 * that started it through a pipe ends without one: then its end of the pipe closes.
 */
import { createReadStream, fstatSync } from "node:fs";

const STANDARD_INPUT = 0;

/** Settles when the pipe on standard input ends; never, if that is no pipe: /dev/null has always ended. */
export function endOfTerminal(): Promise<void> {
  return new Promise((resolve) => {
    if (!isPipe()) return;
    const input = createReadStream("", { fd: STANDARD_INPUT });
    input.on("end", resolve);
    input.on("error", () => resolve());
    input.resume();
  });
}

function isPipe(): boolean {
  try {
    const input = fstatSync(STANDARD_INPUT);
    return input.isFIFO() || input.isSocket();
  } catch {
    // A program may be started without standard input.
    return false;
  }
}
