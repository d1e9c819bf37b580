/**
 * Whether verdicts are as expected, in words.
 */
import type { CheckDocument } from "../trace/document.js";
import type { Difference, Expectation } from "../trace/expectation.js";
import type { Screen } from "./screen.js";
import { whereChecked } from "./subject.js";
import { hanging } from "./wrap.js";

/** What is said after the verdicts of a run that has expectations. Without a final newline. */
export function expectationsReport(
  checks: readonly CheckDocument[],
  differences: readonly Difference[],
  file: string,
  { width, style }: Screen,
): string {
  const [first] = differences;
  if (first === undefined) {
    return hanging("", `As expected by ${file}: ${checks.length} of ${checks.length}.`, width)
      .map(style.good)
      .join("\n");
  }
  const of = differences.length === 1 ? "1 verdict differs" : `${differences.length} verdicts differ`;
  return [
    ...hanging("", `NOT AS EXPECTED by ${file}: ${of}.`, width).map(style.bad),
    ...differences.flatMap((one) => hanging("  ", differenceText(one), width)),
    ...hanging("", `If that is right, write the file again: --output expect:${file}`, width),
  ].join("\n");
}

/** `one-cpu, linux-6.5, irq, exactly-once: expected holds, found violated (no-loss)` */
export function differenceText({ expected, found }: Difference): string {
  const about = found ?? expected;
  const where = about === undefined ? "" : `${whereChecked(about)}, ${about.property}: `;
  const wanted = expected === undefined ? "not expected" : `expected ${verdictOf(expected)}`;
  return `${where}${wanted}, ${found === undefined ? "not checked" : `found ${verdictOf(found)}`}`;
}

function verdictOf({ verdict, rule }: Expectation): string {
  return rule === undefined ? verdict : `${verdict} (${rule})`;
}
