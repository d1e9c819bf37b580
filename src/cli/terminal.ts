/**
 * The process's streams: results on stdout, everything else on stderr.
 */
import type { Progress } from "../engine/explore.js";
import { shortTime } from "../report/estimate-text.js";
import type { EstimateDocument } from "../trace/document.js";

/** Prints a result. Ends quietly if whoever reads it has gone (`pmucheck ... | head`). */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function complain(text: string): void {
  process.stderr.write(`${text}\n`);
}

export function endQuietlyOnClosedPipe(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit();
    throw error;
  });
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
    process.stderr.write(terminal ? `\r\u001b[K${text}` : `${text}\n`);
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
    if (this.#shown) process.stderr.write("\r\u001b[K");
  }
}
