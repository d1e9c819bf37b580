/**
 * The probe's accuracy as a table, and one cell of it with its traces.
 */
import type { Accuracy, AccuracyCell } from "./accuracy.js";

const WORDS: Readonly<Record<Accuracy, string>> = {
  exact: "exact",
  nothing: "exact (nothing is lost)",
  misses: "misses losses",
  "too-many": "counts too many",
  both: "misses losses, and counts too many",
  undecided: "undecided",
  refused: "-",
};

/** Markdown, which reads well in a terminal too: a row per scenario, a column per driver and interrupt mode. */
export function accuracyTable(cells: readonly AccuracyCell[]): string {
  const columns = [...new Set(cells.map(columnOf))];
  const scenarios = [...new Set(cells.map(({ scenario }) => scenario))];
  return [
    `| scenario | ${columns.join(" | ")} |`,
    `|${" --- |".repeat(columns.length + 1)}`,
    ...scenarios.map((scenario) => {
      const row = columns.map((column) =>
        cells.find((cell) => cell.scenario === scenario && columnOf(cell) === column),
      );
      return `| ${scenario} | ${row.map((cell) => (cell === undefined ? "-" : WORDS[cell.accuracy])).join(" | ")} |`;
    }),
  ].join("\n");
}

function columnOf({ driver, config }: AccuracyCell): string {
  return `${driver} ${String(config["irq"] ?? "")}`.trim();
}

export function accuracyLine(cell: AccuracyCell): string {
  return `pmucheck: the probe in ${cell.scenario}, ${columnOf(cell)}: ${WORDS[cell.accuracy]}`;
}
