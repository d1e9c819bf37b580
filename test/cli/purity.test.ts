/**
 * Fixes that remember something outside of their functions, or could: an error by name, whatever the search would have found. And
 * a result that cannot be written.
 */
import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

import { pmucheck } from "../support/cli/command-line.js";

const folder = mkdtempSync(join(tmpdir(), "pmucheck-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The verdict line, or the error, of a fix with this beside the change of armpmu_add(), and this in it. */
function said(beside: string, body: string): { readonly status: number | null; readonly text: string } {
  const path = join(folder, "impure.js");
  writeFileSync(
    path,
    `import { changing, component, operation } from "pmucheck";
     import { armpmu_add, load, perf_event, perf_event_overflow } from "pmucheck/linux";
     ${beside}
     export const fix = { name: "impure", summary: "", idea: "", proposedBy: "", hazards: [], assumes: [], claims: [],
       changes: [changing(armpmu_add, function* (base, event, flags) { ${body} })] };`,
  );
  const { status, stdout, stderr } = pmucheck(
    "check",
    "one-cpu",
    "--quiet",
    "--property",
    "no-duplicate",
    "--fix",
    path,
  );
  return { status, text: stdout + stderr };
}

const LATE = `const left = yield* load(perf_event(event).hw.period_left); const result = yield* base(event, flags);
  if (isLate()) yield* perf_event_overflow(event); return result;`;

test.each<readonly [string, string, string, string]>([
  ["a counter in the module", "let n = 0; const isLate = () => ++n > 3;", LATE, "armpmu_add("],
  ["a counter that takes long", "let n = 0; const isLate = () => ++n > 9;", LATE, "armpmu_add("],
  [
    "a cache",
    "const seen = new Map(); const isLate = () => seen.set(seen.size, 1).size > 3;",
    LATE,
    "armpmu_add(",
  ],
  [
    "an operation that counts",
    `let n = 0; const A = component("event.A");
     const own = operation({ name: "own", perform: (view) => { view.read(A); return ++n > 4; } });`,
    "yield* base(event, flags); if (yield* own()) yield* perf_event_overflow(event); return 0;",
    "",
  ],
])("%s is refused", (_, beside, body, words) => {
  const { status, text } = said(beside, body);
  expect(text).toContain(`PMC201: ${words}`);
  expect(status).toBe(10);
});

test.each<readonly [string, string, string, number]>([
  ["the time", "yield* base(event, flags); return Date.now();", "PMC201: .*impure.js uses Date", 10],
  ["the process", "process.exit(0);", "PMC201: .*impure.js uses process", 10],
  [
    "an asynchronous recipe",
    `yield* operation({ name: "own", perform: (view) => view.update(component("event.A"), async () => {}) })();
     return yield* base(event, flags);`,
    "PMC207: .* returned a promise: what it does after an await would be lost",
    10,
  ],
])("%s is refused", (_, body, words, status) => {
  const found = said("", body);
  expect(found.text).toMatch(new RegExp(words));
  expect(found.status).toBe(status);
});

test("another module is refused, and waiting at the top for what never comes", () => {
  expect(said('import { readFileSync } from "node:fs"; readFileSync;', "")).toEqual({
    status: 129,
    text: `pmucheck: PMC133: ${join(folder, "impure.js")} imports 'node:fs': it may import pmucheck, pmucheck/linux, pmucheck/models, pmucheck/scenarios and files beside it\n`,
  });
  const { status, text } = said("await new Promise(() => {});", "");
  expect(text).toMatch(/^pmucheck: PMC13[13]: .*impure.js/);
  expect(status).toBe(129);
});

test("a result that cannot be written is an error with a code", () => {
  const full = openSync("/dev/full", "w");
  const { status, stderr } = spawnSync(process.execPath, ["dist/bin/pmucheck.cjs", "list", "drivers"], {
    encoding: "utf8",
    stdio: ["ignore", full, "pipe"],
  });
  closeSync(full);
  expect(stderr).toMatch(/^pmucheck: PMC155: the result cannot be written: ENOSPC/);
  expect(status).toBe(129);
});
