/**
 * What the program prints and the status it ends with.
 */
import { describe, expect, test } from "vitest";

import { scenarios } from "../../models/catalogue.js";
import { descriptions } from "../../src/cli/catalogue.js";
import { pmucheck, pmucheckIn } from "../support/cli/command-line.js";

describe("check", () => {
  test("on the defaults checks every scenario: a line each, the worst first, totals, and 12", () => {
    const { status, stdout, stderr } = pmucheck("check");
    expect({ status, stderr }).toEqual({ status: 12, stderr: "" });
    const [title = "", ...lines] = stdout.split("\n");
    expect(title).toBe("exactly-once, linux-6.5, irq");
    const verdicts = lines.flatMap((line) => / (VIOLATED|HOLDS) {2}/.exec(line)?.[1] ?? []);
    expect(verdicts).toHaveLength(scenarios.length);
    expect(verdicts).toEqual(verdicts.toSorted().toReversed());
    expect(lines).toContain("one-cpu         VIOLATED  no-loss, step 138: 2 interrupts, 2 switches");
    expect(lines.at(-3)).toMatch(/^\d+ scenarios: \d+ violated, \d+ hold\.$/);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80);
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

  test.each(["", "--full"])(
    "%s ends with the command that replays the trace, and that replays it",
    (full) => {
      const args = ["check", "one-cpu", "--irq", "nmi", "--set", "skid=2", full].filter((arg) => arg !== "");
      const lines = pmucheck(...args)
        .stdout.trimEnd()
        .split("\n");
      const command =
        /^(?:replay: )?pmucheck ([^#]*[^ #])(?: # Hash=[0-9a-f]{12})?$/.exec(lines.at(-1) ?? "")?.[1] ?? "";
      const { status, stdout } = pmucheck(...command.split(" "));
      expect(status).toBe(12);
      expect(stdout).toMatch(
        /^pmucheck: replayed, exactly-once VIOLATED \(no-loss\) at step \d+: one-cpu,\s+linux-6.5, nmi\n/,
      );
      expect(stdout).toContain("Interrupted after ");
    },
  );

  test("--assumptions prints what a verdict rests on, in words", () => {
    const { stdout } = pmucheck(
      "check",
      "one-cpu",
      "--set",
      "switches=0",
      "--set",
      "skid=2",
      "--assumptions",
    );
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
    expect(stdout).toMatch(
      /^pmucheck: replayed, exactly-once NOT VIOLATED, no rule is broken along this\s+path: one-cpu/,
    );
  });

  test("--json prints the trace", () => {
    const { stdout } = pmucheck("replay", "--scenario", "one-cpu", "--path", "0x4", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ format: "pmucheck-trace/1", rule: "none", cpus: 1 });
  });
});

describe("help", () => {
  test.each([["--version"], ["-V"]])("%s prints the version", (option) => {
    expect(pmucheck(option)).toEqual({ status: 0, stdout: "0.1.0\n", stderr: "" });
  });

  test.each(["--help", "-h", "help"])("%s lists the commands", (option) => {
    const { status, stdout } = pmucheck(option);
    expect(status).toBe(0);
    for (const { name } of descriptions()) expect(stdout).toMatch(new RegExp(`^  ${name} +\\w`, "m"));
  });

  test("help CMD is that command's, in groups, with examples", () => {
    const { status, stdout } = pmucheck("help", "check");
    expect(status).toBe(0);
    expect(stdout).toBe(pmucheck("check", "--help").stdout);
    for (const title of ["What is checked:", "Bounds:", "How it searches:", "Examples:"]) {
      expect(stdout).toContain(`\n${title}\n`);
    }
  });
});

describe("colour", () => {
  const verdict = (...args: string[]) =>
    pmucheck("check", "one-cpu", "--max-states", "100", "--quiet", ...args).stdout;
  const inColour = "\u001b[33mINCONCLUSIVE";

  test("is used if it is asked for, and otherwise not where stdout is no terminal", () => {
    expect(verdict("--color", "always")).toContain(inColour);
    expect(verdict()).not.toContain("\u001b");
  });

  test.each<readonly [Readonly<Record<string, string>>, boolean]>([
    [{ FORCE_COLOR: "1" }, true],
    [{ FORCE_COLOR: "0" }, false],
    [{ FORCE_COLOR: "1", NO_COLOR: "1" }, false],
  ])("under %o: %s", (environment, isColoured) => {
    const { stdout } = pmucheckIn(environment, "check", "one-cpu", "--max-states", "100", "--quiet");
    expect(stdout.includes(inColour)).toBe(isColoured);
  });
});

test("COLUMNS says how wide a line may be", () => {
  const { stdout } = pmucheckIn({ COLUMNS: "60" }, "check", "one-cpu", "--set", "switches=0");
  const lines = stdout.split("\n").filter((line) => !line.startsWith("pmucheck: "));
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(60);
});
