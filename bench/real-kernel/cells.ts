/**
 * A cell of the table: what was predicted, what was measured, and why the two differ where they do.
 */
import { FLAWS, type Flaw, type Measured } from "./flaws.js";
import type { Predicted } from "./prediction.js";

export interface Cell {
  readonly kernel: string;
  readonly scenario: string;
  readonly fix: string;
  readonly predicted: Predicted;
  readonly measured: Measured;
}

/** Why a prediction and a measurement may differ without one of them being wrong. */
export interface Limit {
  readonly name: string;
  readonly why: string;
  readonly covers: (flaw: Flaw, cell: Cell) => boolean;
}

const isPredicted = (flaw: Flaw, { predicted }: Cell) => predicted.flaws?.includes(flaw) === true;

/** Scenarios whose models have the sampled task and none that takes its CPU. On a real machine kernel threads do. */
const ALONE = ["disable-enable", "period-change"];

/** The first that covers a difference explains it. */
export const LIMITS: readonly Limit[] = [
  {
    name: "not-modelled",
    why: "pmucheck has no scenario of this name",
    covers: (_, { predicted }) => predicted.flaws === undefined,
  },
  {
    name: "count-afresh",
    why: "the scenario begins the count afresh, so a loss cannot be told by counting",
    covers: (flaw, cell) => flaw === "L" && cell.measured.lost === undefined && isPredicted(flaw, cell),
  },
  {
    name: "stopped",
    why: "the scenario leaves stops out; the task's end is one, where the driver loses what is completed just then",
    covers: (flaw, { scenario, measured: { late, noticed } }) =>
      flaw === "L" && scenario === "read-own" && late === 0 && noticed > 0,
  },
  {
    name: "not-hit",
    why: "a prediction says that some execution does it; none of those that ran did",
    covers: isPredicted,
  },
  {
    name: "no-softirq",
    why: "every sample of the kernel was taken in a softirq, where interrupts are on: a deviation that `pmucheck list deviations` names",
    covers: (flaw, { measured: { kernelSamples } }) =>
      flaw === "K" && kernelSamples.every(([, context]) => context === "softirq"),
  },
  {
    name: "no-other-task",
    why: "the scenario leaves out that the task has work on its way to user mode, such as another task's turn; every sample of the kernel was taken where interrupts are unmasked for that (do_notify_resume), as is predicted where the scenario has it",
    covers: (flaw, { scenario, measured: { kernelSamples } }) =>
      flaw === "K" &&
      ALONE.includes(scenario) &&
      kernelSamples.every(([place, context]) => context === "task" && place.startsWith("do_notify_resume+")),
  },
];

/** The flaws in which prediction and measurement differ, each with the limit that explains it. */
export function differences(
  cell: Cell,
): readonly { readonly flaw: Flaw; readonly limit: Limit | undefined }[] {
  const differ = FLAWS.filter((flaw) => isPredicted(flaw, cell) !== cell.measured.flaws.includes(flaw));
  return differ.map((flaw) => ({ flaw, limit: LIMITS.find(({ covers }) => covers(flaw, cell)) }));
}

/** `=`, the limits' names, or DIFFERS. */
export function judgement(cell: Cell): string {
  const found = differences(cell);
  if (found.some(({ limit }) => limit === undefined)) return "DIFFERS";
  if (cell.predicted.flaws === undefined) return "not-modelled";
  if (found.length === 0) return "=";
  return [...new Set(found.map(({ flaw, limit }) => `${flaw}: ${limit?.name ?? ""}`))].join(", ");
}
