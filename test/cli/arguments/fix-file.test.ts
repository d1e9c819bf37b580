/**
 * A fix in a file outside the repository, as docs/use/your-own/write-your-own-fix.md has it; and everything a user may get wrong in it.
 */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

import { pmucheck } from "../../support/cli/command-line.js";

const folder = mkdtempSync(join(tmpdir(), "pmucheck-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

const template = readFileSync("docs/use/your-own/my-fix.ts", "utf8");

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** The template with one thing changed. */
function edited(name: string, from: string | RegExp, to: string): string {
  const text = template.replace(from, to);
  expect(text).not.toBe(template);
  return file(name, text);
}

const HEAD = 'summary: "", idea: "", proposedBy: "", hazards: [], assumes: [], claims: []';

describe("the guide's fix", () => {
  const path = join(folder, "my-fix.ts");
  copyFileSync("docs/use/your-own/my-fix.ts", path);

  test("closes the loss on one CPU, and reports falsely after IOC_PERIOD", () => {
    const { status, stdout, stderr } = pmucheck(
      "check",
      "one-cpu",
      "period-change",
      "--quiet",
      "--fix",
      path,
    );
    expect({ status, stderr }).toEqual({ status: 12, stderr: "" });
    expect(stdout).toBe(
      `pmucheck: exactly-once HOLDS: one-cpu, linux-6.5 + ${path}, irq\n` +
        `pmucheck: exactly-once VIOLATED (no-duplicate) at step 52: period-change, linux-6.5 + ${path}, irq\n`,
    );
  });

  test("combines with a guard by name", () => {
    const args = ["check", "one-cpu", "period-change", "--quiet", "--fix", `${path}+not-after-period`];
    expect(pmucheck(...args).status).toBe(0);
  });

  test("leaves a trace that replays, until the file changes", () => {
    const result = file("result.json", pmucheck("check", "period-change", "--json", "--fix", path).stdout);
    const again = pmucheck("replay", result, "--trust");
    expect(again.status).toBe(12);
    expect(again.stdout).toContain(`period-change, linux-6.5 + ${path}, irq\n`);
    const command = /^pmucheck (replay .*)$/m.exec(again.stdout)?.[1] ?? "";
    expect(pmucheck(...command.split(" ")).status).toBe(12);
    writeFileSync(path, template.replace("completed !== 0", "completed === 1"));
    const { status, stderr } = pmucheck("replay", result, "--trust");
    writeFileSync(path, `// A comment is no change.\n${template}`);
    expect(status).toBe(129);
    expect(stderr).toContain("PMC113");
    expect(pmucheck("replay", result, "--trust").status).toBe(12);
  });

  test("may be JavaScript, and may import a file beside it", () => {
    mkdirSync(join(folder, "lib"));
    file("lib/name.ts", 'export const named = "split";\n');
    const importing = template.replace('name: "my-fix"', "name: named");
    const typescript = file("split.ts", `import { named } from "./lib/name.js";\n${importing}`);
    expect(pmucheck("check", "one-cpu", "--quiet", "--fix", typescript).status).toBe(0);
    const javascript = file("plain.js", template.replace(", type Fix", "").replace("fix: Fix", "fix"));
    expect(pmucheck("check", "one-cpu", "--quiet", "--fix", javascript).status).toBe(0);
  });
});

function expectRefusal(path: string, code: string, words: string): void {
  const { status, stdout, stderr } = pmucheck("check", "one-cpu", "--fix", path);
  expect({ status, stdout, lines: stderr.split("\n").length }).toEqual({ status: 129, stdout: "", lines: 2 });
  expect(stderr).toMatch(new RegExp(`^pmucheck: ${code}: `));
  expect(stderr).toContain(words);
}

describe("a broken fix file is refused in one line", () => {
  test.each<readonly [string, () => string, string, string]>([
    [
      "a misnamed function",
      () => edited("a.ts", /armpmu_start/g, "armpmu_strat"),
      "PMC131",
      "Did you mean 'armpmu_start'?",
    ],
    [
      "a misnamed function in JavaScript",
      () => file("b.js", 'import { armpmu_strat } from "pmucheck/linux"; export const fix = armpmu_strat;'),
      "PMC131",
      "pmucheck/linux has no 'armpmu_strat'; did you mean 'armpmu_start'?",
    ],
    [
      "a module by its name",
      () => file("m.mjs", template),
      "PMC133",
      "m.mjs: .mjs files are not loaded; name it .js, where import and export mean the same",
    ],
    [
      "an import of such a module",
      () => {
        file("helper.mts", "export const limit = 3;");
        return file("n.ts", `import { limit } from "./helper.mts";\n${template}\nexport const used = limit;`);
      },
      "PMC133",
      ".mjs files are not loaded",
    ],
    [
      "a wrong type",
      () => edited("c.ts", "completed = 0", 'completed = ""'),
      "PMC131",
      "c.ts(20,9): error TS2322",
    ],
    [
      "a wrong signature",
      () => edited("d.ts", "(base, event, flags)", "(base, event: number, flags)"),
      "PMC131",
      "TS2345",
    ],
    [
      "a wrong signature in JavaScript",
      () =>
        file(
          "e.js",
          'import { override } from "pmucheck"; import { armpmu_start } from "pmucheck/linux";' +
            `export const fix = { name: "e", ${HEAD}, changes: [override(armpmu_start, function* (a, b, c) {})] };`,
        ),
      "PMC136",
      "the body of 'armpmu_start' takes 3 arguments, but the function is called with 2",
    ],
    [
      "a body that is no generator",
      () =>
        file(
          "f.js",
          'import { changing } from "pmucheck"; import { armpmu_start } from "pmucheck/linux";' +
            `export const fix = { name: "f", ${HEAD}, changes: [changing(armpmu_start, () => {})] };`,
        ),
      "PMC136",
      "write function* (...)",
    ],
    ["a syntax error", () => file("g.js", "const x = ;"), "PMC131", "g.js(1,11): error TS1109"],
    [
      "an exception while it loads",
      () => file("h.js", 'throw new Error("at the top");'),
      "PMC133",
      "cannot be loaded: at the top",
    ],
    ["no fix in it", () => file("i.js", "export const fux = {};"), "PMC133", "exports no 'fix'"],
    [
      "a fix without changes",
      () => file("j.js", `export const fix = { name: "j", ${HEAD} };`),
      "PMC133",
      "at fix.changes",
    ],
    ["no such file", () => join(folder, "nowhere.ts"), "PMC111", "cannot read"],
    ["no such name", () => "no-cler", "PMC130", "did you mean 'no-clear'?"],
  ])("%s", (_, make, code, words) => {
    expectRefusal(make(), code, words);
  });
});

describe("a fix whose fault shows only when it runs is a verdict of its own", () => {
  test.each<readonly [string, string, string]>([
    ["an exception", 'throw new Error("oops");', "PMC204: armpmu_start() failed: oops"],
    [
      "a random choice",
      "if (Math.random() > 0.5) yield* armpmu_event_set_period(event);",
      "a-random-choice.ts uses Math.random: a model may depend on nothing but",
    ],
  ])("%s", (name, statement, words) => {
    const path = edited(
      `${name.replaceAll(" ", "-")}.ts`,
      "let completed = 0;",
      `let completed = 0; ${statement}`,
    );
    const { status, stdout } = pmucheck("check", "one-cpu", "--quiet", "--fix", path);
    expect(status).toBe(10);
    expect(stdout).toContain(words);
  });
});

test("a fix that sets a parameter contradicts the user who sets another", () => {
  const { status, stderr } = pmucheck("check", "one-cpu", "--irq", "irq", "--fix", "pseudo-nmi");
  expect({ status, stderr }).toEqual({
    status: 129,
    stderr: "pmucheck: PMC107: irq=irq contradicts the fix, which is irq=nmi\n",
  });
});
