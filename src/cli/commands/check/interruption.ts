/**
 * What may stop a check: the time that it was given, Ctrl-C, and a request to terminate.
 *
 * Signals are heard by the first thread (thread/supervisor.ts), which asks this one to stop as long as that can be asked.
 */
import { EXIT, type ExitStatus } from "../../exit-status.js";
import { Board, threadStart } from "../../thread/board.js";

const STATUSES = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated } as const;

export class Interruption {
  readonly #seconds: number | undefined;
  readonly #asked: string;
  /** Undefined where no thread hears signals for this one. */
  readonly #board: Board | undefined;
  #since: number | undefined;
  #isTimeUp = false;

  /** @param asked the time as the user wrote it */
  constructor(seconds: number | undefined, asked = "") {
    this.#seconds = seconds;
    this.#asked = asked;
    const start = threadStart();
    this.#board = start && new Board(start.board);
    if (this.#board !== undefined) this.#board.listens = true;
  }

  /** Why to stop; undefined to go on. The time begins when this is called first: preparing is not searching. */
  readonly reason = (): string | undefined => {
    const signal = this.#board?.signal;
    if (signal !== undefined) return `interrupted by ${signal}`;
    const now = performance.now();
    this.#since ??= now;
    this.#isTimeUp = this.#seconds !== undefined && now - this.#since >= this.#seconds * 1000;
    return this.#isTimeUp ? `more than ${this.#asked} of time` : undefined;
  };

  /** Was there a signal, or is the time up? */
  get isDue(): boolean {
    return this.#board?.signal !== undefined || this.#isTimeUp;
  }

  /** The status for a signal; undefined if there was none. */
  get status(): ExitStatus | undefined {
    const signal = this.#board?.signal;
    return signal && STATUSES[signal];
  }

  /** Can be asked to stop no longer: a signal ends the program. */
  end(): void {
    if (this.#board !== undefined) this.#board.listens = false;
  }
}
