/**
 * The table, in text: one row per kernel, scenario and fix.
 */
import { table } from "../table.js";
import { differences, judgement, LIMITS, type Cell } from "./cells.js";
import type { Flaw } from "./flaws.js";
import { times, windowText } from "./window.js";

const HEADER = [
  "kernel",
  "scenario",
  "fix",
  "predicted",
  "measured",
  "overflows",
  "noticed",
  "late",
  "lost",
  "merged",
  "false",
  "wrong task",
  "kernel regs",
  "",
];

const LEGEND = [
  "L: an overflow is lost; F: a false or stale report; K: a sample with kernel registers though the event excludes the",
  "kernel; W: a sample of the wrong task; -: none of these; (v): vacuous, nothing was ever due; ?: not modelled.",
  "predicted: by pmucheck at lag=0. noticed: completed periods found at a stop. late: the handler interrupted",
  "armpmu_event_update and reported nothing. merged: overflows that became one before any interrupt, because the emulator",
  "gave the CPU no time; no driver's fault.",
];

export function realKernelTable(cells: readonly Cell[]): string {
  const rows = cells.map((cell) => {
    const { kernel, scenario, fix, predicted, measured } = cell;
    return [
      kernel,
      scenario,
      fix,
      predicted.flaws === undefined
        ? "?"
        : letters(predicted.flaws) + (predicted.vacuous.includes("L") ? " (v)" : ""),
      letters(measured.flaws),
      ...[
        measured.overflows,
        measured.noticed,
        measured.late,
        measured.lost,
        measured.merged,
        measured.falseReports,
        measured.wrongTask,
        measured.kernelIp,
      ].map((count) => String(count ?? "-")),
      judgement(cell),
    ];
  });
  return [
    table(HEADER, rows),
    "",
    ...LEGEND,
    "",
    ...windows(cells),
    ...cells.flatMap(kernelSamples),
    ...explained(cells),
    summary(cells),
  ].join("\n");
}

function letters(flaws: readonly Flaw[]): string {
  return flaws.length === 0 ? "-" : flaws.join("");
}

function windows(cells: readonly Cell[]): readonly string[] {
  return cells.flatMap(({ kernel, scenario, fix, measured: { window } }) =>
    window === undefined ? [] : [`${kernel}, ${scenario}, ${fix}: ${windowText(window)}`],
  );
}

const CONTEXTS = { task: "in the task", softirq: "in a softirq", fix: "by the fix" } as const;

/** Where samples of the kernel were taken that were not predicted. */
function kernelSamples(cell: Cell): readonly string[] {
  if (!differences(cell).some(({ flaw }) => flaw === "K" && cell.measured.flaws.includes("K"))) return [];
  const { kernel, scenario, fix, measured } = cell;
  return measured.kernelSamples.map(
    ([place, context, count]) =>
      `${kernel}, ${scenario}, ${fix}: kernel registers ${times(count)} ${CONTEXTS[context]}, at ${place}`,
  );
}

function explained(cells: readonly Cell[]): readonly string[] {
  const judged = cells.map(judgement).join(" ");
  return LIMITS.filter(({ name }) => judged.includes(name)).map(({ name, why }) => `${name}: ${why}`);
}

function summary(cells: readonly Cell[]): string {
  const judged = cells.map(judgement);
  const agree = judged.filter((one) => one === "=").length;
  const differ = judged.filter((one) => one === "DIFFERS").length;
  return `${agree} of ${cells.length} cells agree, ${cells.length - agree - differ} are explained by a limit, ${differ} differ`;
}
