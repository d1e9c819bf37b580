/**
 * The process's streams: results on stdout, everything else on stderr.
 */
import type { Progress } from "../engine/explore.js";

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

/** A progress line on stderr: rewritten in place on a terminal, a plain line now and then elsewhere. */
export class ProgressLine {
  readonly #name: string;
  readonly #started = performance.now();
  #last = performance.now();
  #shown = false;

  constructor(name: string) {
    this.#name = name;
  }

  show({ states, transitions, depth, frontier }: Progress): void {
    const now = performance.now();
    const terminal = process.stderr.isTTY;
    if (now - this.#last < (terminal ? REWRITE_MS : LINE_MS)) return;
    this.#last = now;
    this.#shown = terminal;
    const rate = Math.round((states / (now - this.#started)) * 1000);
    const megabytes = Math.round(process.memoryUsage.rss() / 1e6);
    const text = `${this.#name}: ${states} states, ${transitions} transitions, depth ${depth}, frontier ${frontier}, ${rate} states/s, ${megabytes} MB`;
    process.stderr.write(terminal ? `\r\u001b[K${text}` : `${text}\n`);
  }

  /** Removes the line from a terminal. */
  clear(): void {
    if (this.#shown) process.stderr.write("\r\u001b[K");
  }
}
