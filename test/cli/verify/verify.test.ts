/**
 * `pmucheck verify` as a maintainer meets it: small scenarios, fixes whose hazards are known.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

import { combinations, fixes } from "../../../models/fixes/catalogue.js";
import { findings } from "../../../models/fixes/findings.js";
import { pmucheck } from "../../support/cli/command-line.js";
import { sarifSchema } from "../../support/readers/sarif-schema.js";
import { readXml } from "../../support/readers/xml-reader.js";

interface Document {
  readonly cells: readonly { scenario: string; irq: string; property: string; change: string }[];
  readonly closes: readonly object[];
  readonly breaks: readonly object[];
  readonly traces: readonly {
    change: string;
    cause: object;
    cells: readonly object[];
    trace: { steps: object[] };
  }[];
}

const folder = mkdtempSync(join(tmpdir(), "pmucheck-verify-"));
afterAll(() => rmSync(folder, { recursive: true }));

function verify(line: string) {
  return pmucheck("verify", "--jobs", "1", ...line.split(" "));
}

describe("a fix that keeps the flag alone", () => {
  const { status, stdout } = verify("no-clear --scenario one-cpu --json");
  const document = JSON.parse(stdout) as Document;

  test("still loses: 12, nothing closed, nothing broken", () => {
    expect(status).toBe(12);
    expect(document.closes).toEqual([]);
    expect(document.breaks).toEqual([]);
    const exactlyOnce = document.cells.filter(({ property }) => property === "exactly-once");
    expect(exactlyOnce).toEqual(
      ["irq", "nmi"].map((irq) => ({
        scenario: "one-cpu",
        irq,
        property: "exactly-once",
        before: "violated",
        after: "violated",
        change: "still broken",
      })),
    );
  });

  test("has exactly the fields that are promised", () => {
    expect(Object.keys(document)).toEqual(["fix", "driver", "cells", "closes", "breaks", "traces"]);
    expect(document).toMatchObject({ fix: "no-clear", driver: "linux-6.5" });
  });

  test("tells each cause once, exactly-once and no-loss by irq and nmi together, with a trace that replays", () => {
    const causes = document.traces.map(({ cause }) => JSON.stringify(cause));
    expect(new Set(causes).size).toBe(causes.length);
    const loss = document.traces.find(({ cells }) => cells.length === 4);
    expect(loss).toMatchObject({ change: "still broken", cause: { rule: "no-loss" } });
    const file = join(folder, "loss.json");
    writeFileSync(file, JSON.stringify(loss?.trace));
    expect(pmucheck("replay", file).status).toBe(12);
  });
});

describe("a fix that reports from start", () => {
  const { status, stdout } = verify(
    "detect-at-start --scenario one-cpu --scenario period-change --irq irq --traces",
  );

  test("closes one-cpu and is newly broken in period-change: 12, on one page with the trace after it", () => {
    expect(status).toBe(12);
    expect(stdout).toMatch(/^pmucheck: verify detect-at-start FAILS: on linux-6.5 it closes /);
    expect(stdout).toMatch(/\nCloses:\n {2}exactly-once: one-cpu \(irq\)\n/);
    expect(stdout).toMatch(/\nBreaks:\n {2}\[1\] no-duplicate: broken in perf_event_overflow/);
    expect(stdout).toContain("*** FALSE OVERFLOW");
    expect(stdout).toContain("perf_event_overflow may be called with the context's lock held");
    expect(stdout).toMatch(/Not covered:\n {2}every scenario but those named: one-cpu, period-change/);
    const [page = ""] = stdout.split("\n\n[1]");
    const widths = page.split("\n").map(({ length }) => length);
    expect(Math.max(...widths)).toBeLessThanOrEqual(80);
  });

  test("prints the page alone unless traces are asked for; --quiet the first line; Markdown both", () => {
    const line = "detect-at-start --scenario period-change --irq irq --property no-duplicate";
    const page = verify(line).stdout;
    expect(page).not.toContain("FALSE OVERFLOW");
    const words = page.replaceAll(/\s+/g, " ");
    expect(words).toContain("FAILS: on linux-6.5 it closes nothing");
    expect(words).toContain("newly breaks 1 cell in period-change.");
    expect(page).toContain("pmucheck verify detect-at-start+not-after-period");
    expect(verify(`${line} --quiet`).stdout).toMatch(/^pmucheck: verify detect-at-start FAILS: [^\n]*\n$/);
    const markdown = verify(`${line} --format markdown`).stdout;
    expect(markdown).toMatch(/\n## Breaks\n\n- \[1\] no-duplicate/);
    expect(markdown).toContain("FALSE OVERFLOW");
  });
});

describe("exit statuses for a bisection", () => {
  test.each([
    ["relatch-at-start --scenario one-cpu --property exactly-once", 0],
    ["relatch-at-start --scenario merge --property exactly-once --irq irq", 0],
    ["no-clear --scenario one-cpu --property exactly-once --irq irq", 12],
    ["relatch-at-start --scenario one-cpu --property exactly-once --max-states 500", 125],
    ["no-clear --all", 129],
    ["no-claer", 129],
    ["pseudo-nmi --irq irq --scenario one-cpu", 129],
    ["no-clear --quick --scenario ping-pong", 129],
  ])("verify %s: %i", (line, status) => {
    expect(verify(line).status).toBe(status);
  });

  test("an excuse is printed with its reason, a bound and what --quick left out loudly", () => {
    expect(verify("relatch-at-start --scenario merge --property exactly-once --irq irq").stdout).toMatch(
      /not held against the fix\):\n {2}exactly-once: merge \(irq\): the skid is a whole period/,
    );
    const { stdout } = verify(
      "relatch-at-start --scenario one-cpu --scenario ping-pong --property exactly-once --max-states 500 --quick",
    );
    expect(stdout).toMatch(/^pmucheck: verify relatch-at-start INCONCLUSIVE/);
    expect(stdout).toContain("INCONCLUSIVE: exactly-once: one-cpu: more than 500 states");
    expect(stdout).toContain("QUICK: the scenarios of more than 100,000 states: ping-pong");
  });
});

test("pseudo-nmi is compared with the driver without NMIs, and narrows without closing", () => {
  const { stdout, stderr } = verify("pseudo-nmi --scenario one-cpu --json");
  const { cells } = JSON.parse(stdout) as Document;
  const change = (of: string) => cells.find(({ property }) => property === of)?.change;
  expect(new Set(cells.map(({ irq }) => irq))).toEqual(new Set(["nmi"]));
  expect(change("exactly-once")).toBe("still broken");
  expect(change("pmu-stays-disabled")).toBe("newly broken");
  expect(stderr).toContain("not covered: any interrupt mode but nmi");
});

test("a fix in a file, in every process", () => {
  const file = join(folder, "mine.ts");
  writeFileSync(file, readFileSync("docs/use/your-own/my-fix.ts", "utf8"));
  expect(pmucheck("verify", file, "--scenario", "one-cpu", "--property", "exactly-once").status).toBe(0);
});

describe("formats for a CI", () => {
  const line = "detect-at-start --scenario period-change --irq irq --property no-duplicate --format";

  test("JUnit: the verdicts with the fix", () => {
    const [suite] = readXml(verify(`${line} junit`).stdout.trimEnd()).children;
    expect(suite?.attributes).toMatchObject({ failures: "1", errors: "0" });
  });

  test("SARIF: a thread flow per context", () => {
    const [run] = sarifSchema.parse(JSON.parse(verify(`${line} sarif`).stdout)).runs;
    const [flow] = run?.results[0]?.codeFlows ?? [];
    expect(flow?.threadFlows.map(({ id }) => id)).toContain("cpu0");
  });
});

describe("docs/reference/fixes.md", () => {
  const page = readFileSync("docs/reference/fixes.md", "utf8");
  const table = (text: string) => text.split("\n").filter((row) => row.startsWith("| "));
  const nameOf = (row: string) => row.split(" | ")[0]?.replace("| ", "").replace(" (helper)", "");

  test("has a row for every fix and combination", () => {
    const names = new Set(table(page).slice(1).map(nameOf));
    expect(names).toEqual(new Set([...fixes.map(({ name }) => name), ...combinations]));
  });

  test("has every finding, as it is written in the models", () => {
    const words = page.replace(/\s+/g, " ");
    expect(findings.length).toBeGreaterThan(0);
    for (const { title, text } of findings) {
      expect(words).toContain(`### ${title}`);
      expect(words).toContain(text);
    }
  });

  test("is what verify --all prints: its columns and words, around rows of a smaller run", () => {
    const { stdout, status } = verify(
      "--all --scenario one-cpu --irq irq --property exactly-once --format markdown",
    );
    // Some fix passes here.
    expect(status).toBe(0);
    expect(table(stdout)[0]).toBe(table(page)[0]);
    const outcomes = new Map(table(stdout).map((row) => [nameOf(row), row.split(" | ")[1]]));
    expect(outcomes.get("relatch-at-start")).toBe("passes");
    expect(outcomes.get("no-clear")).toBe("fails");
    expect(outcomes.get("save-restore-flag")).toBe("fails");
    expect(outcomes.has("pseudo-nmi")).toBe(false);
  });

  test("says of another driver only what came out of it, and not what was found in this one", () => {
    const { stdout } = verify(
      "--all --scenario kvm-overflow --irq irq --property phase --driver linux-7.3 --format markdown",
    );
    expect(table(stdout).map(nameOf)).toContain("no-lost-overflow");
    expect(stdout).toContain("against linux-7.3 as it is");
    expect(stdout).not.toContain("What was found");
  });
});
