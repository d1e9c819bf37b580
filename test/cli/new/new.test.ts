/** `pmucheck new` in an empty folder: what it writes does what it says, and nothing of the user's is overwritten. */
import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "pmucheck-test-"));
const bin = join(folder, "bin");
const main = resolve("dist/bin/pmucheck.cjs");

beforeAll(() => {
  mkdirSync(bin);
  writeFileSync(join(bin, "pmucheck"), `#!/bin/sh\nexec "${process.execPath}" "${main}" "$@"\n`, {
    mode: 0o755,
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(command: string, ...args: readonly string[]) {
  return spawnSync(command, args, {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, NODE_OPTIONS: "", PATH: `${bin}${delimiter}${process.env["PATH"] ?? ""}` },
  });
}

test.each(["fix", "scenario", "property", "model"])("a new %s passes its own test", (kind) => {
  const { status, stdout } = run("pmucheck", "new", kind, `a-${kind}`);
  expect(status).toBe(0);
  expect(stdout).toContain(`wrote a-${kind}.ts, a-${kind}.test.mjs`);
  expect(readFileSync(join(folder, `a-${kind}.ts`), "utf8")).toContain(`name: "a-${kind}"`);
  const tested = run(process.execPath, "--test", `a-${kind}.test.mjs`);
  expect(tested.stdout).toContain("# pass 1");
  expect(tested.status).toBe(0);
});

test("a scenario of a quick workload has a test too, of whether it is decided", () => {
  const { status } = run("pmucheck", "new", "scenario", "quick", "--event", "A:period=3");
  expect(status).toBe(0);
  expect(run(process.execPath, "--test", "quick.test.mjs").stdout).toContain("# pass 1");
});

test("a project that has pmucheck needs it nowhere else: its types and its program are found there", () => {
  const project = join(folder, "project");
  const own = join(project, "node_modules/pmucheck");
  mkdirSync(join(own, "docs"), { recursive: true });
  for (const part of ["dist", "docs/use", "package.json"]) cpSync(part, join(own, part), { recursive: true });
  for (const name of ["yargs", "zod", "immer", "diff", "fast-check"]) {
    symlinkSync(resolve("node_modules", name), join(project, "node_modules", name));
  }
  const { stdout } = spawnSync(
    process.execPath,
    [join(own, "dist/bin/pmucheck.cjs"), "new", "model", "mine"],
    { cwd: project, encoding: "utf8" },
  );
  expect(stdout).toContain("  npx pmucheck check ./mine.ts\n");
  expect(readFileSync(join(project, "tsconfig.json"), "utf8")).not.toContain(project);
});

test("an editor finds the types", () => {
  symlinkSync(resolve("node_modules"), join(folder, "modules"));
  const { stdout, status } = run(process.execPath, join(folder, "modules/typescript/bin/tsc"), "-p", folder);
  expect({ stdout, status }).toEqual({ stdout: "", status: 0 });
});

test("nothing is overwritten, and a name is a name", () => {
  const before = readdirSync(folder);
  for (const [name, message] of [
    ["a-fix", "a-fix.ts is there already"],
    ["../up", "'../up' is no name"],
    ["Mine", "'Mine' is no name"],
  ] as const) {
    const { status, stderr } = run("pmucheck", "new", "fix", name);
    expect(status).toBe(129);
    expect(stderr).toContain(`PMC104: ${message}`);
  }
  expect(readdirSync(folder)).toEqual(before);
});
