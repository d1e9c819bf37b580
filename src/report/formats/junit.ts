/**
 * Verdicts as JUnit XML: for CI servers (Jenkins, GitLab, GitHub test reporters, Azure) that draw test results.
 *
 * Source of the format: the schema of Apache Ant's JUnit report that Windy Road published (JUnit.xsd), which is the
 * strictest of the dialects; the others take what it takes. A suite is a scenario with a driver and parameters, a test
 * case a property. Only "holds" is a test that passes:
 *
 *   violated, vacuous           failure   the trace, or the witnesses that were not reached
 *   inconclusive, error         error     nothing was decided; a CI must not show it green, nor as skipped
 *
 * Where verdicts are expected, a check passes if it is as expected, and fails if it is not.
 *
 * The text of a failure is the whole report of the check. Durations are those of the documents.
 */
import type { CheckDocument, Verdict } from "../../trace/document.js";
import { driverText } from "../subject.js";
import { verdictLine, verdictText } from "../trace/text.js";
import { differenceText } from "../expectations.js";
import { isOf, type Difference } from "../../trace/expectation.js";

export interface JunitOptions {
  /** When the checks were made: `2026-01-31T12:00:00`, without a zone, as the schema wants it. */
  readonly timestamp: string;
  /** What is not as expected; undefined if nothing was expected. */
  readonly differences?: readonly Difference[] | undefined;
}

/** What becomes of a check, and the message if it fails. */
interface Outcome {
  readonly element: "failure" | "error" | undefined;
  readonly message: string;
}

const OUTCOMES: Readonly<Record<Verdict, "failure" | "error" | undefined>> = {
  holds: undefined,
  violated: "failure",
  vacuous: "failure",
  inconclusive: "error",
  error: "error",
};

export function junit(checks: readonly CheckDocument[], { timestamp, differences }: JunitOptions): string {
  const outcomeOf = (check: CheckDocument): Outcome => {
    const difference = differences?.find(({ found }) => isOf(found, check));
    if (difference !== undefined) return { element: "failure", message: differenceText(difference) };
    return {
      element: differences === undefined ? OUTCOMES[check.verdict] : undefined,
      message: verdictLine(check),
    };
  };
  const suites = new Map<string, CheckDocument[]>();
  for (const check of checks) {
    const key = JSON.stringify([check.scenario, driverText(check), check.config]);
    suites.set(key, [...(suites.get(key) ?? []), check]);
  }
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    "<testsuites>",
    ...[...suites.values()].flatMap((suite, id) => suiteLines(suite, { id, timestamp }, outcomeOf)),
    "</testsuites>",
  ].join("\n");
}

function suiteLines(
  checks: readonly CheckDocument[],
  { id, timestamp }: { readonly id: number; readonly timestamp: string },
  outcomeOf: (check: CheckDocument) => Outcome,
): string[] {
  const [first] = checks;
  if (first === undefined) return [];
  const { scenario, config } = first;
  const driver = driverText(first);
  const count = (outcome: string) => checks.filter((check) => outcomeOf(check).element === outcome).length;
  const head = attributes({
    name: nameOf(first),
    package: "pmucheck",
    id,
    timestamp,
    hostname: "localhost",
    tests: checks.length,
    failures: count("failure"),
    errors: count("error"),
    skipped: 0,
    time: seconds(Math.max(...checks.map((check) => check.seconds))),
  });
  const passing = checks.filter((check) => outcomeOf(check).element === undefined);
  return [
    `  <testsuite ${head}>`,
    "    <properties>",
    ...Object.entries({ scenario, driver, ...config }).map(
      ([name, value]) => `      <property ${attributes({ name, value })}/>`,
    ),
    "    </properties>",
    ...checks.flatMap((check) => caseLines(check, outcomeOf(check))),
    `    <system-out>${escaped(passing.map((check) => verdictText(check)).join("\n\n"))}</system-out>`,
    "    <system-err/>",
    "  </testsuite>",
  ];
}

function caseLines(check: CheckDocument, { element, message }: Outcome): string[] {
  const head = attributes({
    name: check.property,
    classname: `pmucheck.${nameOf(check)}`,
    time: seconds(check.seconds),
  });
  if (element === undefined) return [`    <testcase ${head}/>`];
  const what = attributes({ message, type: check.trace?.rule ?? check.verdict });
  return [
    `    <testcase ${head}>`,
    `      <${element} ${what}>${escaped(verdictText(check))}</${element}>`,
    "    </testcase>",
  ];
}

function nameOf(check: CheckDocument): string {
  return [check.scenario, driverText(check), check.config["irq"]].filter((of) => of !== undefined).join(".");
}

function seconds(duration: number): string {
  return duration.toFixed(3);
}

function attributes(of: Readonly<Record<string, string | number>>): string {
  return Object.entries(of)
    .map(([name, value]) => `${name}="${escaped(String(value)).replace(/\s/g, " ")}"`)
    .join(" ");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** Text for an element or an attribute. What XML 1.0 cannot hold at all becomes a question mark. */
function escaped(text: string): string {
  return text
    .replace(/[&<>"]/g, (of) => ENTITIES[of] ?? of)
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "?");
}
