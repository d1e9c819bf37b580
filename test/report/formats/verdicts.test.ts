/**
 * Verdicts as JUnit XML, SARIF and Markdown, against the rules of their formats.
 */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

import { sourceOf } from "../../../src/cli/arguments/model-sources.js";
import { junit } from "../../../src/report/formats/junit.js";
import { markdownOfChecks } from "../../../src/report/formats/markdown.js";
import { sarif } from "../../../src/report/formats/sarif.js";
import { WIDTH } from "../../../src/report/trace/columns.js";
import type { CheckDocument } from "../../../src/trace/document.js";
import { github } from "../../../src/report/formats/github.js";
import { differencesFrom, expectationOf } from "../../../src/trace/expectation.js";
import { sarifSchema } from "../../support/readers/sarif-schema.js";
import { keptCheck, keptTrace, madeTraces } from "../../support/models/traces.js";
import { readXml, type XmlElement } from "../../support/readers/xml-reader.js";

const { trace: _, ...without } = keptCheck;
const undecided = (
  verdict: CheckDocument["verdict"],
  property: string,
  reason: string | null,
): CheckDocument => ({
  ...without,
  property,
  verdict,
  reason,
});

const CHECKS: readonly CheckDocument[] = [
  keptCheck,
  { ...undecided("holds", "no-duplicate", null), complete: true },
  undecided("vacuous", "signal-follows", "never reached: report"),
  undecided("inconclusive", "phase", 'more than 100 states & "<b>" \u0001'),
  undecided("error", "right-task", "PMC204: f() failed"),
  ...madeTraces.map(([, trace]) => ({ ...keptCheck, ...subject(trace), trace })),
];

function subject({ scenario, driver, property, config }: CheckDocument | typeof keptTrace) {
  return { scenario, driver, property, config };
}

describe("JUnit XML", () => {
  const root = readXml(junit(CHECKS, { timestamp: "2026-11-23T12:00:00" }));

  /** JUnit.xsd: these children in this order, these attributes and no others. */
  function expectElement(element: XmlElement, children: string, attributes: readonly string[]): void {
    expect(element.children.map(({ name }) => name).join(" ")).toMatch(new RegExp(`^${children}$`));
    expect(Object.keys(element.attributes).toSorted()).toEqual(attributes.toSorted());
  }

  test("keeps to the schema of Ant's report", () => {
    expect(root.name).toBe("testsuites");
    expectElement(root, "(testsuite ?)+", []);
    root.children.forEach((suite, id) => {
      expectElement(
        suite,
        "properties (testcase )*system-out system-err",
        "name package id timestamp hostname tests failures errors skipped time".split(" "),
      );
      expect(suite.attributes["id"]).toBe(String(id));
      expect(suite.attributes["timestamp"]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
      const [properties, ...rest] = suite.children;
      for (const property of properties?.children ?? []) expectElement(property, "", ["name", "value"]);
      for (const one of rest.filter(({ name }) => name === "testcase")) {
        expectElement(one, "(failure|error)?", ["name", "classname", "time"]);
        for (const outcome of one.children) expectElement(outcome, "", ["message", "type"]);
      }
    });
  });

  test("counts what it contains, and passes only what holds", () => {
    for (const { attributes, children } of root.children) {
      const cases = children.filter(({ name }) => name === "testcase");
      const outcomes = cases.flatMap((one) => one.children.map(({ name }) => name));
      expect(Number(attributes["tests"])).toBe(cases.length);
      expect(Number(attributes["failures"])).toBe(outcomes.filter((name) => name === "failure").length);
      expect(Number(attributes["errors"])).toBe(outcomes.filter((name) => name === "error").length);
    }
    const passed = root.children
      .flatMap(({ children }) => children)
      .filter(({ name, children }) => name === "testcase" && children.length === 0);
    expect(passed.map(({ attributes }) => attributes["name"])).toEqual(["no-duplicate"]);
  });

  test("carries the whole report, and what XML cannot hold as a question mark", () => {
    const cases = root.children[0]?.children.filter(({ name }) => name === "testcase") ?? [];
    expect(cases[0]?.children[0]?.text).toContain("*** A: overflow 2 is due, 0 reported ***");
    expect(cases[3]?.children[0]?.attributes["message"]).toContain('more than 100 states & "<b>" ?');
  });
});

describe("SARIF", () => {
  const log = sarifSchema.parse(JSON.parse(sarif(CHECKS, { version: "0.1.0", sourceOf })));
  const [run] = log.runs;
  if (run === undefined) throw new Error("no run");
  const traces = [keptTrace, ...madeTraces.map(([, trace]) => trace)];

  test("has a result per violated check, of a rule that exists", () => {
    expect(run.results.map(({ ruleId }) => ruleId)).toEqual(traces.map(({ property }) => property));
    for (const { ruleId, ruleIndex } of run.results) {
      expect(run.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    }
  });

  test("says what it did not decide, and that the run was not successful", () => {
    const [invocation] = run.invocations;
    expect(invocation?.executionSuccessful).toBe(false);
    expect(invocation?.toolExecutionNotifications.map(({ associatedRule }) => associatedRule.id)).toEqual([
      "signal-follows",
      "phase",
      "right-task",
    ]);
    const holding = sarifSchema.parse(JSON.parse(sarif(CHECKS.slice(0, 2), { version: "0.1.0" })));
    expect(holding.runs[0]?.invocations[0]?.executionSuccessful).toBe(true);
  });

  test("has a thread flow per process, which together are the trace", () => {
    run.results.forEach(({ codeFlows }, i) => {
      const flows = codeFlows?.[0]?.threadFlows ?? [];
      const steps = traces[i]?.steps ?? [];
      expect(flows.map(({ id }) => id)).toEqual([...new Set(steps.map(({ process }) => process))]);
      const taken = flows
        .flatMap(({ id, locations }) => locations.map(({ executionOrder }) => ({ id, executionOrder })))
        .toSorted((a, b) => a.executionOrder - b.executionOrder);
      expect(taken).toEqual(steps.map(({ process }, at) => ({ id: process, executionOrder: at + 1 })));
    });
  });

  test("points at the line of the model that defines the function", () => {
    const located = run.results.flatMap(({ codeFlows }) =>
      (codeFlows ?? []).flatMap(({ threadFlows }) =>
        threadFlows.flatMap(({ locations }) => locations.map(({ location }) => location)),
      ),
    );
    const physical = located.filter(({ physicalLocation }) => physicalLocation !== undefined);
    expect(physical.length).toBeGreaterThan(100);
    for (const { logicalLocations, physicalLocation } of physical) {
      const { uri = "" } = physicalLocation?.artifactLocation ?? {};
      expect(existsSync(uri)).toBe(true);
      const lines = readFileSync(uri, "utf8").split("\n");
      const at = physicalLocation?.region.startLine ?? 0;
      expect(lines.slice(at - 1, at + 1).join(" ")).toContain(`"${logicalLocations[0]?.name}"`);
    }
  });

  test("is located where the evidence is taken away: the driver clears the overflow flag", () => {
    for (const { locations } of run.results.filter(({ ruleId }) => ruleId === "exactly-once")) {
      const [place] = locations ?? [];
      expect(place?.message.text).toMatch(/^step \d+: PMOVSCLR = 0x1/);
      expect(place?.logicalLocations[0]?.name).toBe("armv8pmu_disable_intens");
    }
  });

  test("says that a loop can go on for ever", () => {
    const lasso = run.results.find(({ ruleId }) => ruleId === "eventually-delivered");
    expect(lasso?.codeFlows?.[0]?.message.text).toMatch(/steps \d+ to \d+ can repeat for ever/);
  });
});

describe("GitHub's workflow commands", () => {
  const inTree = () => ({ uri: "drivers/perf/a,b.c", line: 7 });

  test("annotate what does not hold, at the step to look at, and count what does", () => {
    const lines = github(CHECKS.slice(0, 5), { sourceOf: inTree, differences: undefined }).split("\n");
    expect(lines.map((line) => /^::\w+/.exec(line)?.[0])).toEqual([
      "::error",
      "::warning",
      "::warning",
      "::error",
      "::notice",
    ]);
    expect(lines[0]).toMatch(
      /^::error file=drivers\/perf\/a%2Cb\.c,line=7,title=pmucheck%3A exactly-once violated in one-cpu::/,
    );
    expect(lines[0]).toContain("%0ALook at step 39: PMOVSCLR = 0x1 in armv8pmu_disable_intens()%0A");
    expect(lines.at(-1)).toBe("::notice title=pmucheck::1 of 5 checks hold");
  });

  test("are notices where a violation is expected, errors where anything else is", () => {
    const [violated, holding] = CHECKS.map(expectationOf);
    if (violated === undefined || holding === undefined) throw new Error("no checks");
    const levels = (expected: typeof violated) => {
      const differences = differencesFrom([expected, holding], CHECKS.slice(0, 2));
      return github(CHECKS.slice(0, 2), { sourceOf: inTree, differences })
        .split("\n")
        .map((line) => /^::\w+/.exec(line)?.[0]);
    };
    expect(levels(violated)).toEqual(["::notice", "::notice"]);
    expect(levels({ ...violated, rule: "no-duplicate" })).toEqual(["::error", "::notice"]);
    expect(levels({ ...violated, property: "phase" })).toEqual(["::error", "::error", "::notice"]);
  });
});

describe("expected verdicts", () => {
  const expected = CHECKS.slice(0, 2).map(expectationOf);
  const differences = differencesFrom(expected, [
    keptCheck,
    { ...CHECKS[1], verdict: "vacuous" } as CheckDocument,
  ]);

  test("make a known violation a JUnit test that passes, and a change one that fails", () => {
    const changed = [keptCheck, { ...CHECKS[1], verdict: "vacuous" } as CheckDocument];
    const [suite] = readXml(junit(changed, { timestamp: "2026-11-23T12:00:00", differences })).children;
    expect(suite?.attributes).toMatchObject({ tests: "2", failures: "1", errors: "0" });
    const failed = suite?.children.find(({ children }) => children[0]?.name === "failure");
    expect(failed?.children[0]?.attributes["message"]).toContain("expected holds, found vacuous");
  });

  test("are SARIF's baseline", () => {
    const stateWith = (of: typeof differences) =>
      sarifSchema.parse(JSON.parse(sarif([keptCheck], { version: "0.1.0", differences: of }))).runs[0]
        ?.results[0]?.baselineState;
    expect(stateWith(differences)).toBe("unchanged");
    expect(stateWith(differencesFrom([], [keptCheck]))).toBe("new");
  });
});

describe("Markdown", () => {
  const text = markdownOfChecks(CHECKS);

  test("has a row per check, and a section for each that does not hold", () => {
    const rows = text.split("\n").filter((line) => line.startsWith("| one-cpu"));
    expect(rows.map((row) => row.split(" | ").at(-1))).toEqual([
      "violated |",
      "holds |",
      "vacuous |",
      "inconclusive |",
      "error |",
    ]);
    expect(text.match(/^-{20,}$/gm)).toHaveLength(CHECKS.length - 1);
  });

  test("is narrow, but for paths and rows", () => {
    const wide = text.split("\n").filter((line) => line.length > WIDTH && !/--path|^\|/.test(line));
    expect(wide).toEqual([]);
  });
});

describe("the place of a kernel function", () => {
  test("is in the file of its C file", () => {
    expect(sourceOf("armpmu_start", "linux-6.5")?.uri).toBe("models/linux/drivers/perf/arm_pmu.ts");
    expect(sourceOf("no_such_function", "linux-6.5")).toBeUndefined();
  });
});
