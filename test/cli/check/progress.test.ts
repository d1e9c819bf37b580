/**
 * What the progress line says, phase by phase.
 */
import { expect, test } from "vitest";

import { CheckProgress } from "../../../src/cli/commands/check/progress.js";
import { StatusLine } from "../../../src/cli/terminal/status-line.js";

/** Keeps what would be shown, however soon after the last one. */
class Heard extends StatusLine {
  readonly said: string[] = [];

  constructor() {
    super(true);
  }

  override get isDue(): boolean {
    return true;
  }

  override show(text: string): void {
    this.said.push(text);
  }
}

test("the second search is named as what it is, so that its count from 1 does not look like a new start", () => {
  const line = new Heard();
  const progress = new CheckProgress(line, "one-cpu", () => undefined);
  progress.show({ phase: "searching", states: 184_000, depth: 90, transitions: 300_000, frontier: 40 });
  progress.show({ phase: "cheapest", states: 1, depth: 0, transitions: 0, frontier: 1 });
  const [first, second] = line.said;
  expect(first).toMatch(/^one-cpu: searching: 184k states, depth 90, /);
  expect(second).toMatch(/^one-cpu: looking for the simplest trace: 1 states?, depth 0, /);
});
