/**
 * What the two threads of the program tell each other through shared memory, where one of them may never come back to
 * hear of anything else.
 *
 *     word 0      how often the other words were written: a thread that is stuck writes no more
 *     word 1      bytes of the text that says what of a model is running; 0 if nothing is
 *     word 2      1 if the thread that works can be asked to stop
 *     word 3      the signal that asks it to, as a number; 0 for none
 *     then        the text
 */
import { isMainThread, workerData } from "node:worker_threads";

export const CAUGHT = ["SIGINT", "SIGTERM"] as const;
export type Caught = (typeof CAUGHT)[number];

const WRITES = 0;
const LENGTH = 1;
const LISTENS = 2;
const SIGNAL = 3;
const WORDS = 4;
const TEXT_BYTES = 1024;

export class Board {
  readonly memory: SharedArrayBuffer;
  readonly #words: Int32Array;
  readonly #text: Uint8Array;
  readonly #encoder = new TextEncoder();

  constructor(memory = new SharedArrayBuffer(WORDS * 4 + TEXT_BYTES)) {
    this.memory = memory;
    this.#words = new Int32Array(memory, 0, WORDS);
    this.#text = new Uint8Array(memory, WORDS * 4);
  }

  /** What of a model runs now, or that nothing does. */
  readonly tell = (what: string | undefined): void => {
    const { written } = what === undefined ? { written: 0 } : this.#encoder.encodeInto(what, this.#text);
    this.#words[LENGTH] = written;
    Atomics.add(this.#words, WRITES, 1);
  };

  /** What of a model runs, and a number that changes with every change of that; undefined if nothing does. */
  get running(): { readonly what: string; readonly since: number } | undefined {
    const since = Atomics.load(this.#words, WRITES);
    const length = this.#words[LENGTH] as number;
    if (length === 0) return undefined;
    // A decoder takes no shared memory.
    return { what: new TextDecoder().decode(this.#text.slice(0, length)), since };
  }

  /** Can the thread that works be asked to stop? */
  get listens(): boolean {
    return Atomics.load(this.#words, LISTENS) === 1;
  }

  set listens(does: boolean) {
    Atomics.store(this.#words, LISTENS, does ? 1 : 0);
  }

  get signal(): Caught | undefined {
    return CAUGHT[Atomics.load(this.#words, SIGNAL) - 1];
  }

  set signal(caught: Caught) {
    Atomics.store(this.#words, SIGNAL, CAUGHT.indexOf(caught) + 1);
  }
}

/** What a thread of the program is started with. */
export interface ThreadStart {
  readonly board: SharedArrayBuffer;
  /** Columns of the terminal, where the stream is one. */
  readonly columns: { readonly stdout: number | undefined; readonly stderr: number | undefined };
}

/** What this thread was started with; undefined if it is no thread of the program. */
export function threadStart(): ThreadStart | undefined {
  const start: unknown = isMainThread ? undefined : workerData;
  const isOurs = typeof start === "object" && start !== null && "board" in start && "columns" in start;
  // A library user may run pmucheck in a thread with workerData of another shape.
  return isOurs ? (start as ThreadStart) : undefined;
}
