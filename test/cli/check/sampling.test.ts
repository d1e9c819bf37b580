/**
 * --simulate, --estimate and what a bound says: words and statuses.
 */
import { describe, expect, test } from "vitest";

import { pmucheck } from "../../support/cli/command-line.js";

describe("check --simulate", () => {
  test("prints the same bytes for a seed: the verdict first, how to walk again, and the replay last", () => {
    const args = ["check", "one-cpu", "--simulate", "--seed", "0"];
    const { status, stdout, stderr } = pmucheck(...args);
    expect({ status, stderr }).toEqual({ status: 12, stderr: "" });
    expect(pmucheck(...args).stdout).toBe(stdout);
    const lines = stdout.trimEnd().split("\n");
    expect(lines[0]).toMatch(
      /^pmucheck: exactly-once VIOLATED \(no-loss\) at step \d+: one-cpu, linux-6.5, irq$/,
    );
    expect(stdout).toContain("(visits of states, which may be the same ones again and again)");
    const again = /^fast-check: (--simulate .*)$/m.exec(stdout)?.[1] ?? "";
    expect(pmucheck("check", "one-cpu", ...again.split(" "), "--quiet").stdout.trimEnd()).toBe(lines[0]);
    const command =
      /^pmucheck (replay one-cpu --hash [0-9a-f]{12} --path .*)$/.exec(lines.at(-1) ?? "")?.[1] ?? "";
    expect(pmucheck(...command.split(" ")).status).toBe(12);
  });

  test("ends with 125 where it found nothing, though an exhaustive check holds", () => {
    const args = ["check", "one-cpu", "--set", "switches=0", "--quiet"];
    expect(pmucheck(...args).status).toBe(0);
    expect(pmucheck(...args, "--simulate", "--walks", "20", "--steps", "100")).toEqual({
      status: 125,
      stdout:
        "pmucheck: exactly-once INCONCLUSIVE, random walks broke no rule (20 of at most 100 steps): one-cpu, linux-6.5, irq\n",
      stderr: "",
    });
  });

  test.each([
    ["--simulate --property eventually-delivered", "PMC120"],
    ["--walks 5", "PMC104"],
    ["--seed 5", "PMC104"],
    ["--simulate --steps 0", "PMC104"],
    ["--simulate --estimate", "PMC104"],
    ["--simulate --walk-path 1:x", "PMC114"],
  ])("%s is refused with %s", (options, code) => {
    const { status, stdout, stderr } = pmucheck("check", "one-cpu", ...options.split(" "));
    expect({ status, stdout }).toEqual({ status: 129, stdout: "" });
    expect(stderr).toMatch(new RegExp(`^pmucheck: ${code}: [^\\n]*\\n$`));
  });
});

describe("check --estimate", () => {
  test("says how many states there are, and is no verdict", () => {
    const { status, stdout, stderr } = pmucheck("check", "refresh", "--estimate");
    expect({ status, stderr }).toEqual({ status: 125, stderr: "" });
    expect(stdout).toMatch(
      /^pmucheck: estimate, [\d,]+ states, \d+ s, \d+ MB of visited states: refresh,\s+linux-6.5, irq\n$/,
    );
  });

  test("--json prints one document", () => {
    const { stdout } = pmucheck("check", "refresh", "--estimate", "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      tool: "pmucheck",
      estimates: [{ scenario: "refresh", method: "counted" }],
    });
  });
});

describe("a bound that was hit", () => {
  const args = ["check", "one-cpu", "--property", "count-conservation", "--max-states", "100"];

  test("is explained: components, who made their values, and what to reduce", () => {
    const { status, stdout } = pmucheck(...args);
    expect(status).toBe(125);
    expect(stdout).toMatch(/^ {2}cpu0\.pe +\d+ {2}arm/m);
    expect(stdout).toMatch(/^ {2}--set period=3 +\(now 4\) [\d,]+ states$/m);
  });

  test("is explained in the document, and not at all with --quiet", () => {
    expect(JSON.parse(pmucheck(...args, "--json").stdout)).toMatchObject({
      checks: [{ verdict: "inconclusive", diagnosis: { sampledSteps: 200_000 } }],
    });
    expect(pmucheck(...args, "--quiet").stdout.split("\n")).toHaveLength(2);
  });
});
