/**
 * `--output`, `--no-timing` and `--expect` of the built program.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

import { run } from "../../../src/cli/command-line.js";
import { sarifSchema } from "../../support/readers/sarif-schema.js";
import { readXml } from "../../support/readers/xml-reader.js";
import { pmucheck } from "../../support/cli/command-line.js";

const folder = mkdtempSync(join(tmpdir(), "pmucheck-output-"));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);
const read = (name: string) => readFileSync(at(name), "utf8");
const outputs = (...names: string[]) => names.flatMap((name) => ["--output", name]);

describe("--output", () => {
  const files = outputs(at("r.sarif"), at("r.xml"), at("r.json"), `expect:${at("known")}`);
  const printed = pmucheck("check", "one-cpu", "--no-timing", "--json", ...files);

  test("writes every file in its format, beside what is printed, and keeps the status", () => {
    expect(printed).toMatchObject({ status: 12, stderr: "" });
    expect(read("r.json")).toBe(printed.stdout);
    expect(sarifSchema.parse(JSON.parse(read("r.sarif"))).runs[0]?.results).toHaveLength(1);
    expect(readXml(read("r.xml").trimEnd()).children[0]?.attributes["timestamp"]).toBe("1970-01-01T00:00:00");
  });

  test("--no-timing makes two runs the same bytes", () => {
    expect(pmucheck("check", "one-cpu", "--no-timing", "--json").stdout).toBe(printed.stdout);
  });

  test("--expect is green for the same verdict, known as it is, and red for another one", () => {
    const same = pmucheck("check", "one-cpu", "--quiet", "--expect", at("known"));
    expect(same).toMatchObject({ status: 0, stderr: "" });
    expect(same.stdout).toMatch(/^pmucheck: exactly-once VIOLATED .*\n\nAs expected by .*: 1 of 1\.\n$/s);
    const better = pmucheck(
      "check",
      "one-cpu",
      "--set",
      "switches=0",
      "--quiet",
      "--json",
      "--expect",
      at("known"),
    );
    expect(better.status).toBe(15);
    expect(better.stderr).toContain("NOT AS EXPECTED");
    expect(JSON.parse(better.stdout)).toMatchObject({ checks: [{ verdict: "holds" }] });
  });
});

test.each<readonly [string, readonly string[]]>([
  ["--output results: the ending names no format; write FORMAT:results", ["--output", "results"]],
  ["--output names a.xml twice", outputs("a.xml", "junit:a.xml")],
  ["cannot write /no-such-folder/r.json: no such file or directory", outputs("/no-such-folder/r.json")],
  ["cannot read", ["--expect", at("none")]],
  ["package.json has no list of verdicts", ["--expect", "package.json"]],
  ["--estimate and --output do not go together", ["--estimate", ...outputs("a.json")]],
])("%s is said before anything is checked", async (message, args) => {
  await expect(run(["check", "one-cpu", ...args])).rejects.toThrow(message);
});

test("check --all and verify write files too", () => {
  const cells = ["--irq", "irq", "--property", "no-duplicate"];
  pmucheck("check", "disable-enable", "--all", "--driver", "linux-6.5", ...cells, ...outputs(at("all.xml")));
  expect(readXml(read("all.xml").trimEnd()).children[0]?.attributes["tests"]).toBe("1");
  const verify = ["verify", "no-clear", "--scenario", "disable-enable", ...cells];
  pmucheck(...verify, ...outputs(at("v.md")), ...outputs(at("v.expect.json")));
  expect(read("v.md")).toContain("no-clear");
  // Known as it is: green, whatever the fix comes to.
  expect(pmucheck(...verify, "--expect", at("v.expect.json")).status).toBe(0);
});
