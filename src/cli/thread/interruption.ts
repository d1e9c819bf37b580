/**
 * What may stop work: the time that it was given, Ctrl-C, and a request to terminate.
 *
 * Signals are heard by the first thread (supervisor.ts), which asks this one to stop as long as that can be asked.
 */
import { EXIT, type ExitStatus } from "../exit-status.js";
import { Board, threadStart } from "./board.js";

/** Work that was ended in its middle, and has no result. */
export class Interrupted extends Error {}

function throwFor(why: string | undefined): void {
  if (why !== undefined) throw new Interrupted(why);
}

/** Undefined for work that was ended in its middle. */
export function unlessInterrupted<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof Interrupted) return undefined;
    throw error;
  }
}

/** How often it is looked for a signal where nothing asks. */
const LOOK_MS = 100;

const STATUSES = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated } as const;

export class Interruption {
  readonly #seconds: number | undefined;
  readonly #asked: string;
  /** Undefined where no thread hears signals for this one. */
  readonly #board: Board | undefined;
  #since: number | undefined;
  #isTimeUp = false;

  /** @param asked the time as the user wrote it */
  constructor(seconds?: number, asked = "") {
    this.#seconds = seconds;
    this.#asked = asked;
    const start = threadStart();
    this.#board = start && new Board(start.board);
    if (this.#board !== undefined) this.#board.listens = true;
  }

  /** Why to stop; undefined to go on. The time begins when this is called first: preparing is not searching. */
  readonly reason = (): string | undefined => {
    const signal = this.signalled();
    if (signal !== undefined) return signal;
    const now = performance.now();
    this.#since ??= now;
    this.#isTimeUp = this.#seconds !== undefined && now - this.#since >= this.#seconds * 1000;
    return this.#isTimeUp ? `more than ${this.#asked} of time` : undefined;
  };

  /** The same for work that the time is not for. */
  readonly signalled = (): string | undefined => {
    const signal = this.#board?.signal;
    return signal && `interrupted by ${signal}`;
  };

  /** Called now and then by work that has no result before its end. Throws {@link Interrupted} if there is a reason to stop. */
  readonly mustGoOn = (): void => throwFor(this.reason());

  /** The same for work that the time is not for. */
  readonly mustNotBeSignalled = (): void => throwFor(this.signalled());

  /** Settles when there is a reason to stop; until then it keeps no program alive. */
  raised(): Promise<void> {
    return new Promise((resolve) => {
      const looking = setInterval(() => {
        if (this.reason() === undefined) return;
        clearInterval(looking);
        resolve();
      }, LOOK_MS);
      looking.unref();
    });
  }

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
