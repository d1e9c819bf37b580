/**
 * A scenario in a file outside the repository, as docs/use/your-own/write-your-own-scenario.md has it; and what a user may get
 * wrong in it.
 */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

import { pmucheck } from "../../support/cli/command-line.js";

const folder = mkdtempSync(join(tmpdir(), "pmucheck-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

const template = readFileSync("docs/use/your-own/my-scenario.ts", "utf8");

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe("the guide's scenario", () => {
  const path = join(folder, "my-scenario.ts");
  copyFileSync("docs/use/your-own/my-scenario.ts", path);

  test("is checked beside a shipped one", () => {
    const { status, stdout, stderr } = pmucheck("check", path, "one-cpu", "--quiet", "--driver", "linux-7.3");
    expect({ status, stderr }).toEqual({ status: 12, stderr: "" });
    const [own, shipped] = stdout.split("\n");
    expect(own).toMatch(
      /^pmucheck: exactly-once VIOLATED \(no-loss\) at step \d+: .*my-scenario\.ts, linux-7\.3/,
    );
    expect(shipped).toContain("one-cpu, linux-7.3");
  });

  test("holds where nothing preempts the task", () => {
    const { status, stdout } = pmucheck("check", path, "--quiet", "--set", "switches=0");
    expect(stdout).toContain("exactly-once HOLDS");
    expect(status).toBe(0);
  });

  test("leaves a trace that replays, is minimized and explained, until the file changes", () => {
    const result = file("result.json", pmucheck("check", path, "--json").stdout);
    expect(pmucheck("replay", result, "--trust").status).toBe(12);
    expect(pmucheck("minimize", result, "--trust", "--budget", "2000").status).toBe(12);
    expect([0, 125]).toContain(pmucheck("explain", result, "--trust", "--budget", "2000").status);
    writeFileSync(path, template.replace("argument: 4n", "argument: 3n"));
    const { status, stderr } = pmucheck("replay", result, "--trust");
    expect(status).toBe(129);
    expect(stderr).toContain("PMC113");
    copyFileSync("docs/use/your-own/my-scenario.ts", path);
  });

  test("is verified: each worker loads the file itself", () => {
    const args = [
      "verify",
      "no-clear",
      "--scenario",
      path,
      "--property",
      "exactly-once",
      "--irq",
      "irq",
      "--json",
    ];
    const { status, stdout } = pmucheck(...args);
    expect(status).toBe(12);
    expect(stdout).toContain("my-scenario.ts");
  });

  test("is walked and estimated", () => {
    expect(pmucheck("check", path, "--simulate", "--walks", "50", "--quiet").status).toBe(12);
    expect(pmucheck("check", path, "--estimate").stdout).toContain("states");
  });
});

describe("what is wrong is named, with its field", () => {
  const wrong: readonly (readonly [string, string, string, string])[] = [
    ["an unknown task", 'of: "T"', 'of: "X"', "events[0].of: there is no task 'X'"],
    ["an unknown witness", '"new-period"', '"new-perod"', "did you mean 'new-period'?"],
    ["no scenario", "export const scenario", "export const cenario", "exports no 'scenario'"],
  ];
  test.each(wrong)("%s", (what, from, to, message) => {
    const text = template.replace(from, to);
    expect(text).not.toBe(template);
    const { status, stdout, stderr } = pmucheck("check", file(`${what.replaceAll(" ", "-")}.ts`, text));
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^pmucheck: PMC\d+: [^\n]*\n$/);
    expect(stderr).toContain(message);
    expect(status).toBe(129);
  });

  test("what does not compile is TypeScript's message", () => {
    const { status, stderr } = pmucheck("check", file("types.ts", template.replace("cpus: 2", 'cpus: "2"')));
    expect(status).toBe(129);
    expect(stderr).toMatch(/PMC131: .*types\.ts\(\d+,\d+\): error TS/);
  });

  test("a file that is not there", () => {
    const { status, stderr } = pmucheck("check", join(folder, "none.ts"));
    expect(status).toBe(129);
    expect(stderr).toContain("PMC111");
  });
});
