/**
 * Expected verdicts: what a list of checks came to when somebody looked last, and where one differs from that now.
 *
 * A difference counts in both directions. A violation that is gone is as much news as one that is new: the list is to be
 * written again, so that it does not hide the violation's return.
 */
import { z } from "zod";

import { PmucheckError } from "../spec/errors.js";
import type { CheckDocument, Subject, Verdict } from "./document.js";
import { subjectShape } from "./schema.js";

export interface Expectation extends Subject {
  readonly verdict: Verdict;
  /** Of "violated": the rule that is broken. */
  readonly rule?: string | undefined;
}

/** What one check differs by. One of the two is undefined for a check that was not expected, or was not made. */
export interface Difference {
  readonly expected: Expectation | undefined;
  readonly found: Expectation | undefined;
}

export const EXPECTED_FORMAT = "pmucheck-expected/1";

const VERDICTS = ["violated", "holds", "inconclusive", "vacuous", "error"] as const satisfies Verdict[];

const fileSchema = z.object({
  checks: z.array(
    z.object({
      ...subjectShape,
      verdict: z.enum(VERDICTS),
      rule: z.string().optional(),
      trace: z.object({ rule: z.string() }).optional(),
    }),
  ),
});

export function expectationOf(check: CheckDocument): Expectation {
  const { scenario, driver, fix, property, config, verdict, trace } = check;
  return {
    scenario,
    driver,
    ...(fix === undefined ? {} : { fix }),
    property,
    config,
    verdict,
    ...(trace === undefined ? {} : { rule: trace.rule }),
  };
}

/** The verdicts in the text of a file that report/formats/expected.ts wrote, or of `check --json`. Throws PMC115. */
export function readExpectations(text: string, file: string): readonly Expectation[] {
  const read = fileSchema.safeParse(parsed(text, file));
  if (!read.success) {
    const [issue] = read.error.issues;
    const where = issue === undefined || issue.path.length === 0 ? "" : ` at ${issue.path.join(".")}`;
    throw new PmucheckError(
      "PMC115",
      `${file} has no list of verdicts${where}: ${issue?.message ?? "?"}; write one with --output expect:FILE`,
    );
  }
  const expected = read.data.checks.map(({ trace, ...of }) => ({ ...of, rule: of.rule ?? trace?.rule }));
  const twice = expected.find((one, at) => expected.findIndex((of) => keyOf(of) === keyOf(one)) < at);
  if (twice !== undefined)
    throw new PmucheckError("PMC115", `${file} says twice what ${keyOf(twice)} comes to`);
  return expected;
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PmucheckError("PMC115", `${file} is not JSON, or was cut short: ${reason}`);
  }
}

/** Where the checks are not as expected: first what was found, in its order, then what was not checked. */
export function differencesFrom(
  expected: readonly Expectation[],
  checks: readonly CheckDocument[],
): readonly Difference[] {
  const byKey = new Map(expected.map((one) => [keyOf(one), one]));
  const found = checks.map(expectationOf);
  const differing = found.flatMap((one) => {
    const wanted = byKey.get(keyOf(one));
    return wanted !== undefined && isAsExpected(wanted, one) ? [] : [{ expected: wanted, found: one }];
  });
  const made = new Set(found.map(keyOf));
  const missing = expected.filter((one) => !made.has(keyOf(one)));
  return [...differing, ...missing.map((one) => ({ expected: one, found: undefined }))];
}

/** An error is never as expected: another fault would have the same verdict. */
function isAsExpected(expected: Expectation, found: Expectation): boolean {
  const { verdict } = found;
  return verdict !== "error" && verdict === expected.verdict && found.rule === expected.rule;
}

/** Is that what a check came to? */
export function isOf(found: Expectation | undefined, check: CheckDocument): boolean {
  return found !== undefined && keyOf(found) === keyOf(check);
}

/** What is checked, as one text. */
function keyOf({ scenario, driver, fix, property, config }: Subject): string {
  const settings = Object.entries(config)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`);
  return [scenario, driver, ...(fix === undefined ? [] : [fix]), property, ...settings].join(", ");
}
