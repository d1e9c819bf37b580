/** A property in a file outside the repository, as docs/use/your-own/write-your-own-property.md has it; and what may be wrong in it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

import { pmucheck } from "../../support/cli/command-line.js";

const folder = mkdtempSync(join(tmpdir(), "pmucheck-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

const template = readFileSync("docs/use/your-own/my-property.ts", "utf8");
const IMPORT = 'import { truth, type Property } from "pmucheck/scenarios";\n';

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

test("a safety property is violated by the mail's loss, and its trace replays", () => {
  const path = file("mine.ts", template);
  const { status, stdout } = pmucheck("check", "one-cpu", "--property", path, "--json");
  expect(status).toBe(12);
  const result = file("result.json", stdout);
  const again = pmucheck("replay", result, "--trust");
  expect(again.status).toBe(12);
  expect(again.stdout).toContain(`${path} VIOLATED (two-periods)`);
  writeFileSync(path, template.replace("of.overtakes", "of.overtakes && !of.moved"));
  expect(pmucheck("replay", result, "--trust").stderr).toContain("PMC113");
});

test("check --all and verify ask it of every scenario, although none knows of it", () => {
  const path = file("everywhere.ts", template);
  const one = ["--property", path, "--driver", "linux-6.5", "--irq", "irq"];
  const all = pmucheck("check", "one-cpu", "exit", "--all", ...one);
  expect(all.stdout).toContain("2 checks:");
  expect(all.status).toBe(12);
  const { stdout } = pmucheck("verify", "no-clear", "--scenario", "one-cpu", ...one, "--quiet");
  expect(stdout).toContain("linux-6.5, 1 cells: 0 fixed, 1 still broken");
});

test("a liveness property holds where an event keeps being reported", () => {
  const path = file(
    "live.ts",
    `${IMPORT}export const property: Property = { name: "live", kind: "eventually", sentence: "s", reference: "r",
      subjects: "events", waiting: (view, event) => view.read(truth(event)).due };\n`,
  );
  const { status, stdout } = pmucheck(
    "check",
    "one-cpu",
    "--set",
    "switches=0",
    "--property",
    path,
    "--quiet",
  );
  expect(stdout).toContain(`${path} HOLDS`);
  expect(status).toBe(0);
});

test("a property that throws is at fault by name", () => {
  const path = file(
    "throws.ts",
    template.replace("of.overtakes", "of.nothing.at.all").replace("(of)", "(of: any)"),
  );
  const { status, stdout } = pmucheck("check", "one-cpu", "--property", path);
  expect(status).toBe(10);
  expect(stdout).toContain("PMC208");
});

describe("what is wrong is named, with its field", () => {
  const wrong: readonly (readonly [string, string | RegExp, string, string])[] = [
    [
      "no property",
      "export const property: Property",
      "export const other: Property",
      "exports no 'property'",
    ],
    ["no rule", /rules: \[.*\]/, "rules: []", "property.rules: no rule"],
    ["an empty rule", /\{ name: "two-periods".*?\}/, '{ name: "x" }', "neither brokenBy nor brokenIn"],
  ];
  test.each(wrong)("%s", (what, from, to, message) => {
    const text = template.replace(from, to);
    expect(text).not.toBe(template);
    const path = file(`${what.replaceAll(" ", "-")}.ts`, text);
    const { status, stderr } = pmucheck("check", "one-cpu", "--property", path);
    expect(stderr).toContain(`PMC138: ${path}`);
    expect(stderr).toContain(message);
    expect(status).toBe(129);
  });
});
