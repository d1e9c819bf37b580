/**
 * A process of the matrix that is killed, by a system short of memory as a rule: its cells are inconclusive, and say why; all
 * others are checked.
 */
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";

import { PROGRAM } from "../../support/cli/command-line.js";

interface Check {
  readonly verdict: string;
  readonly reason: string | null;
}

/** The processes that a process has started, whichever of its threads did. */
function childrenOf(pid: number): number[] {
  const tasks = `/proc/${pid}/task`;
  return readdirSync(tasks).flatMap((task) =>
    readFileSync(`${tasks}/${task}/children`, "utf8").split(" ").filter(Boolean).map(Number),
  );
}

test("the cells of a process that is killed are inconclusive, and the others are checked", async () => {
  const asked = ["close", "late-fall", "--driver", "linux-6.5", "--irq", "irq", "--property", "phase"];
  const how = ["--no-cache", "--json", "--jobs", "1"];
  const child = spawn(process.execPath, [PROGRAM, "check", "--all", ...asked, ...how]);
  const output = text(child.stdout);
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const { pid } = child;
  if (pid === undefined) throw new Error("the program did not start");
  let workers = childrenOf(pid);
  for (; workers.length === 0; workers = childrenOf(pid)) await setTimeout(10);
  for (const worker of workers) process.kill(worker, "SIGKILL");

  expect(await ended).toBe(125);
  const { checks } = JSON.parse(await output) as { readonly checks: readonly Check[] };
  const [killed, ...others] = checks.toSorted(
    (a, b) => Number(b.reason !== null) - Number(a.reason !== null),
  );
  expect(killed).toMatchObject({
    verdict: "inconclusive",
    reason: expect.stringMatching(/^PMC156: .*SIGKILL/) as string,
  });
  expect(others).toMatchObject([{ verdict: "holds", reason: null }]);
});
