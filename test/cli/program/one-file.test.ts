/**
 * The program of one file (dist/bin) against the same as modules (dist/src), and the code that is kept of it.
 */
import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, expect, test } from "vitest";

import { pmucheck, pmucheckAfter, pmucheckIn } from "../../support/cli/command-line.js";

const folder = mkdtempSync(join(tmpdir(), "pmucheck-one-file-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("it says what the modules say", () => {
  for (const args of [
    ["--help"],
    ["check", "--help"],
    ["--version"],
    ["list", "drivers"],
    ["list", "scenarios"],
    ["nothing"],
  ]) {
    expect({ args, ...pmucheck(...args) }).toEqual({ args, ...pmucheckAfter("", ...args) });
  }
});

test("a file of the user's is given the program's own instances", () => {
  const fix = join(folder, "same.ts");
  writeFileSync(
    fix,
    `import { changing, PmucheckError, type Fix } from "pmucheck";
    import { armv8pmu_handle_irq } from "pmucheck/linux";
    export const fix: Fix = {
      name: "same", summary: "", idea: "", proposedBy: "", hazards: [], assumes: [], claims: [],
      changes: [changing(armv8pmu_handle_irq, function* (base) { return yield* base(); })],
      refuses: (driver) => {
        const isSame = driver.functions.get("armv8pmu_handle_irq") === armv8pmu_handle_irq;
        throw new PmucheckError("PMC135", isSame ? "the same" : "another instance");
      },
    };`,
  );
  const { status, stderr } = pmucheck("check", "one-cpu", "--fix", fix);
  // With its own code, because the class is the program's; another class would be a file's mistake.
  expect(stderr).toBe("pmucheck: PMC135: the same\n");
  expect(status).toBe(129);
});

test("the stack of an internal error leads to the sources", () => {
  const broken = "Object.fromEntries = () => { throw new Error('provoked'); };";
  const options = `--import=data:text/javascript,${encodeURIComponent(broken)}`;
  const { status, stderr } = pmucheckIn({ NODE_OPTIONS: options }, "check", "one-cpu", "--quiet");
  expect(stderr).toMatch(/^pmucheck: internal error, please report it: Error: provoked\n/);
  expect(stderr).toMatch(/\(src\/trace\/schema\.ts:\d+:\d+\)/);
  expect(status).toBe(128);
});

test("code that is kept changes nothing; damaged or another's, it is made anew", () => {
  const cache = { XDG_CACHE_HOME: join(folder, "cache"), NODE_DISABLE_COMPILE_CACHE: "" };
  const code = join(folder, "cache", "pmucheck", "code");
  const list = () => pmucheckIn(cache, "list", "drivers");
  const first = list();
  const [entry = "", ...others] = readdirSync(code);
  expect(others).toEqual([]);
  const made = statSync(join(code, entry));
  expect(list()).toEqual(first);
  expect(statSync(join(code, entry)).mtimeMs).toBe(made.mtimeMs);
  for (const size of [0, 100, made.size - 1]) {
    truncateSync(join(code, entry), size);
    expect(list()).toEqual(first);
    expect(statSync(join(code, entry)).size).toBeGreaterThan(made.size / 2);
  }
  expect(readdirSync(code)).toEqual([entry]);
});

test("where no code can be kept, the program says what it says otherwise", () => {
  writeFileSync(join(folder, "no-folder"), "");
  const { status, stderr } = pmucheckIn(
    { XDG_CACHE_HOME: join(folder, "no-folder"), NODE_DISABLE_COMPILE_CACHE: "" },
    "list",
    "drivers",
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});
