/**
 * `pmucheck minimize` and `pmucheck explain` as users run them: from a file to what is printed, and the status.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

import { pmucheck } from "../support/cli/command-line.js";

const folder = mkdtempSync(join(tmpdir(), "pmucheck-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** Of what this program lays out: its first line, its replay line and how a trace ends are as wide as they are. */
function widest(text: string): number {
  const lines = text.split("\n").filter((line) => !/^(replay: |pmucheck[: ]|\*\*\*)/.test(line));
  return Math.max(...lines.map((line) => line.length));
}

const found = file("found.json", pmucheck("check", "one-cpu", "--set", "period=6", "--json").stdout);

describe("minimize", () => {
  const made = pmucheck("minimize", found, "--json");
  const small = file("small.json", made.stdout);

  test("prints a trace document that says what it was and replays", () => {
    expect({ status: made.status, stderr: made.stderr }).toEqual({ status: 12, stderr: "" });
    expect(JSON.parse(made.stdout)).toMatchObject({
      format: "pmucheck-trace/1",
      rule: "no-loss",
      config: { period: 4 },
      minimized: { parameters: [{ name: "period", from: 6, to: 4 }], oneMinimal: true },
    });
    const { status, stdout } = pmucheck("replay", small);
    expect(status).toBe(12);
    expect(stdout).toMatch(/^pmucheck: replayed, exactly-once VIOLATED \(no-loss\)/);
  });

  test("keeps the parameters if asked to, and says in words what it did", () => {
    const { status, stdout } = pmucheck("minimize", found, "--parameters", "keep");
    expect(status).toBe(12);
    expect(stdout).toMatch(/^pmucheck: minimized, exactly-once VIOLATED \(no-loss\) at step \d+: one-cpu/);
    expect(stdout).toMatch(
      / {2}(Nothing to leave out: |From \d+ steps .* to )\d+ steps with \d+ interruptions/,
    );
    expect(stdout).toContain("No single step can be left out (1-minimal)");
    expect(stdout.trimEnd().split("\n").at(-1)).toMatch(
      /^pmucheck replay one-cpu --set period=6 .*--path [\d.x]+$/,
    );
    expect(stdout.split("\n").length).toBeLessThan(9);
    const full = pmucheck("minimize", found, "--parameters", "keep", "--full").stdout;
    expect(full).toContain("Interrupted after 12 events, period 6");
    expect(widest(stdout)).toBeLessThanOrEqual(80);
  });

  test("has nothing to do with a check that holds", () => {
    const holds = file("holds.json", pmucheck("check", "one-cpu", "--set", "switches=0", "--json").stdout);
    const { status, stdout, stderr } = pmucheck("minimize", holds);
    expect({ status, stdout }).toEqual({ status: 129, stdout: "" });
    expect(stderr).toMatch(/^pmucheck: PMC112: /);
  });
});

describe("explain", () => {
  const trace = file("trace.json", pmucheck("check", "one-cpu", "--json").stdout);

  test("says all of it in text, and ends with 0 because every part was decided", () => {
    const { status, stdout, stderr } = pmucheck("explain", trace, "--why-not", "irq@20", "--full");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^pmucheck: explained, exactly-once \(no-loss\): one-cpu, linux-6.5, irq\n/);
    for (const part of [
      "* What happens: it begins at step 4 ",
      "* Evidence destroyed: step 39 (PMOVSCLR = 0x1 in armv8pmu_disable_intens,\n  arm_pmuv3.c) sets PMOVS back.\n",
      "irq0 was not enabled at step 20:\n  - PSTATE.I is 1\n",
      "Point of no return:\n",
      "Nearest passing execution (",
      "Last writers of what the rule depends on:\n",
      "Needed for it (forbid any one and it cannot happen):\n",
      "Not needed (it can happen without):\n",
    ]) {
      expect(stdout).toContain(part);
    }
    expect(widest(stdout)).toBeLessThanOrEqual(80);
  });

  test("prints the same as one document", () => {
    const { stdout } = pmucheck("explain", trace, "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      format: "pmucheck-explanation/1",
      rule: "no-loss",
      erased: { signal: "PMOVS" },
      noReturn: { avoidedBy: "next", conclusive: true },
      words: expect.stringContaining("Point of no return: step 8 ") as unknown,
    });
  });

  test("ends with 125 if the effort was not enough, and says so", () => {
    const { status, stdout } = pmucheck("explain", trace, "--budget", "50");
    expect(status).toBe(125);
    expect(stdout).toMatch(/: open|is open|inconclusive/);
  });

  test.each([
    ["PMC122", ["--why-not", "irq"]],
    ["PMC122", ["--why-not", "printer@3"]],
    ["PMC104", ["--budget", "0"]],
  ])("refuses with %s: %j", (code, args) => {
    const { status, stdout, stderr } = pmucheck("explain", trace, ...args);
    expect({ status, stdout }).toEqual({ status: 129, stdout: "" });
    expect(stderr).toMatch(new RegExp(`^pmucheck: ${code}: `));
  });

  test("refuses a loop, and says why", () => {
    const document: unknown = JSON.parse(pmucheck("replay", trace, "--json").stdout);
    const loop = file("loop.json", JSON.stringify({ ...(document as object), loop: 3 }));
    for (const command of ["minimize", "explain"]) {
      const { status, stderr } = pmucheck(command, loop);
      expect(status).toBe(129);
      expect(stderr).toMatch(/^pmucheck: PMC121: .*stay fair/);
    }
  });
});
