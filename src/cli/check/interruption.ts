/**
 * What may stop a check: the time that it was given, Ctrl-C, and a request to terminate.
 *
 * Only the first signal is caught. The second one ends the program as if nobody listened, whatever it is doing.
 */
import { EXIT, type ExitStatus } from "../exit-status.js";

const STATUSES = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated } as const;
type Caught = keyof typeof STATUSES;
const CAUGHT: readonly Caught[] = ["SIGINT", "SIGTERM"];

export class Interruption {
  readonly #seconds: number | undefined;
  readonly #asked: string;
  #since: number | undefined;
  #caught: Caught | undefined;
  #isTimeUp = false;

  /** @param asked the time as the user wrote it */
  constructor(seconds: number | undefined, asked = "") {
    this.#seconds = seconds;
    this.#asked = asked;
    for (const signal of CAUGHT) process.on(signal, this.#catch);
  }

  /** Why to stop; undefined to go on. The time begins when this is called first: preparing is not searching. */
  readonly reason = (): string | undefined => {
    if (this.#caught !== undefined) return `interrupted by ${this.#caught}`;
    const now = performance.now();
    this.#since ??= now;
    this.#isTimeUp = this.#seconds !== undefined && now - this.#since >= this.#seconds * 1000;
    return this.#isTimeUp ? `more than ${this.#asked} of time` : undefined;
  };

  /** Was there a signal, or is the time up? */
  get isDue(): boolean {
    return this.#caught !== undefined || this.#isTimeUp;
  }

  /** The status for a signal; undefined if there was none. */
  get status(): ExitStatus | undefined {
    return this.#caught && STATUSES[this.#caught];
  }

  /** Listens no longer. */
  end(): void {
    for (const signal of CAUGHT) process.off(signal, this.#catch);
  }

  readonly #catch = (signal: NodeJS.Signals): void => {
    this.#caught = CAUGHT.find((one) => one === signal);
    this.end();
  };
}
