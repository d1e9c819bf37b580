/**
 * The drivers themselves, where PMUCHECK_KERNEL names a kernel tree: every token is gcc's, and every function can be parsed.
 * No line of a kernel is in this repository.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";

import {
  CError,
  readProgram,
  type Include,
  type IncludeProvider,
  type ReadPlan,
} from "../../src/cfront/index.js";
import { Preprocessor } from "../../src/cfront/preprocess/preprocessor.js";
import { hasGcc, inTemporaryFolder, preprocessedByGcc } from "./support/gcc.js";
import { KERNEL, planOf } from "./support/kernel-tree.js";
import { difference, textsOf, textsOfGcc } from "./support/tokens.js";

const NOTHING: ReadPlan = { prelude: [], units: [], include: () => undefined };

if (KERNEL === undefined) {
  process.stderr.write(
    "\n*** PMUCHECK_KERNEL names no kernel tree: NO DRIVER IS PARSED IN test/cfront ***\n\n",
  );
}

describe.skipIf(KERNEL === undefined)("the drivers of the tree", () => {
  const plan = KERNEL === undefined ? NOTHING : planOf(KERNEL);

  test("all that is declared can be parsed", () => {
    const program = readProgram(plan);
    expect(program.failures.map(({ message }) => message)).toEqual([]);

    const broken: string[] = [];
    for (const { definition } of program.functions.values()) {
      try {
        definition?.body();
      } catch (error) {
        if (!(error instanceof CError)) throw error;
        broken.push(error.message);
      }
    }
    expect(broken).toEqual([]);
    expect(program.functions.size).toBeGreaterThan(140);
  });

  test.skipIf(!hasGcc).each(plan.units)("$file is what gcc -E says, token for token", (unit) => {
    const asked: Include[] = [];
    const include: IncludeProvider = (one) => {
      asked.push(one);
      return plan.include(one);
    };
    const first = new Preprocessor(include);
    for (const file of plan.prelude) first.read(file);
    const ours = textsOf(first.copy().read(unit));
    expect(ours.length).toBeGreaterThan(2000);

    const printed = inTemporaryFolder((folder) => {
      for (const one of asked) writeHeader(folder, one, plan.include);
      const [prelude] = plan.prelude;
      writeFileSync(join(folder, "prelude.h"), prelude?.text ?? "");
      writeFileSync(join(folder, "unit.c"), unit.text);
      return preprocessedByGcc(join(folder, "unit.c"), [folder], ["-imacros", join(folder, "prelude.h")]);
    });
    expect(difference(ours, textsOfGcc(printed))).toBeUndefined();
  });
});

/** Where gcc finds what our preprocessor was given. */
function writeHeader(folder: string, include: Include, provider: IncludeProvider): void {
  const found = provider(include);
  const path = join(folder, include.name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, found === undefined || found === "nothing" ? "" : found.text);
}
