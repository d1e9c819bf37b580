/**
 * The progress of a matrix: a line at once, before the first cell is done, and then how far it is.
 */
import { afterEach, expect, test, vi } from "vitest";

import { CellProgress } from "../../../src/cli/matrix/progress.js";

const said = vi.hoisted((): string[] => []);
vi.mock("../../../src/cli/terminal/terminal.js", () => ({ notify: (text: string) => said.push(text) }));

afterEach(() => {
  vi.useRealTimers();
});

test("something is said at once, and then cells done, time left and the cell", () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const progress = new CellProgress(true);
  expect(said).toEqual(["starting\n"]);
  vi.advanceTimersByTime(30_000);
  const job = { scenario: "refresh", driver: "linux-6.5", irq: "nmi" };
  // What the line is made of; the pool gives more.
  const task = { choice: { fix: "no-clear" }, job } as Parameters<
    NonNullable<CellProgress["option"]["onDone"]>
  >[0];
  progress.option.onDone?.(task, 15, 60);
  expect(said.at(-1)).toBe("job 15 of 60, about 90 s left: refresh, linux-6.5 + no-clear, nmi\n");
});
