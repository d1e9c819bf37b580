/**
 * The last result: what a command about a trace takes if no file is named.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

import { pmucheckIn } from "../support/cli/command-line.js";

const folder = mkdtempSync(join(tmpdir(), "pmucheck-last-"));
afterAll(() => rmSync(folder, { recursive: true }));
const within = (name: string) => ({ XDG_STATE_HOME: join(folder, name) });

describe("after a check of several scenarios", () => {
  const run = (...args: string[]) => pmucheckIn(within("several"), ...args);
  run("check", "close", "one-cpu", "frequency", "--quiet");

  test("its first trace is taken, and said on stderr", () => {
    const { status, stdout, stderr } = run("replay");
    expect(status).toBe(12);
    expect(stdout).toMatch(/^pmucheck: replayed, exactly-once VIOLATED \(no-loss\) at step 138: one-cpu/);
    expect(stderr).toMatch(/^pmucheck: the last result, made \d+ s ago: one-cpu, /);
  });

  test("a scenario of it may be named, as may the number of its check", () => {
    expect(run("replay", "frequency").stdout).toMatch(/ at step \d+: frequency,/);
    expect(run("show", "--check", "3", "--format", "json").stdout).toContain('"scenario": "frequency"');
  });

  test("a scenario that has no trace in it is refused, with those that have", () => {
    const { status, stderr } = run("show", "close");
    expect(status).toBe(129);
    expect(stderr).toContain("PMC111: the last result has no trace of close");
    expect(stderr).toContain("(it has: one-cpu, frequency)");
  });

  test("a file goes before a scenario of its name", () => {
    const file = join(folder, "one-cpu");
    writeFileSync(file, "no trace");
    expect(run("show", file).stderr).toContain("PMC112");
  });
});

test("a minimized trace is the last result", () => {
  const run = (...args: string[]) => pmucheckIn(within("minimized"), ...args);
  run("check", "one-cpu", "--set", "period=6", "--quiet");
  run("minimize");
  expect(run("show", "--format", "json").stdout).toContain('"period": 4');
});

describe("where there is none", () => {
  test.each(["explain", "show", "minimize", "replay"])("%s says so, and what to do", (command) => {
    const { status, stdout, stderr } = pmucheckIn(within("none"), command);
    expect({ status, stdout }).toEqual({ status: 129, stdout: "" });
    expect(stderr).toBe(
      "pmucheck: PMC111: no result is remembered: run pmucheck check first, or name a FILE\n",
    );
  });

  test("because the folder cannot be written, a check does not mind", () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    const { status, stderr } = pmucheckIn({ XDG_STATE_HOME: file }, "check", "one-cpu", "--quiet");
    expect({ status, stderr }).toEqual({ status: 12, stderr: "" });
  });

  test("nothing else is left in the folder", () => {
    mkdirSync(join(folder, "clean"));
    pmucheckIn(within("clean"), "check", "one-cpu", "--quiet");
    expect(readdirSync(join(folder, "clean", "pmucheck"))).toEqual(["last.json"]);
  });
});
