/**
 * Fixes side by side: a table with a row per fix, the best first.
 *
 * A fix ranks before another if it passes and the other does not; then by how few cells it leaves or newly breaks, then by
 * how many it closes. Guards and helpers, which do not claim exactly-once, come last.
 */
import type { CellName } from "../../trace/comparison.js";
import type { Screen } from "../screen.js";
import { hanging, headline, paragraph } from "../wrap.js";
import { count, OUTCOMES, type VerifiedFix } from "./verified.js";

/** Enough to rank it: what needs traces is left out. */
export type RankedFix = Pick<VerifiedFix, "fix" | "driver" | "claims" | "cells" | "judged" | "notCovered">;

/** What came out of a fix, in words: a title and a paragraph. */
export interface Finding {
  readonly fixes: readonly string[];
  readonly title: string;
  readonly text: string;
}

const MAIN = [
  "no-loss",
  "no-duplicate",
  "count-conservation",
  "phase",
  "right-task",
  "no-kernel-sample",
  "no-stale-report",
  "bounded-skid",
] as const;
const WIDTH = 110;

export function ranked(fixes: readonly RankedFix[]): readonly RankedFix[] {
  return fixes.toSorted((a, b) => {
    const [x, y] = [rankOf(a), rankOf(b)];
    const at = x.findIndex((value, i) => value !== y[i]);
    return at < 0 ? 0 : (x[at] ?? 0) - (y[at] ?? 0);
  });
}

function rankOf({ cells, claims, judged }: RankedFix): readonly number[] {
  const broken = count(cells, "newly broken");
  return [
    Number(isHelper({ claims })),
    Number(judged.outcome !== "passes"),
    judged.unkept.filter(({ change }) => change !== "newly broken").length + broken,
    count(cells, "inconclusive") + count(cells, "vacuous"),
    -count(cells, "fixed"),
  ];
}

/** It is there to be combined with a fix. */
function isHelper({ claims }: Pick<RankedFix, "claims">): boolean {
  return !claims.includes("exactly-once");
}

const CHANGES = ["fixed", "still broken", "newly broken", "inconclusive", "vacuous"] as const;

/** For a terminal, without a final newline. `notCovered`: what no fix was looked at in. */
export function rankingText(
  fixes: readonly RankedFix[],
  notCovered: readonly string[],
  { width, style }: Screen,
): string {
  const rows = ranked(fixes).map((of) => {
    const shown = CHANGES.flatMap((change) => {
      const cells = count(of.cells, change);
      return cells === 0 && change !== "fixed" ? [] : [`${cells} ${change}`];
    });
    return { name: nameOf(of), outcome: of.judged.outcome, text: shown.join(", ") };
  });
  const [one, two] = [
    Math.min(Math.max(0, ...rows.map(({ name }) => name.length)), width - COUNTS),
    Math.max(0, ...rows.map(({ outcome }) => OUTCOMES[outcome].length)),
  ];
  const passing = rows.filter(({ outcome }) => outcome === "passes").length;
  const driver = fixes[0]?.driver ?? "no driver";
  return [
    ...headline(
      `pmucheck: verify --all on ${driver}: ${passing} of ${rows.length} pass, the best first`,
      width,
    ),
    "",
    ...rows.flatMap(({ name, outcome, text }) => {
      const word = OUTCOMES[outcome];
      const paint = outcome === "passes" ? style.good : outcome === "open" ? style.open : style.bad;
      const isLong = name.length > one;
      const head = `${(isLong ? "" : name).padEnd(one)}  ${word.padEnd(two)}  `;
      const lines = hanging(head, text, width);
      return [...(isLong ? [name] : []), ...lines].map((line) => line.replace(word, paint));
    }),
    "",
    ...hanging("", "By property: --format markdown. Why: pmucheck verify FIX.", width),
    ...notCovered.flatMap((line) => hanging("Not covered: ", line, width)),
  ].join("\n");
}

/** Columns for an outcome and its counts. */
const COUNTS = 50;

/** The table of the page alone, without a final newline. */
function rankingTable(fixes: readonly RankedFix[]): string {
  const heads = [
    "fix",
    "outcome",
    "closes",
    "still broken",
    "newly broken",
    "inconclusive",
    "vacuous",
    ...MAIN,
  ];
  return [
    `| ${heads.join(" | ")} |`,
    `|${heads.map(() => "---").join("|")}|`,
    ...ranked(fixes).map((fix) => `| ${rowOf(fix).join(" | ")} |`),
  ].join("\n");
}

function nameOf({ fix, claims }: RankedFix): string {
  return isHelper({ claims }) ? `${fix} (helper)` : fix;
}

function rowOf(of: RankedFix): readonly string[] {
  const { cells, judged } = of;
  const counts = CHANGES.map((change) => String(count(cells, change)));
  const main = MAIN.map((property) => {
    const about = cells.filter((cell) => cell.property === property);
    if (about.length === 0) return "-";
    const [closed, left, fresh] = (["fixed", "still broken", "newly broken"] as const).map((change) =>
      count(about, change),
    );
    return `${closed}/${left}/${fresh}`;
  });
  return [nameOf(of), OUTCOMES[judged.outcome].toLowerCase(), ...counts, ...main];
}

/** docs/reference/fixes.md: the table, what its columns are, what was found, and what was not covered. */
export function rankingMarkdown(
  fixes: readonly RankedFix[],
  findings: readonly Finding[],
  notCovered: readonly string[],
  command: string,
): string {
  const [first] = fixes;
  const driver = first?.driver ?? "no driver";
  return [
    "# The fixes, and what they come to",
    "",
    `Made by \`${command}\`.`,
    "",
    paragraph(
      `Each shipped fix and combination against ${driver} as it is, cell by cell: a cell is a scenario, an interrupt mode ` +
        `and a property, ${Math.max(0, ...fixes.map(({ cells }) => cells.length))} in all. \`pmucheck verify FIX\` says it of one fix, with traces.`,
      WIDTH,
      "",
    ),
    "",
    rankingTable(fixes),
    "",
    "* passes: nothing is newly broken, and each cell of the properties that the fix claims holds, or is excused",
    '  (docs/use/policies.md: scenarios merge and late-writes). "still broken" counts what nobody claims, too.',
    "* A property's column is closed/left/new: cells that the fix closes, that stay broken, that it newly breaks.",
    "* A helper does not claim exactly-once by itself; its row shows what it does alone.",
    "* The outcome is about the cells of this table: see what is not covered.",
    "",
    "## Not covered here",
    "",
    ...(notCovered.length === 0
      ? ["Nothing of the matrix was left out."]
      : notCovered.map((line) => item(line))),
    ...undecided(fixes),
    ...(findings.length === 0 ? [] : ["", "## What was found", "", "Written by hand, from the runs."]),
    ...findings.flatMap(({ title, text }) => ["", `### ${title}`, "", paragraph(text, WIDTH, "")]),
  ].join("\n");
}

/** Cells of which this table says nothing. */
function undecided(fixes: readonly RankedFix[]): readonly string[] {
  return fixes.flatMap(({ fix, cells }) =>
    (["inconclusive", "vacuous"] as const).flatMap((change) => {
      const of = cells.filter((cell) => cell.change === change);
      return of.length === 0 ? [] : [item(`${change}, ${fix}: ${of.length} cells in ${scenariosOf(of)}`)];
    }),
  );
}

function scenariosOf(cells: readonly CellName[]): string {
  return [...new Set(cells.map(({ scenario }) => scenario))].join(", ");
}

function item(text: string): string {
  return hanging("* ", text, WIDTH).join("\n");
}
