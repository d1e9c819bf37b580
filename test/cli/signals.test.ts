/**
 * Ctrl-C: commands that run for minutes stop, say what they came to so far, and end with 130. (A second one: endless.test.ts.)
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, describe, expect, test } from "vitest";

import { PROGRAM } from "../support/cli/command-line.js";

const folder = mkdtempSync(join(tmpdir(), "pmucheck-signals-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs until it says what it is doing, then signals. */
function interrupted(args: readonly string[]): Promise<Ended> {
  const env = { ...process.env, XDG_STATE_HOME: folder, XDG_CACHE_HOME: folder };
  const child = spawn(process.execPath, [PROGRAM, ...args, "--progress"], { env });
  const texts = { stdout: "", stderr: "" };
  let isSent = false;
  child.stdout.on("data", (chunk: Buffer) => (texts.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => {
    texts.stderr += chunk.toString();
    if (!isSent) child.kill("SIGINT");
    isSent = true;
  });
  return new Promise((resolve) => {
    child.on("close", (code) => resolve({ code, ...texts }));
  });
}

const ACKNOWLEDGED = "pmucheck: SIGINT: stopping; the same again ends the program at once\n";

describe("a signal", () => {
  test.each([
    ["check --all one-cpu --no-cache", /interrupted: \d+ jobs were not answered; none is kept\n$/],
    ["check --all one-cpu", /the store has the others, and the same command goes on from there\n$/],
    [
      "verify no-clear --scenario one-cpu --no-cache",
      /interrupted: \d+ jobs? w\w+ not answered; none is kept\n$/,
    ],
    ["claims", /interrupted: \d+ of \d+ claims are not decided\n$/],
    ["synthesize --scenario one-cpu --no-cache", /interrupted .*; no set passes so far; nothing was kept/],
  ])("to %s is acknowledged, and what is not decided is said", async (line, words) => {
    const { code, stderr } = await interrupted(line.split(" "));
    expect(stderr).toContain(ACKNOWLEDGED);
    expect(stderr).toMatch(words);
    expect(code).toBe(130);
  });

  test("to a check of several leaves the table of those that were made, and says which were not", async () => {
    const { code, stdout, stderr } = await interrupted(["check", "hotplug", "one-cpu", "--irq", "nmi"]);
    expect(stdout).toMatch(/^exactly-once, linux-6\.5, nmi\n[\s\S]*\nhotplug +(INCONCLUSIVE|VIOLATED) /);
    expect(stderr).toContain(`${ACKNOWLEDGED}pmucheck: not checked any more: one-cpu\n`);
    expect(code).toBe(130);
  });

  test("to mutate leaves the score of the mutants that were run", async () => {
    const args = ["mutate", "--scenario", "one-cpu", "--irq", "irq", "--set", "switches=0"];
    const { code, stdout } = await interrupted([...args, "--function", "armpmu_start"]);
    expect(stdout).toMatch(
      /^pmucheck: mutate, interrupted by SIGINT: \d+ mutants not run\. Of the others:\n/,
    );
    expect(stdout).toMatch(/1 of 1 mutants/);
    expect(code).toBe(130);
  });
});
