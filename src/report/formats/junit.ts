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
 * The text of a failure is the whole report of the check. Durations are those of the documents.
 */
import type { CheckDocument, Verdict } from "../../trace/document.js";
import { driverText } from "../subject.js";
import { verdictLine, verdictText } from "../text.js";

export interface JunitOptions {
  /** When the checks were made: `2026-01-31T12:00:00`, without a zone, as the schema wants it. */
  readonly timestamp: string;
}

const OUTCOMES: Readonly<Record<Verdict, "failure" | "error" | undefined>> = {
  holds: undefined,
  violated: "failure",
  vacuous: "failure",
  inconclusive: "error",
  error: "error",
};

export function junit(checks: readonly CheckDocument[], { timestamp }: JunitOptions): string {
  const suites = new Map<string, CheckDocument[]>();
  for (const check of checks) {
    const key = JSON.stringify([check.scenario, driverText(check), check.config]);
    suites.set(key, [...(suites.get(key) ?? []), check]);
  }
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    "<testsuites>",
    ...[...suites.values()].flatMap((suite, id) => suiteLines(suite, id, timestamp)),
    "</testsuites>",
  ].join("\n");
}

function suiteLines(checks: readonly CheckDocument[], id: number, timestamp: string): string[] {
  const [first] = checks;
  if (first === undefined) return [];
  const { scenario, config } = first;
  const driver = driverText(first);
  const count = (outcome: string) => checks.filter(({ verdict }) => OUTCOMES[verdict] === outcome).length;
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
  const holding = checks.filter(({ verdict }) => verdict === "holds");
  return [
    `  <testsuite ${head}>`,
    "    <properties>",
    ...Object.entries({ scenario, driver, ...config }).map(
      ([name, value]) => `      <property ${attributes({ name, value })}/>`,
    ),
    "    </properties>",
    ...checks.flatMap(caseLines),
    `    <system-out>${escaped(holding.map(verdictText).join("\n\n"))}</system-out>`,
    "    <system-err/>",
    "  </testsuite>",
  ];
}

function caseLines(check: CheckDocument): string[] {
  const outcome = OUTCOMES[check.verdict];
  const head = attributes({
    name: check.property,
    classname: `pmucheck.${nameOf(check)}`,
    time: seconds(check.seconds),
  });
  if (outcome === undefined) return [`    <testcase ${head}/>`];
  const message = attributes({ message: verdictLine(check), type: check.trace?.rule ?? check.verdict });
  return [
    `    <testcase ${head}>`,
    `      <${outcome} ${message}>${escaped(verdictText(check))}</${outcome}>`,
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
