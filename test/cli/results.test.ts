/**
 * What the program prints and the status it ends with.
 */
import { describe, expect, test } from "vitest";

import { scenarios } from "../../models/catalogue.js";
import { pmucheck } from "../support/cli/command-line.js";

describe("check", () => {
  test("on the defaults checks every scenario: the verdict first, and 12", () => {
    const { status, stdout, stderr } = pmucheck("check");
    expect({ status, stderr }).toEqual({ status: 12, stderr: "" });
    const verdicts = stdout.split("\n").filter((line) => line.startsWith("pmucheck:"));
    expect(stdout.split("\n")[0]).toBe(verdicts[0]);
    expect(verdicts.slice(0, 2)).toEqual([
      "pmucheck: exactly-once VIOLATED (no-loss) at step 138: one-cpu, linux-6.5, irq",
      "pmucheck: exactly-once VIOLATED (no-loss) at step 147: ping-pong, linux-6.5, irq",
    ]);
    expect(verdicts).toHaveLength(scenarios.length);
  });

  test("prints the same bytes every time", () => {
    expect(pmucheck("check", "one-cpu").stdout).toBe(pmucheck("check", "one-cpu").stdout);
  });

  test.each<readonly [string, number, string]>([
    ["one-cpu --set switches=0", 0, "pmucheck: exactly-once HOLDS: one-cpu, linux-6.5, irq\n"],
    ["one-cpu", 12, "pmucheck: exactly-once VIOLATED (no-loss) at step 138: one-cpu, linux-6.5, irq\n"],
    [
      "one-cpu --max-states 100",
      125,
      "pmucheck: exactly-once INCONCLUSIVE, more than 100 states: one-cpu, linux-6.5, irq\n",
    ],
  ])("--quiet %s ends with %i", (line, status, stdout) => {
    expect(pmucheck("check", "--quiet", ...line.split(" "))).toEqual({ status, stdout, stderr: "" });
  });

  test("a violation outweighs a verdict that holds or is inconclusive", () => {
    expect(pmucheck("check", "--quiet", "--max-states", "5000").status).toBe(12);
  });

  test("ends with the command that replays the trace, and that replays it", () => {
    const lines = pmucheck("check", "one-cpu").stdout.trimEnd().split("\n");
    const command = /^replay: pmucheck (.*) # Hash=[0-9a-f]{12}$/.exec(lines.at(-1) ?? "")?.[1] ?? "";
    const { status, stdout } = pmucheck(...command.split(" "));
    expect(status).toBe(12);
    expect(stdout).toContain(
      "pmucheck: replayed, exactly-once VIOLATED (no-loss) at step 138: one-cpu, linux-6.5, irq\n",
    );
    expect(stdout).toContain("Interrupted after 8 events, period 4\n");
  });

  test("prints assumptions with every verdict", () => {
    const { stdout } = pmucheck("check", "one-cpu", "--set", "switches=0", "--set", "skid=2");
    for (const words of ["period=4", "skid=2", "slice=4", "kernelCounts=1", "Not modelled:", "report  "]) {
      expect(stdout).toContain(words);
    }
  });

  test("--progress talks on stderr only", () => {
    const { stdout } = pmucheck("check", "one-cpu", "--progress");
    expect(stdout).toBe(pmucheck("check", "one-cpu").stdout);
  });
});

describe("--json", () => {
  test("is one document with one entry per check", () => {
    const { status, stdout } = pmucheck("check", "one-cpu", "ping-pong", "--json", "--irq", "nmi");
    expect(status).toBe(12);
    const document: unknown = JSON.parse(stdout);
    expect(document).toMatchObject({
      tool: "pmucheck",
      version: expect.any(String) as string,
      checks: [
        {
          scenario: "one-cpu",
          driver: "linux-6.5",
          property: "exactly-once",
          config: { irq: "nmi", period: 4, skid: 1, slice: 4, kernelCounts: 1 },
          verdict: "violated",
          complete: false,
          states: 9845,
          transitions: 16171,
          depth: 156,
          seconds: expect.any(Number) as number,
          peakRssBytes: expect.any(Number) as number,
          witnesses: { overflow: true, report: true, "context-switch": true, "pending-at-sched-out": true },
          notModelled: expect.arrayContaining([
            "softirqs and preemption inside the kernel are left out",
          ]) as string[],
          hash: expect.stringMatching(/^[0-9a-f]{12}$/) as string,
          trace: {
            format: "pmucheck-trace/1",
            rule: "no-loss",
            epilogue: "Interrupted after 8 events, period 4",
          },
        },
        { scenario: "ping-pong", verdict: "violated" },
      ],
    });
  });

  test("has no trace where nothing is violated", () => {
    const { stdout } = pmucheck("check", "one-cpu", "--set", "switches=0", "--json");
    const { checks } = JSON.parse(stdout) as { checks: object[] };
    expect(checks[0]).toMatchObject({ verdict: "holds", complete: true });
    expect(checks[0]).not.toHaveProperty("trace");
  });
});

describe("replay", () => {
  test("of a path that breaks nothing says so, and ends with 14", () => {
    const { status, stdout } = pmucheck("replay", "--scenario", "one-cpu", "--path", "0x3");
    expect(status).toBe(14);
    expect(stdout).toContain(
      "pmucheck: replayed, exactly-once NOT VIOLATED, no rule is broken along this path",
    );
  });

  test("--json prints the trace", () => {
    const { stdout } = pmucheck("replay", "--scenario", "one-cpu", "--path", "0x4", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ format: "pmucheck-trace/1", rule: "none", cpus: 1 });
  });
});

describe("list", () => {
  test.each([
    ["scenarios", ["one-cpu", "ping-pong", "skid=0..63 (default 1)"]],
    ["drivers", ["linux-6.5 (default)"]],
    [
      "properties",
      ["exactly-once (default)", "no-loss", "no-duplicate", "count-conservation", "pending-at-sched-out"],
    ],
  ])("%s", (what, names) => {
    const { status, stdout } = pmucheck("list", what);
    expect(status).toBe(0);
    for (const name of names) expect(stdout).toContain(name);
  });
});

test("--version and --help end with 0", () => {
  expect(pmucheck("--version")).toMatchObject({ status: 0, stdout: "0.1.0\n" });
  expect(pmucheck("check", "--help").status).toBe(0);
});
