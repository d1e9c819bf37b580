/**
 * Small C programs do what the C language says: what is stored in expected.json, which gcc computed, and what gcc says today
 * where it is there.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

import { hasGcc, printedByGcc } from "./support/gcc.js";
import { showHeld, TestMachine } from "./support/machine.js";

const FOLDER = join(import.meta.dirname, "programs");
const files = readdirSync(FOLDER).filter((name) => name.endsWith(".c"));
const sourceOf = (file: string): string => readFileSync(join(FOLDER, file), "utf8");

/** By file, what each of its functions returns, in decimal. */
type Expected = Readonly<Record<string, Readonly<Record<string, string>>>>;
const expected = JSON.parse(readFileSync(join(FOLDER, "expected.json"), "utf8")) as Expected;

/** The functions to call: all that take nothing and return a number, at the beginning of a line. */
function functionsIn(source: string): string[] {
  return [...source.matchAll(/^long long (\w+)\(void\)(?!;)/gm)].map(([, name = ""]) => name);
}

function results(source: string): Record<string, string> {
  const machine = new TestMachine(source);
  return Object.fromEntries(functionsIn(source).map((name) => [name, showHeld(machine.run(name))]));
}

function resultsOfGcc(source: string): Record<string, string> {
  const names = functionsIn(source);
  const calls = names.map((name) => `  printf("%lld\\n", ${name}());`).join("\n");
  const lines = printedByGcc(
    `${source}\nint printf(const char *, ...);\nint main(void)\n{\n${calls}\n  return 0;\n}\n`,
  );
  return Object.fromEntries(names.map((name, i) => [name, lines[i] ?? "nothing"]));
}

describe.each(files)("%s", (file) => {
  const source = sourceOf(file);

  test("every function returns what is stored", () => {
    expect(results(source)).toEqual(expected[file]);
  });

  test.skipIf(!hasGcc)("and that is what gcc computes", () => {
    expect(resultsOfGcc(source)).toEqual(expected[file]);
  });
});
