/**
 * A matrix in parts: whatever runs them, merging gives the table of one run, or says what is wrong.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, describe, expect, test } from "vitest";

import { pmucheck } from "../../support/cli/command-line.js";

const folder = mkdtempSync(join(tmpdir(), "pmucheck-parts-"));
afterAll(() => rmSync(folder, { recursive: true }));

const ASKED = ["check", "--all", "close", "refresh", "--driver", "linux-6.5", "--no-cache", "--jobs", "1"];
const fileOf = (name: string) => join(folder, name);
const parts = ["1/3", "2/3", "3/3"].map((shard) => fileOf(`part-${shard.slice(0, 1)}.json`));

parts.forEach((file, at) => {
  const { stdout, stderr, status } = pmucheck(...ASKED, "--shard", `${at + 1}/3`);
  if (status !== 12) throw new Error(`part ${at + 1} ended with ${status}: ${stderr}`);
  writeFileSync(file, stdout);
});

describe("the parts of a matrix", () => {
  test("make the whole, byte for byte, in any order and format", () => {
    for (const format of [[], ["--json", "--no-timing"], ["--format", "markdown"]]) {
      const whole = pmucheck(...ASKED, ...format);
      const merged = pmucheck("merge", ...parts.toReversed(), ...format);
      expect(merged).toEqual(whole);
    }
  });

  test("of a model without interrupt modes make the whole, too", () => {
    const asked = ["check", "--all", "examples/riscv-like/riscv-like.ts", "--no-cache", "--jobs", "1"];
    const files = ["1/2", "2/2"].map((shard) => {
      const file = fileOf(`own-${shard.slice(0, 1)}.json`);
      writeFileSync(file, pmucheck(...asked, "--shard", shard).stdout);
      return file;
    });
    const whole = pmucheck(...asked);
    expect(whole.status).toBe(12);
    expect(pmucheck("merge", ...files)).toEqual(whole);
  });

  test("have each job once", () => {
    const jobs = parts.flatMap((file) => {
      const { matrices } = JSON.parse(readFileSync(file, "utf8")) as {
        matrices: { checks: { scenario: string; config: { irq: string } }[] }[];
      };
      const checks = matrices.flatMap((matrix) => matrix.checks);
      return [...new Set(checks.map(({ scenario, config }) => `${scenario}, ${config.irq}`))];
    });
    expect(jobs.toSorted()).toEqual(["close, irq", "close, nmi", "refresh, irq", "refresh, nmi"]);
  });

  const [first = "", second = "", third = ""] = parts;
  const refused = (...files: readonly string[]) => {
    const { stdout, stderr, status } = pmucheck("merge", ...files);
    expect({ stdout, status }).toEqual({ stdout: "", status: 129 });
    return stderr;
  };

  test("that are not all there, or there twice, make nothing", () => {
    expect(refused(first, third)).toMatch(
      /^pmucheck: PMC117: of 3 parts there is no 2: run the same with --shard 2\/3\n$/,
    );
    expect(refused(first, second, third, second)).toContain("are both part 2 of 3");
  });

  test("of another question, of another version, or cut short, make nothing", () => {
    const text = readFileSync(second, "utf8");
    const other = fileOf("other.json");
    writeFileSync(other, text.replace('"maxStates":', '"maxStates":1'));
    expect(refused(first, other, third)).toContain(
      "are not parts of one run: they were asked different things",
    );
    writeFileSync(other, text.replace('"version":"', '"version":"9'));
    expect(refused(first, other, third)).toMatch(/PMC117: .*other.json is of version 9/);
    writeFileSync(other, text.replace('"refused":', '"\\u001b[2J":1,"refused":'));
    expect(refused(first, other, third)).toContain(
      `PMC117: ${other} has control characters in its text: "\\x1b[2J"`,
    );
    writeFileSync(other, text.slice(0, -100));
    expect(refused(first, other, third)).toMatch(/PMC117: .*other.json is no part: check/);
    expect(refused(first, fileOf("none.json"), third)).toMatch(/PMC111: cannot read .*none.json/);
  });
});

describe("the parts of verify", () => {
  const of = 2;
  const CELLS = ["--scenario", "close", "--scenario", "refresh", "--no-cache", "--jobs", "1"];
  const partsOf = (name: string, ...asked: readonly string[]) =>
    Array.from({ length: of }, (_, at) => {
      const file = fileOf(`${name}-${at}.json`);
      writeFileSync(file, pmucheck("verify", ...asked, ...CELLS, "--shard", `${at + 1}/${of}`).stdout);
      return file;
    });
  const FIX = "detect-at-start";
  const files = partsOf("fix", FIX);

  test("make the page of one run, byte for byte, in any order and format", () => {
    for (const format of [
      [],
      ["--traces", "--all-cells"],
      ["--json"],
      ["--quiet"],
      ["--format", "junit", "--no-timing"],
    ]) {
      const whole = pmucheck("verify", FIX, ...CELLS, ...format);
      expect(whole.stdout).toContain(FIX);
      expect(pmucheck("merge", ...files.toReversed(), ...format)).toEqual(whole);
    }
  });

  test("have each scenario once, with the fix and without", () => {
    const scenarios = files.map((file) => {
      const { matrices } = JSON.parse(readFileSync(file, "utf8")) as {
        matrices: { checks: { scenario: string }[] }[];
      };
      return matrices.map(({ checks }) => [...new Set(checks.map(({ scenario }) => scenario))]);
    });
    expect(scenarios).toEqual([
      [["close"], ["close"]],
      [["refresh"], ["refresh"]],
    ]);
  });

  test("are not merged with parts of check", () => {
    expect(pmucheck("merge", files[0] ?? "", parts[0] ?? "").stderr).toContain("are not parts of one run");
  });
});

test("what is no part is refused before anything is checked", () => {
  for (const shard of ["0/3", "4/3", "1", "a/b", "1/0"]) {
    expect(pmucheck(...ASKED, "--shard", shard).stderr).toMatch(/^pmucheck: PMC104: --shard .*: write I\/N/);
  }
  expect(pmucheck("check", "close", "--shard", "1/2").stderr).toContain("PMC104: --shard is for check --all");
  expect(pmucheck("verify", "no-clear", "--shard", "1/2", "--quick", "--json").stderr).toContain(
    "PMC104: --shard prints a part",
  );
  expect(pmucheck(...ASKED, "--shard", "1/2", "--json").stderr).toContain("PMC104: --shard prints a part");
});
