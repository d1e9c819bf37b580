/**
 * The store of results as users meet it: a second run takes what the first one found out, says so, and says the same.
 */
import { mkdtempSync, readdirSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, expect, test } from "vitest";

import { pmucheckIn } from "../../support/cli/command-line.js";

const cache = mkdtempSync(join(tmpdir(), "pmucheck-cache-"));
afterAll(() => rmSync(cache, { recursive: true }));
const run = (...args: readonly string[]) => pmucheckIn({ XDG_CACHE_HOME: cache }, ...args);

const MATRIX = ["check", "--all", "refresh", "--driver", "linux-6.5"];
const LINE = /From the store of results: (\d+) of (\d+) cells/;

const results = join(cache, "pmucheck", "results");
const entries = () =>
  readdirSync(results, { recursive: true, encoding: "utf8" }).filter((name) => name.length > 60);

test("a second run says the same, and where it has it from", () => {
  const cold = run(...MATRIX);
  expect(cold.stdout).not.toMatch(LINE);
  expect(entries()).toHaveLength(2);
  const warm = run(...MATRIX);
  const [, stored, of] = LINE.exec(warm.stdout) ?? [];
  expect(stored).toBe(of);
  expect(warm.stdout.split("\n\n").slice(0, -1).join("\n\n")).toBe(cold.stdout.trimEnd());
  expect(warm.status).toBe(cold.status);
});

test("--no-cache takes nothing and keeps nothing", () => {
  const asJson = [...MATRIX, "--json", "--traces", "--no-timing"];
  const warm = run(...asJson);
  rmSync(results, { recursive: true });
  expect(run(...asJson, "--no-cache")).toEqual(warm);
  expect(() => entries()).toThrow("ENOENT");
});

test("a fix is compared with the driver's results, and a damaged entry is explored again", () => {
  const verify = ["verify", "no-clear", "--scenario", "refresh", "--json"];
  const cold = run(...verify, "--no-cache");
  expect(run(...verify)).toEqual(cold);
  for (const entry of entries()) truncateSync(join(results, entry), 50);
  expect(run(...verify)).toEqual(cold);
});
