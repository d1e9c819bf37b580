/**
 * Several verdicts on one screen: a line each, the worst first, and totals.
 */
import type { CheckDocument, TraceCost, Verdict } from "../../trace/document.js";
import { grouped } from "../numbers.js";
import type { Screen } from "../screen.js";
import { driverText, modeOf, whereChecked } from "../subject.js";
import { verdictStyle } from "../verdict-colour.js";
import { hanging } from "../wrap.js";

/** Worst first. */
const ORDER: readonly Verdict[] = ["error", "violated", "vacuous", "inconclusive", "holds"];

/** Of one property, and of one driver but for models, which have their own. Without a final newline. */
export function checksTable(checks: readonly CheckDocument[], screen: Screen): string {
  const sorted = checks.toSorted((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
  const [first] = checks;
  const isOfOne = checks.every((check) => driverText(check) === (first && driverText(first)));
  const nameOf = isOfOne ? ({ scenario }: CheckDocument) => scenario : whereChecked;
  const columns = [
    Math.max(...checks.map((check) => nameOf(check).length)),
    Math.max(...checks.map(({ verdict }) => verdict.length)),
  ] as const;
  return [
    ...(first === undefined || !isOfOne
      ? []
      : [
          ...hanging("", titleOf(first), screen.width).map(screen.style.strong),
          ...hanging("", first.sentence, screen.width),
          "",
        ]),
    ...sorted.flatMap((check) => row(check, nameOf(check), columns, screen)),
    "",
    totals(checks),
  ].join("\n");
}

function titleOf(check: CheckDocument): string {
  return [check.property, driverText(check), ...modeOf(check)].join(", ");
}

function row(
  check: CheckDocument,
  name: string,
  [one, two]: readonly [number, number],
  { width, style }: Screen,
): string[] {
  const word = check.verdict.toUpperCase();
  const head = `${name.padEnd(one)}  ${word.padEnd(two)}  `;
  const [first = "", ...rest] = hanging(head, textOf(check), width);
  return [first.replace(word, verdictStyle(check.verdict, style)), ...rest];
}

/** `no-loss, step 138: 2 interrupts, 2 switches` */
function textOf({ trace, reason, states }: CheckDocument): string {
  if (trace === undefined) return reason ?? `${grouped(states)} states`;
  const { rule, steps, loop, cost } = trace;
  const where = loop === null ? `step ${steps.length}` : `steps ${loop + 1} to ${steps.length} for ever`;
  const takes = cost === undefined ? [] : counted(cost);
  return [`${rule}, ${where}`, ...(takes.length === 0 ? [] : [takes.join(", ")])].join(": ");
}

function counted({ interrupts, switches, migrations }: TraceCost): string[] {
  return Object.entries({ interrupt: interrupts, switch: switches, migration: migrations }).flatMap(
    ([one, count]) => (count === 0 ? [] : [`${count} ${count === 1 ? one : MANY[one]}`]),
  );
}

const MANY: Readonly<Record<string, string>> = {
  interrupt: "interrupts",
  switch: "switches",
  migration: "migrations",
};

function totals(checks: readonly CheckDocument[]): string {
  const counts = ORDER.flatMap((verdict) => {
    const count = checks.filter((check) => check.verdict === verdict).length;
    return count === 0 ? [] : [`${count} ${countWord(verdict, count)}`];
  });
  return `${checks.length} ${checks.length === 1 ? "scenario" : "scenarios"}: ${counts.join(", ")}.`;
}

function countWord(verdict: Verdict, count: number): string {
  if (verdict === "holds") return count === 1 ? "holds" : "hold";
  return verdict === "error" && count > 1 ? "errors" : verdict;
}
