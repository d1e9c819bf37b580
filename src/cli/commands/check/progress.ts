/**
 * The progress of a check: what it does now, how far it is, and how long it may take.
 */
import type { Progress } from "../../../engine/explore.js";
import { shortCount, shortTime } from "../../../report/estimate-text.js";
import type { EstimateDocument } from "../../../trace/document.js";
import type { EstimateTarget } from "../../../check/sampling/estimate.js";
import { StatusLine } from "../../terminal/status-line.js";
import { unlessInterrupted, type Interruption } from "../../thread/interruption.js";

/** A run that lasts longer is worth an estimate. */
const LONG_MS = 10_000;
const BAR = 20;

export class CheckProgress {
  readonly #line: StatusLine;
  readonly #name: string;
  readonly #estimateSize: () => EstimateDocument | undefined;
  #estimate: EstimateDocument | undefined;
  #isEstimated = false;
  /** When the phase began; later by what the estimate took. */
  #started = performance.now();
  #phase: Progress["phase"] = "searching";

  /** @param name which check of how many, and of what */
  constructor(line: StatusLine, name: string, estimateSize: () => EstimateDocument | undefined) {
    this.#line = line;
    this.#name = name;
    this.#estimateSize = estimateSize;
  }

  readonly show = (progress: Progress): void => {
    if (!this.#line.isDue) return;
    if (progress.phase !== this.#phase) {
      this.#phase = progress.phase;
      this.#started = performance.now();
    }
    this.#line.show(`${this.#name}: ${this.#text(progress)}`);
  };

  #text(progress: Progress): string {
    const { phase, states, depth } = progress;
    const counts = `${shortCount(states)} states, depth ${depth}`;
    const memory = `${Math.round(process.memoryUsage.rss() / 1e6)} MB`;
    if (phase === "cheapest") return `looking for the simplest trace: ${counts}, ${memory}`;
    const now = performance.now();
    if (now - this.#started > LONG_MS && !this.#isEstimated) {
      this.#isEstimated = true;
      this.#line.show(`${this.#name}: estimating the size`);
      this.#estimate = this.#estimateSize();
      this.#started += performance.now() - now;
    }
    const rate = (states / Math.max(1, now - this.#started)) * 1000;
    const size = this.#estimate?.states ?? null;
    if (size === null) return `searching: ${counts}, ${shortCount(rate)}/s, ${memory}`;
    if (states >= size.high) return `searching: ${counts}, more than was estimated, ${memory}`;
    const part = Math.min(0.99, states / size.middle);
    const left = shortTime((Math.max(size.middle, states) - states) / Math.max(1, rate));
    return `searching ${bar(part)} ${Math.floor(part * 100)}% of about ${shortCount(size.middle)} states, about ${left} left, ${memory}`;
  }

  clear(): void {
    this.#line.clear();
  }
}

/** `[####------]` */
function bar(part: number): string {
  const done = Math.round(part * BAR);
  return `[${"#".repeat(done)}${"-".repeat(BAR - done)}]`;
}

/** The progress of a check; its size is estimated, if that takes long enough, by sampling. */
export async function progressOf(
  isShown: boolean,
  target: EstimateTarget,
  name: string,
  interruption: Interruption,
): Promise<CheckProgress | undefined> {
  if (!isShown) return undefined;
  // Sampling loads fast-check, which costs more than many a check: only where it is asked for.
  const { estimate, CAREFUL } = await import("../../../check/sampling/estimate.js");
  return new CheckProgress(new StatusLine(true), name, () =>
    unlessInterrupted(() => estimate(target, CAREFUL, interruption.mustGoOn)),
  );
}
