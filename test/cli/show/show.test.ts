/**
 * `pmucheck show`, and the formats of `pmucheck check`, as users run them.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

import { pmucheck } from "../../support/cli/command-line.js";

const KEPT = "test/report/formats/golden/one-cpu-irq.trace.json";

const folder = mkdtempSync(join(tmpdir(), "pmucheck-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const kept = readFileSync(KEPT, "utf8");

/** The kept trace with one thing changed. */
function edited(name: string, change: (trace: Record<string, unknown>) => void): string {
  const trace = JSON.parse(kept) as Record<string, unknown>;
  change(trace);
  return file(name, JSON.stringify(trace));
}

function expectRefusal(args: readonly string[], code: string, words: string): void {
  const { status, stdout, stderr } = pmucheck(...args);
  expect({ status, stdout, lines: stderr.split("\n").length }).toEqual({ status: 129, stdout: "", lines: 2 });
  expect(stderr).toMatch(new RegExp(`^pmucheck: ${code}: `));
  expect(stderr).toContain(words);
}

describe("show", () => {
  test.each(["ftrace", "litmus", "mermaid", "vcd", "chrome", "itf", "markdown"])(
    "--format %s prints the golden file, and 0",
    (format) => {
      const golden = readFileSync(`test/report/formats/golden/one-cpu-irq.${format}`, "utf8");
      expect(pmucheck("show", KEPT, "--format", format)).toEqual({ status: 0, stdout: golden, stderr: "" });
    },
  );

  test("without a format prints the steps that decide, and counts the others", () => {
    const { status, stdout } = pmucheck("show", KEPT);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^pmucheck: exactly-once: violated \(no-loss\) at step 138: one-cpu, /);
    expect(stdout).toMatch(/^ +39 {2}PMOVSCLR = 0x1\n +~ PMOVS 0x1 -> 0x0$/m);
    expect(stdout).toContain("= 1 (ignored)");
    expect(stdout).toMatch(/^ +\.\.\. \d+ steps of CPU0 \(--steps \d+-\d+\)$/m);
    expect(stdout).toContain("*** OVERFLOW LOST");
    expect(stdout.split("\n").length).toBeLessThan(90);
  });

  test("shows every step once with --full, and those asked for with --steps and --only", () => {
    const numbers = (...args: string[]) =>
      [...pmucheck("show", KEPT, ...args).stdout.matchAll(/^ {0,4}(\d+)[ hn] /gm)].map(([, number]) =>
        Number(number),
      );
    expect(numbers("--full")).toEqual(Array.from({ length: 138 }, (_, i) => i + 1));
    expect(numbers("--steps", "37-40")).toEqual([37, 38, 39, 40]);
    expect(numbers("--only", "PMOVSCLR,PMCR")).toEqual([24, 26, 39, 78, 80, 96, 120, 122]);
  });

  test("counts what is due and reported in the steps that it does not show, too", () => {
    expect(pmucheck("show", KEPT, "--steps", "130-138").stdout).toContain(
      "*** A: overflow 2 is due, 0 reported ***",
    );
  });

  test.each([
    [["--steps", "0-3"], "--steps takes a range within 1-138, as in 26-40, not '0-3'"],
    [["--steps", "200"], "within 1-138"],
    [["--steps", "9-3"], "not '9-3'"],
    [["--steps", "3", "--format", "mermaid"], "choose steps of the text, not of mermaid"],
  ])("refuses %j", (args, words) => {
    expectRefusal(["show", KEPT, ...args], "PMC104", words);
  });

  test("takes what check --json and replay --json print", () => {
    const result = file("result.json", pmucheck("check", "one-cpu", "ping-pong", "--json").stdout);
    expect(pmucheck("show", result).stdout).toContain(": one-cpu, linux-6.5, irq\n");
    expect(pmucheck("show", result, "--check", "2").stdout).toMatch(/: ping-pong, linux-6\.5,\s+irq\n/);
    const path = file(
      "path.json",
      pmucheck("replay", "--scenario", "one-cpu", "--path", "0x4", "--json").stdout,
    );
    expect(pmucheck("show", path, "--format", "litmus").stdout).toMatch(/ Never 0 5\n$/);
    expectRefusal(["show", result, "--check", "3"], "PMC112", "has 2 checks: there is no check 3");
  });

  test("prints a trace as json that shows the same again", () => {
    const again = file("again.json", pmucheck("show", KEPT, "--format", "json").stdout);
    expect(pmucheck("show", again).stdout).toBe(pmucheck("show", KEPT).stdout);
  });

  test("refuses an unknown format by naming the known ones", () => {
    expectRefusal(["show", KEPT, "--format", "svg"], "PMC104", "it is one of columns, ftrace, litmus");
  });

  test("refuses another version of the format by its name", () => {
    const newer = edited("newer.json", (trace) => (trace["format"] = "pmucheck-trace/2"));
    const words = "is a pmucheck-trace/2 document, and this pmucheck reads pmucheck-trace/1";
    expectRefusal(["show", newer], "PMC112", words);
    expectRefusal(["replay", newer], "PMC112", words);
  });

  test.each<readonly [string, (trace: Record<string, unknown>) => void, string]>([
    ["no steps", (trace) => delete trace["steps"], "at steps"],
    ["a loop beyond its end", (trace) => (trace["loop"] = 1000), "at loop: there are 138 steps"],
    ["a step of a CPU that is not there", (trace) => (trace["cpus"] = 0), "at cpus"],
    ["more CPUs than columns", (trace) => (trace["cpus"] = 1e9), "at cpus"],
    [
      "an event without a text",
      (trace) => (trace["steps"] = [{ ...(trace["steps"] as object[])[0], events: [{ kind: "hardware" }] }]),
      "at steps.0.events.0.text",
    ],
    [
      "a crossing of no event",
      (trace) =>
        (trace["steps"] = [{ ...(trace["steps"] as object[])[0], observations: [{ kind: "crossing" }] }]),
      "at steps.0.observations.0: not an observation",
    ],
  ])("refuses a trace with %s", (name, change, words) => {
    expectRefusal(["show", edited(`${name}.json`, change)], "PMC112", words);
  });

  test.each([
    [
      "an ITF trace",
      '{"#meta":{"format":"ITF"},"vars":[],"states":[]}',
      "is no trace and no result of pmucheck",
    ],
    ["a Chrome trace", '{"traceEvents":[]}', "is no trace and no result of pmucheck"],
    ["half a file", kept.slice(0, 900), "was cut short"],
  ])("refuses %s", (name, text, words) => {
    expectRefusal(["show", file(`${name}.json`, text)], "PMC112", words);
  });
});

describe("check --format", () => {
  test.each([
    ["junit", '<?xml version="1.0"'],
    ["sarif", '{\n  "$schema": "https://docs.oasis-open.org/sarif/'],
    ["markdown", "pmucheck\n========\n"],
    ["json", '{\n  "tool": "pmucheck",'],
    ["text", "pmucheck: exactly-once VIOLATED"],
  ])("%s ends with the status of the verdicts", (format, head) => {
    const { status, stdout, stderr } = pmucheck("check", "one-cpu", "--format", format);
    expect({ status, stderr }).toEqual({ status: 12, stderr: "" });
    expect(stdout.slice(0, head.length)).toBe(head);
  });

  test("does not take two formats", () => {
    expectRefusal(["check", "one-cpu", "--json", "--format", "sarif"], "PMC104", "ask for two formats");
  });
});

describe("replay --edited", () => {
  const foreign = () =>
    pmucheck("check", "one-cpu", "--json").stdout.replaceAll(/"hash": "\w+"/g, '"hash": "0123456789ab"');

  test("follows a trace of another model, where replay refuses and says so", () => {
    const path = file("foreign.json", foreign());
    expectRefusal(["replay", path], "PMC113", "follow its file as far as it goes with --edited");
    const { status, stdout } = pmucheck("replay", path, "--edited");
    expect(status).toBe(12);
    expect(stdout).toContain("pmucheck: replayed on an edited model, exactly-once VIOLATED (no-loss)");
    expect(stdout).toContain("Every step that was followed does what it did in the trace.");
  });

  test("names the point of divergence, in text and in JSON, and ends with 14", () => {
    const path = file("parts.json", foreign().replace('"process": "wakeup0"', '"process": "wakeup9"'));
    const { status, stdout } = pmucheck("replay", path, "--edited");
    expect(status).toBe(14);
    expect(stdout.replaceAll(/\s+/g, " ")).toContain("NOT VIOLATED, step 6 cannot be followed");
    expect(stdout).toContain("\n  trace: wakeup9: B is to run instead of T\n");
    expect(stdout).toContain("wakeup0: B is to run instead of T\n");
    const json = pmucheck("replay", path, "--edited", "--json");
    expect(json.status).toBe(14);
    expect(JSON.parse(json.stdout)).toMatchObject({ rule: "none", edited: { divergence: { step: 6 } } });
    const shown = pmucheck("show", file("followed.json", json.stdout), "--format", "litmus");
    expect(shown.stdout).toMatch(/ Never 0 6\n$/);
  });

  test("takes a file, and --driver with a file takes it", () => {
    expectRefusal(
      ["replay", "--scenario", "one-cpu", "--path", "0", "--edited"],
      "PMC104",
      "--edited takes a FILE",
    );
    expectRefusal(
      ["replay", KEPT, "--driver", "linux-6.5"],
      "PMC104",
      "--driver would: it goes with --edited",
    );
  });
});
