/**
 * The process's streams: results on stdout, everything else on stderr.
 */
import { writeSync } from "node:fs";

import type { Progress } from "../engine/explore.js";
import { shortTime } from "../report/estimate-text.js";
import { reasonOf } from "../spec/blame.js";
import { PmucheckError } from "../spec/errors.js";
import type { EstimateDocument } from "../trace/document.js";

/** Whoever reads the results has gone (`pmucheck ... | head`): there is nothing left to do, and nothing to say. */
export class ReaderGone extends Error {}

/** Prints a result. Throws PMC155 if it cannot be written, {@link ReaderGone} if nobody reads it. */
export function print(text: string): void {
  try {
    write(STDOUT, `${text}\n`);
  } catch (error) {
    if (codeOf(error) === "EPIPE") throw new ReaderGone();
    throw new PmucheckError("PMC155", `the result cannot be written: ${reasonOf(error)}`);
  }
}

export function complain(text: string): void {
  notify(`${text}\n`);
}

/** Writes to stderr, as far as that can be done: a program that cannot complain goes on. */
export function notify(text: string): void {
  try {
    write(STDERR, text);
  } catch {
    // There is nowhere left to say so.
  }
}

const STDOUT = 1;
const STDERR = 2;
const AGAIN_MS = 5;

/** At once, whatever the thread is doing: a stream would pass the text on when the thread has nothing else to do. */
function write(descriptor: number, text: string): void {
  for (let rest = Buffer.from(text); rest.length > 0;) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      // A pipe that is not ready now, because whoever made it does not want to wait.
      if (codeOf(error) !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, AGAIN_MS);
    }
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

const REWRITE_MS = 200;
const LINE_MS = 10_000;
/** A run that lasts longer is worth an estimate. */
const LONG_MS = 10_000;

/** A progress line on stderr: rewritten in place on a terminal, a plain line now and then elsewhere. */
export class ProgressLine {
  readonly #name: string;
  /** Later by what the estimate took. */
  #started = performance.now();
  #last = performance.now();
  #shown = false;
  #isEstimated = false;
  #estimate: EstimateDocument | undefined;
  readonly #estimateSize: () => EstimateDocument | undefined;

  constructor(name: string, estimateSize: () => EstimateDocument | undefined) {
    this.#name = name;
    this.#estimateSize = estimateSize;
  }

  show({ states, transitions, depth, frontier }: Progress): void {
    const now = performance.now();
    const terminal = process.stderr.isTTY;
    if (now - this.#last < (terminal ? REWRITE_MS : LINE_MS)) return;
    this.#last = now;
    this.#shown = terminal;
    const rate = Math.round((states / (now - this.#started)) * 1000);
    if (now - this.#started > LONG_MS && !this.#isEstimated) {
      this.#isEstimated = true;
      this.#estimate = this.#estimateSize();
      this.#started += performance.now() - now;
    }
    const megabytes = Math.round(process.memoryUsage.rss() / 1e6);
    const text = `${this.#name}: ${states} states, ${transitions} transitions, depth ${depth}, frontier ${frontier}, ${rate} states/s, ${megabytes} MB${this.#timeLeft(states, rate)}`;
    notify(terminal ? `\r\u001b[K${text}` : `${text}\n`);
  }

  #timeLeft(states: number, rate: number): string {
    if (this.#estimate === undefined) return "";
    const { states: size } = this.#estimate;
    if (size === null) return ", size unknown";
    const left = (of: number): string => shortTime((of - states) / Math.max(1, rate));
    const range = `of about ${size.middle} states (${size.low} to ${size.high})`;
    if (states > size.high) return `, more than the estimate ${range}`;
    if (states > size.middle) return `, ${range}, at most ${left(size.high)} left`;
    const soonest = left(Math.max(states, size.low));
    return `, ${range}, ${left(size.middle)} left (${soonest} to ${left(size.high)})`;
  }

  /** Removes the line from a terminal. */
  clear(): void {
    if (this.#shown) notify("\r\u001b[K");
  }
}
