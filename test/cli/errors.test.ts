/**
 * What the user may get wrong: one coded line on stderr, exit 129, nothing else.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

import { ERROR_CODES } from "../../src/spec/errors.js";
import { pmucheck } from "../support/cli/command-line.js";

const folder = mkdtempSync(join(tmpdir(), "pmucheck-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function expectRefusal(args: readonly string[], code: string, words: string): void {
  const { status, stdout, stderr } = pmucheck(...args);
  expect({ status, stdout, lines: stderr.split("\n").length }).toEqual({ status: 129, stdout: "", lines: 2 });
  expect(stderr).toMatch(new RegExp(`^pmucheck: ${code}: `));
  expect(stderr).toContain(words);
}

describe("a wrong command line", () => {
  test.each<readonly [string, string, string]>([
    ["check one-cup", "PMC101", "unknown scenario 'one-cup'; did you mean 'one-cpu'?"],
    ["check zzzz", "PMC101", "unknown scenario 'zzzz' (see pmucheck list scenario)\n"],
    ["check --fix zzzz", "PMC130", "unknown fix 'zzzz' (see pmucheck list fix)\n"],
    ["check --driver linux-65", "PMC102", "did you mean 'linux-6.5'?"],
    ["check --property exactly", "PMC103", "did you mean 'exactly-once'?"],
    ["check --set skidd=1", "PMC105", "unknown parameter 'skidd'; did you mean 'skid'?"],
    ["check --set skid=99", "PMC106", "it takes a whole number from 0 to 63"],
    ["check --irq fiq", "PMC106", "it takes one of irq, nmi"],
    ["check --set long=1", "PMC107", "set counters=2 or more"],
    ["check --set skid", "PMC104", "--set takes NAME=VALUE, not 'skid'"],
    ["check one-cpu slice=2", "PMC101", "write --set slice=2"],
    ["check --max-states 0", "PMC104", "--max-states takes a whole number above 0"],
    ["check --max-states many", "PMC104", "--max-states takes a whole number above 0"],
    [
      "check --colour",
      "PMC104",
      "unknown option --colour; did you mean '--color'? (see pmucheck check --help)",
    ],
    ["check --propery no-loss", "PMC104", "unknown option --propery; did you mean '--property'?"],
    ["check one-cpu --fx no-clear", "PMC104", "unknown option --fx; did you mean '--fix'?"],
    [
      "check one-cpu --scenario bogus",
      "PMC104",
      "--scenario is no option of check: write it without --scenario",
    ],
    ["check one-cpu --fix no-clear+no-clear", "PMC135", "fix 'no-clear' is there twice: name it once"],
    ["check one-cpu --fix ./none.ts", "PMC111", "cannot read ./none.ts: no such file or directory\n"],
    ["one-cpu", "PMC104", "did you mean pmucheck check one-cpu?"],
    ["explain a b", "PMC104", "unexpected argument 'b' (see pmucheck explain --help)"],
    ["show a b", "PMC104", "several traces are compared on a page: add --format html"],
    ["new", "PMC104", "an argument is missing: pmucheck new <kind> <name> (see pmucheck new --help)"],
    ["new fx a", "PMC104", "the kind cannot be 'fx'; it is one of fix, scenario, property, model"],
    ["chek", "PMC104", "unknown command 'chek'; did you mean 'check'?"],
    ["help chek", "PMC104", "unknown command 'chek'; did you mean 'check'?"],
    ["frobnicate", "PMC104", "unknown command 'frobnicate' (see pmucheck --help)"],
    ["-v", "PMC104", "unknown option -v; did you mean '-V'?"],
    ["check -x", "PMC104", "unknown option -x (see pmucheck check --help)"],
    ["", "PMC104", "name a command, as in pmucheck check one-cpu (see pmucheck --help)"],
    ["check refresh --set sampling=0", "PMC107", "IOC_REFRESH is for sampling events"],
    ["check one-cpu --driver linux-5.4 --irq nmi", "PMC107", "one-cpu with linux-5.4: linux-5.4 cannot take"],
    ["check sigtrap --driver linux-5.10", "PMC107", "attr.sigtrap came with Linux 5.13"],
    ["check --driver linux-5.4 --irq nmi", "PMC107", "cannot take the PMU interrupt as an NMI"],
    ["check one-cpu --all --estimate", "PMC104", "--all and --estimate do not go together"],
    ["check one-cpu --fix no-clear --fix no-swap", "PMC104", "--fix is given more than once"],
    ["check one-cpu --irq nmi --set irq=irq", "PMC104", "irq is set to irq and to nmi"],
    ["check one-cpu --memory 300G", "PMC104", "--memory takes a size from 16M to 256G"],
    ["check one-cpu --estimate --format junit", "PMC104", "--estimate prints text or json, not junit"],
    ["check one-cpu --simulate --jobs 2", "PMC104", "--simulate and --jobs do not go together"],
    ["check one-cpu --jobs 0", "PMC104", "--jobs takes a whole number above 0"],
    ["list models", "PMC104", "there is no list 'models'"],
    ["export one-cup --to murphi", "PMC101", "did you mean 'one-cpu'?"],
    ["export one-cpu", "PMC104", "export needs --to (promela or murphi)"],
    ["export one-cpu --to tla", "PMC104", "--to cannot be 'tla'; it is one of promela, murphi"],
    ["export one-cpu --to promela --max-states 100", "PMC141", "more than 100 states, too many to export"],
    ["replay --irq nmi", "PMC104", "replay takes a FILE, or SCENARIO and --path"],
    ["replay --scenario one-cpu --path 1-2", "PMC114", "neither INDEX nor INDEXxTIMES"],
    [
      "replay --scenario one-cpu --path 0.5",
      "PMC114",
      "step 2 takes choice 5, but the model offers: 0 pmu0: count",
    ],
    ["replay --scenario one-cpu --path 0 --hash 0123456789ab", "PMC113", "Hash=0123456789ab"],
    ["replay /nowhere/trace.json", "PMC111", "cannot read /nowhere/trace.json: no such file or directory\n"],
  ])("%s", (line, code, words) => {
    expectRefusal(
      line.split(" ").filter((word) => word !== ""),
      code,
      words,
    );
  });
});

describe("a broken replay file", () => {
  const whole = pmucheck("check", "one-cpu", "--json").stdout;

  test("that is whole replays", () => {
    expect(pmucheck("replay", file("whole.json", whole)).status).toBe(12);
  });

  test("cut short", () => {
    expectRefusal(
      ["replay", file("short.json", whole.slice(0, 5000))],
      "PMC112",
      "is not JSON, or was cut short",
    );
  });

  test("that is not JSON", () => {
    expectRefusal(["replay", file("text.json", "VIOLATED")], "PMC112", "is not JSON");
  });

  test("that is another JSON document", () => {
    expectRefusal(
      ["replay", file("other.json", '{"format":"itf"}')],
      "PMC112",
      "is no trace and no result of pmucheck: check --json",
    );
  });

  test("with a step that says nothing", () => {
    const broken = whole.replace('"index": 0,', "");
    expectRefusal(["replay", file("step.json", broken)], "PMC112", "at steps.0.index");
  });

  test("of another model", () => {
    const foreign = whole.replaceAll(/"hash": "[0-9a-f]{12}"/g, '"hash": "0123456789ab"');
    expectRefusal(["replay", file("foreign.json", foreign)], "PMC113", "was made under Hash=0123456789ab");
  });

  test("without a violation", () => {
    const holds = pmucheck("check", "one-cpu", "--set", "switches=0", "--json").stdout;
    expectRefusal(["replay", file("holds.json", holds)], "PMC112", "none of its checks was violated");
  });
});

test("every error code is explained in docs/use/errors.md", () => {
  const explained = readFileSync("docs/use/errors.md", "utf8");
  expect(Object.keys(ERROR_CODES).filter((code) => !explained.includes(`| ${code} |`))).toEqual([]);
});
