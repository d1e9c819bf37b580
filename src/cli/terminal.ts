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
  readonly #started = performance.now();
  #last = performance.now();
  #shown = false;
  /** Milliseconds that the estimate took: they do not count for the rate. */
  #paused = 0;
  #estimate: EstimateDocument | undefined;
  readonly #estimateSize: () => EstimateDocument;

  constructor(name: string, estimateSize: () => EstimateDocument) {
    this.#name = name;
    this.#estimateSize = estimateSize;
  }

  show({ states, transitions, depth, frontier }: Progress): void {
    const now = performance.now();
    const terminal = process.stderr.isTTY;
    if (now - this.#last < (terminal ? REWRITE_MS : LINE_MS)) return;
    this.#last = now;
    this.#shown = terminal;
    if (now - this.#started - this.#paused > LONG_MS && this.#estimate === undefined) {
      this.#estimate = this.#estimateSize();
      this.#paused = performance.now() - now;
    }
    const rate = Math.round((states / (now - this.#started - this.#paused)) * 1000);
    const megabytes = Math.round(process.memoryUsage.rss() / 1e6);
    const text = `${this.#name}: ${states} states, ${transitions} transitions, depth ${depth}, frontier ${frontier}, ${rate} states/s, ${megabytes} MB${this.#timeLeft(states, rate)}`;
    process.stderr.write(terminal ? `\r\u001b[K${text}` : `${text}\n`);
  }

  #timeLeft(states: number, rate: number): string {
    if (this.#estimate === undefined) return "";
    const { states: size } = this.#estimate;
    if (size === null) return ", size unknown";
    if (states > size.high) return `, more than the estimate of at most ${size.high}`;
    const left = (of: number): string => shortTime(Math.max(0, of - states) / Math.max(1, rate));
    return `, of about ${size.middle} states (${size.low} to ${size.high}), ${left(size.middle)} left (${left(size.low)} to ${left(size.high)})`;
  }

  /** Removes the line from a terminal. */
  clear(): void {
    if (this.#shown) process.stderr.write("\r\u001b[K");
  }
}
