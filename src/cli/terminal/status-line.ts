/**
 * A line on stderr that says what is being done: rewritten in place on a terminal, a plain line now and then elsewhere.
 *
 * On a terminal it is cut to the width, because a line that is longer cannot be rewritten: each would scroll.
 */
import { notify } from "./terminal.js";

const REWRITE_MS = 200;
const LINE_MS = 10_000;

export class StatusLine {
  readonly #isShown: boolean;
  #last = -Infinity;
  #isThere = false;

  /** @param isShown is anything said at all? */
  constructor(isShown: boolean) {
    this.#isShown = isShown;
  }

  /** Would a text be shown now, or is it too soon after the last one? */
  get isDue(): boolean {
    const pause = process.stderr.isTTY ? REWRITE_MS : LINE_MS;
    return this.#isShown && performance.now() - this.#last >= pause;
  }

  /** Shows the text unless that is too soon. */
  show(text: string): void {
    if (!this.isDue) return;
    this.#last = performance.now();
    this.#isThere = process.stderr.isTTY;
    notify(this.#isThere ? `\r\u001b[K${cutTo(process.stderr.columns, text)}` : `${text}\n`);
  }

  /** Removes the line from a terminal. */
  clear(): void {
    if (this.#isThere) notify("\r\u001b[K");
    this.#isThere = false;
  }
}

/** Does the work, and says meanwhile what is being done. */
export function saying<T>(isShown: boolean, what: string, work: (line: StatusLine) => T): T {
  const line = new StatusLine(isShown);
  line.show(what);
  try {
    return work(line);
  } finally {
    line.clear();
  }
}

/** The last column stays free: some terminals wrap when it is written. */
export function cutTo(columns: number, text: string): string {
  const room = (columns || 80) - 1;
  return text.length <= room ? text : `${text.slice(0, Math.max(0, room - 3))}...`;
}
