/**
 * The matrix as a table: per scenario a line for each driver and interrupt mode.
 *
 * A line says everything about its cells that a reader compares: what is violated and after how many steps, what holds,
 * and loudly what is neither.
 */
import type { CheckDocument } from "../trace/document.js";
import { storedLine } from "./stored.js";
import { driverText, modeOf } from "./subject.js";
import { hanging, paragraph, wrap } from "./wrap.js";

/** A driver and mode in which a scenario cannot be checked. */
export interface RefusedLine {
  readonly scenario: string;
  readonly driver: string;
  readonly irq: string;
  readonly reason: string;
}

/** What a scenario is, in its own words. */
export interface Described {
  readonly name: string;
  readonly summary: string;
  readonly shows: string;
}

/** Of a page: wide enough for a diff in a review. */
const PAGE_WIDTH = 110;
const LEGEND =
  "@N: violated, shortest trace N steps; @N~L: violated for ever, the last L steps of N repeat; what is not named holds, or says nothing there";

/** All scenarios, without a final newline. */
export function matrixText(
  checks: readonly CheckDocument[],
  refused: readonly RefusedLine[],
  width: number,
): string {
  const scenarios = [...new Set([...checks, ...refused].map(({ scenario }) => scenario))];
  const parts = scenarios.map((scenario) => `${scenario}\n${resultLines(scenario, checks, refused, width)}`);
  const stored = storedLine(checks);
  const ends = [tally(checks, refused), LEGEND, ...(stored === undefined ? [] : [stored])];
  return [...parts, ...ends.map((text) => paragraph(text, width, ""))].join("\n\n");
}

/** docs/reference/scenarios.md: what each scenario shows, and its results. Without a final newline. */
export function scenariosMarkdown(
  scenarios: readonly Described[],
  checks: readonly CheckDocument[],
  refused: readonly RefusedLine[],
): string {
  return [
    "# The scenarios, and what came out of them",
    "",
    "Made by `npm run golden` (`pmucheck check --all --format markdown`), at the default parameters. A test runs the smaller ones",
    "again and compares.",
    "",
    LEGEND.replaceAll("; ", ";\n"),
    ...scenarios.map((scenario) => scenarioMarkdown(scenario, checks, refused)),
  ].join("\n");
}

/** The section of one scenario. */
function scenarioMarkdown(
  { name, summary, shows }: Described,
  checks: readonly CheckDocument[],
  refused: readonly RefusedLine[],
): string {
  const head = `## ${name}: ${summary}`;
  const result = ["Result:", "", "```", resultLines(name, checks, refused), "```"].join("\n");
  return ["", head, "", paragraph(shows, PAGE_WIDTH, ""), "", result].join("\n");
}

/** The lines of one scenario. */
export function resultLines(
  scenario: string,
  checks: readonly CheckDocument[],
  refused: readonly RefusedLine[],
  width = PAGE_WIDTH,
): string {
  const lines = new Map<string, string>();
  for (const check of checks.filter((one) => one.scenario === scenario)) {
    const key = lineHead(driverText(check), modeOf(check).join(""));
    lines.set(key, `${lines.get(key) ?? ""} ${cell(check)}`.trim());
  }
  const made = [...lines].map(
    ([head, cells]) => `${head}${folded(cells === "" ? "all hold" : cells, width)}`,
  );
  const not = refused
    .filter((one) => one.scenario === scenario)
    .flatMap(({ driver, irq, reason }) => hanging(lineHead(driver, irq), `refused: ${reason}`, width));
  return [...made, ...not].join("\n");
}

function lineHead(driver: string, irq: string): string {
  return `  ${driver.padEnd(10)} ${irq.padEnd(5)}`;
}

/** Empty for a property that holds. */
function cell({ property, verdict, reason, trace }: CheckDocument): string {
  if (verdict === "holds") return "";
  if (trace === undefined) return `${property}:${verdict.toUpperCase()}(${reason})`;
  const { loop, steps } = trace;
  return `${property}@${steps.length}${loop === null ? "" : `~${steps.length - loop}`}`;
}

function folded(cells: string, width: number): string {
  const indent = " ".repeat(lineHead("", "").length);
  return wrap(cells.split(" "), width - indent.length, "", "keep").join(`\n${indent}`);
}

function tally(checks: readonly CheckDocument[], refused: readonly RefusedLine[]): string {
  const counts = (["violated", "holds", "vacuous", "inconclusive", "error"] as const).flatMap((verdict) => {
    const count = checks.filter((check) => check.verdict === verdict).length;
    const word = verdict === "holds" && count > 1 ? "hold" : verdict;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  const combinations = refused.length === 1 ? "1 combination" : `${refused.length} combinations`;
  return [
    `${checks.length} ${checks.length === 1 ? "check" : "checks"}${counts.length === 0 ? "" : `: ${counts.join(", ")}`}`,
    ...(refused.length === 0 ? [] : [`${combinations} refused`]),
  ].join("; ");
}
