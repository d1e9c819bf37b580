/**
 * Models and properties that throw, by the command line: status 10 and who it was, never an internal error.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";

import { pmucheck, pmucheckAfter } from "../../support/cli/command-line.js";

const folder = mkdtempSync(join(tmpdir(), "pmucheck-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe("a fix whose operation", () => {
  const HEAD = 'summary: "", idea: "", proposedBy: "", hazards: [], assumes: [], claims: []';
  const fixWith = (name: string, operation: string) =>
    file(
      `${name}.js`,
      `import { changing, component, operation } from "pmucheck"; import { armpmu_start } from "pmucheck/linux";
       const A = component("event.A");
       const own = operation({ name: "own", ${operation} });
       export const fix = { name: "${name}", ${HEAD}, changes: [
         changing(armpmu_start, function* (base, event, flags) { yield* own(); yield* base(event, flags); }),
       ] };`,
    );

  test.each<readonly [string, string, string]>([
    ["throws", 'perform: () => { throw new Error("oops"); }', "own() in armpmu_start() failed: oops"],
    [
      "changes what it read",
      "perform: (view) => { view.read(A).hw.state = 1; }",
      "own() in armpmu_start() failed: Cannot assign to read only property 'state'",
    ],
    [
      "throws in a recipe",
      'perform: (view) => { view.update(A, () => { throw new Error("oops"); }); }',
      "own() in armpmu_start(), changing event.A, failed: oops",
    ],
    [
      "returns no plain data",
      "perform: () => new Map()",
      "own() in armpmu_start() failed: a Map cannot be part of a state",
    ],
  ])("%s: the verdict error", (name, operation, words) => {
    const path = fixWith(name.replaceAll(" ", "-"), operation);
    const { status, stdout, stderr } = pmucheck("check", "one-cpu", "--quiet", "--fix", path);
    expect({ status, stderr }).toEqual({ status: 10, stderr: "" });
    expect(stdout).toContain(`pmucheck: exactly-once ERROR, PMC207: cpu0: ${words}`);
    expect(stdout.split("\n")).toHaveLength(2);
  });

  test("throws when a trace is replayed with it: one line", () => {
    const trace = file("trace.json", pmucheck("check", "one-cpu", "--json").stdout);
    const path = fixWith("late", 'perform: () => { throw new Error("oops"); }');
    expect(pmucheck("replay", trace, "--edited", "--fix", path)).toEqual({
      status: 10,
      stdout: "",
      stderr:
        "pmucheck: PMC207: cpu0: own() in armpmu_start() failed: oops; a model must not throw, and must change " +
        "components by recipes of update() only\n",
    });
  });
});

test("a fix whose `refuses` throws does not fit", () => {
  const path = file(
    "refusing.js",
    `export const fix = { name: "refusing", summary: "", idea: "", proposedBy: "", hazards: [], assumes: [], claims: [],
       changes: [], refuses: () => { throw new Error("oops"); } };`,
  );
  expect(pmucheck("check", "one-cpu", "--fix", path)).toEqual({
    status: 129,
    stdout: "",
    stderr: "pmucheck: PMC135: refuses() of fix 'refusing' failed: oops\n",
  });
});

describe("a shipped model or property, if it were to throw", () => {
  const catalogue = (of: string) => JSON.stringify(pathToFileURL(`dist/${of}/catalogue.js`));
  const oops = 'const oops = () => { throw new Error("oops"); };';
  /** one-cpu, whose system is changed. */
  const changed = (change: string) => `
    import { scenarios } from ${catalogue("models")};
    ${oops}
    const scenario = scenarios.find(({ name }) => name === "one-cpu");
    const { build } = scenario;
    scenario.build = (...of) => {
      const system = build(...of);
      ${change};
      return system;
    };`;
  const process = changed("system.processes.find(({ name }) => name === 'pmu0').alternatives = oops");
  const signal = changed("system.signals[0].value = oops");
  const rule = `
    import { properties } from ${catalogue("properties")};
    ${oops}
    properties.find(({ name }) => name === "count-conservation").rules[0].brokenIn = oops;`;

  test.each<readonly [string, string, readonly string[], string]>([
    ["a process", process, [], "PMC207: pmu0: alternatives() failed: oops"],
    ["a process, in random walks", process, ["--simulate"], "PMC207: pmu0: alternatives() failed: oops"],
    ["a process, with a reduction", process, ["--reduction"], "PMC207: pmu0: alternatives() failed: oops"],
    ["a signal", signal, [], "PMC207: signal PMOVS of cpu0 failed: oops"],
    ["a signal, in random walks", signal, ["--simulate"], "PMC207: signal PMOVS of cpu0 failed: oops"],
    [
      "a property",
      rule,
      ["--property", "count-conservation"],
      "PMC208: property count-conservation (count-conservation): brokenIn() of A failed: oops",
    ],
  ])("%s: the verdict error", (_, module, options, words) => {
    const { status, stdout, stderr } = pmucheckAfter(module, "check", "one-cpu", "--quiet", ...options);
    expect({ status, stderr }).toEqual({ status: 10, stderr: "" });
    expect(stdout).toContain(`ERROR, ${words};`);
  });

  test.each<readonly [string, readonly string[]]>([
    ["export", ["export", "one-cpu", "--to", "promela"]],
    ["an estimate", ["check", "one-cpu", "--estimate"]],
    ["a replay", ["replay", "--scenario", "one-cpu", "--path", "0"]],
  ])("a process in %s, which has no verdict: one line", (_, args) => {
    const { status, stdout, stderr } = pmucheckAfter(process, ...args);
    expect({ status, stdout }).toEqual({ status: 10, stdout: "" });
    expect(stderr).toMatch(/^pmucheck: PMC207: pmu0: alternatives\(\) failed: oops; .*\n$/);
  });

  test.each<readonly [string, readonly string[]]>([
    ["a check", ["check", "one-cpu"]],
    ["a matrix", ["check", "one-cpu", "--all"]],
    ["mutants", ["mutate", "--scenario", "one-cpu"]],
  ])("a scenario that cannot be built, before %s: one line", (_, args) => {
    const { status, stdout, stderr } = pmucheckAfter(changed("oops()"), ...args);
    expect({ status, stdout }).toEqual({ status: 10, stdout: "" });
    expect(stderr).toMatch(
      /^pmucheck: PMC207: scenario one-cpu with linux-\S+: build\(\) failed: oops; .*\n$/,
    );
  });

  test("a signal: the full text and the document say so, and have no trace", () => {
    const text = pmucheckAfter(signal, "check", "one-cpu");
    expect(text.status).toBe(10);
    expect(text.stdout).toMatch(/^pmucheck: exactly-once ERROR, PMC207: signal PMOVS of cpu0 failed: oops;/);
    const { status, stdout } = pmucheckAfter(signal, "check", "one-cpu", "--json");
    expect(status).toBe(10);
    const [found] = (JSON.parse(stdout) as { readonly checks: readonly object[] }).checks;
    expect(found).toMatchObject({ verdict: "error" });
    expect(found).not.toHaveProperty("trace");
  });
});

test("what is no model's doing is an internal error still", () => {
  const expansion = JSON.stringify(pathToFileURL("dist/src/engine/search/expansion.js"));
  const broken = `
    import { Expansion } from ${expansion};
    Expansion.prototype.pathTo = () => { throw new TypeError("it cannot be"); };`;
  const { status, stdout, stderr } = pmucheckAfter(broken, "check", "one-cpu", "--quiet");
  expect({ status, stdout }).toEqual({ status: 128, stdout: "" });
  expect(stderr).toMatch(/^pmucheck: internal error, please report it: TypeError: it cannot be\n +at /);
});
