/**
 * The layering rules (.dependency-cruiser.cjs): each is broken once in a small tree of its own, and must be noticed.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

const CRUISER = resolve("node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
const CONFIG = resolve(".dependency-cruiser.cjs");

/** An import that a rule forbids: from, to, the rule's name. Type imports and value imports are taken in turn. */
const FORBIDDEN: readonly (readonly [string, string, string])[] = [
  ["src/spec/a.ts", "src/runtime/b.ts", "src/spec imports nothing of ours"],
  ["src/footprint/a.ts", "src/engine/explore.ts", "src/footprint imports src/spec"],
  ["src/runtime/a.ts", "src/trace/b.ts", "src/runtime imports src/spec"],
  ["src/engine/explore.ts", "src/runtime/b.ts", "src/engine imports src/spec, src/footprint"],
  ["src/cfront/a.ts", "src/runtime/b.ts", "src/cfront imports src/spec"],
  ["src/reduce/a.ts", "src/check/b.ts", "src/reduce imports src/spec, src/footprint, src/engine"],
  ["src/trace/a.ts", "src/engine/explore.ts", "src/trace imports src/spec, src/footprint, src/runtime"],
  ["src/simulate/a.ts", "src/trace/b.ts", "src/simulate imports src/spec, src/footprint, src/runtime"],
  ["src/export/a.ts", "src/footprint/b.ts", "src/export imports src/spec"],
  ["src/report/formats/a.ts", "src/check/b.ts", "src/report imports src/spec, src/trace"],
  ["src/check/verdict/a.ts", "src/report/b.ts", "src/check imports"],
  ["src/mutate/a.ts", "src/minimize/b.ts", "src/mutate imports"],
  ["src/minimize/a.ts", "src/explain/b.ts", "src/minimize imports"],
  ["src/explain/a.ts", "src/minimize/b.ts", "src/explain imports"],
  ["src/explorer/file/a.ts", "src/engine/explore.ts", "src/explorer imports"],
  ["src/explorer/play/a.ts", "src/check/b.ts", "does not need the command line's part of it"],
  ["models/linux/kernel/a.ts", "properties/b.ts", "models imports src/spec"],
  ["properties/a.ts", "src/trace/b.ts", "properties imports src/spec, models"],
  ["src/engine/memory/a.ts", "src/engine/api/b.ts", "src/engine/memory imports only what is before it"],
  [
    "src/engine/kernel/a.ts",
    "src/engine/kernel/wasm/b.ts",
    "src/engine/kernel imports only what is before it",
  ],
  ["src/engine/kernel/wasm/a.ts", "src/engine/kernel/plain/b.ts", "src/engine/kernel/wasm imports only"],
  ["src/engine/states/a.ts", "src/engine/search/b.ts", "src/engine/states imports only what is before it"],
  ["models/linux/c/a.ts", "src/runtime/b.ts", "models/linux/c imports src/spec, src/cfront, models"],
  ["models/linux/kernel/c.ts", "models/linux/c/d.ts", "no model needs C"],
  ["src/kernel-tree/a.ts", "src/report/b.ts", "src/kernel-tree imports"],
  ["src/check/a.ts", "src/engine/states/b.ts", "src/engine has one door"],
];

let root: string;
let errors: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "pmucheck-layering-"));
  symlinkSync(resolve("node_modules"), join(root, "node_modules"));
  for (const name of ["package.json", "tsconfig.json"]) writeFileSync(join(root, name), readFileSync(name));
  FORBIDDEN.forEach(([from, to], i) => {
    const own = join(dirname(from), `case${i}.ts`);
    const other = to.endsWith("explore.ts") ? to : join(dirname(to), `of-case${i}.ts`);
    add(other, "export type T = number;\nexport const t = 1;\n");
    add(own, `import ${i % 2 === 0 ? "type { T }" : "{ t }"} from "${specifier(own, other)}";\n`);
  });
  add("src/engine/explore.ts", 'import type { T } from "../runtime/of-case3.js";\nexport type U = T;\n');
  add("src/cli/circle-a.ts", 'import type { B } from "./circle-b.js";\nexport type A = B;\n');
  add("src/cli/circle-b.ts", 'import type { A } from "./circle-a.js";\nexport type B = A;\n');
  add("test/one/a.ts", 'import { b } from "../two/b.js";\nexport const a = b;\n');
  add("test/two/b.ts", "export const b = 1;\n");
  add("test/two/c.ts", 'import { d } from "../one/d.js";\nexport const c = d;\n');
  add("test/one/d.ts", "export const d = 1;\n");
  add("models/arm/clock.ts", 'import { hrtime } from "node:process";\nexport const now = hrtime;\n');
  add(
    "src/explorer/picture/clock.ts",
    'import { hrtime } from "node:process";\nexport const now = hrtime;\n',
  );
  add("models/arm/schema.ts", 'import { z } from "zod";\nexport const schema = z;\n');
  add("src/report/words.ts", 'import yargs from "yargs";\nexport const words = yargs;\n');
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [CRUISER, "--config", CONFIG, "--output-type", "err", "src", "models", "properties", "test"],
    { cwd: root, encoding: "utf8" },
  );
  errors = stdout + stderr;
});

afterAll(() => rmSync(root, { recursive: true }));

function add(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

function specifier(from: string, to: string): string {
  const path = relative(dirname(from), to).replace(/\.ts$/, ".js");
  return path.startsWith(".") ? path : `./${path}`;
}

describe("an import against the order is refused", () => {
  test.each(FORBIDDEN.map((one, i) => [...one, i] as const))("%s -> %s", (from, _, rule, i) => {
    const own = from.endsWith("explore.ts") ? from : join(dirname(from), `case${i}.ts`);
    const line = errors.split("\n").find((one) => one.includes(rule) && one.includes(own));
    expect(line).toBeDefined();
  });
});

test.each([
  ["no circle of files: src/cli/circle-a.ts"],
  ["no circle of folders: test/one"],
  ["models and renderers are pure: models/arm/clock.ts"],
  ["what is in the explorer's page needs no Node: src/explorer/picture/clock.ts"],
  ["models know no library but immer: models/arm/schema.ts"],
  ["src/cli alone knows the command line: src/report/words.ts"],
])("%s", (line) => {
  expect(errors).toContain(line);
});

test("no folder is a drawer: 25 entries at most, catalogues of scenarios and fixes aside", () => {
  const files = execFileSync("git", ["ls-files", "src", "models", "test"], { encoding: "utf8" }).split("\n");
  const entries = new Map<string, Set<string>>();
  for (const file of files) {
    for (let path = file; dirname(path) !== "."; path = dirname(path)) {
      entries.set(dirname(path), (entries.get(dirname(path)) ?? new Set()).add(path));
    }
  }
  const catalogues = ["models/scenarios", "models/fixes"];
  const drawers = [...entries].filter(([folder, { size }]) => size > 25 && !catalogues.includes(folder));
  expect(drawers.map(([folder, { size }]) => `${folder}: ${size}`)).toEqual([]);
});
