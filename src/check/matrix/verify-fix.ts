/**
 * Verifying fixes: the matrix of a driver with a fix against the matrix of the driver as it is, judged cell by cell.
 *
 * All matrices are made in the same run, so that they are about the same models. Without the fix the machine is booted as
 * by default where the fix is a way to boot it (pseudo-nmi). The function that runs a matrix, in one process or in several, is a parameter.
 */
import type { Excuse } from "../../spec/excuse.js";
import type { Cell, CellName, Judged } from "../../trace/comparison.js";
import type { CheckDocument } from "../../trace/document.js";
import { compare } from "./compare.js";
import { judgeFix } from "./judge-fix.js";
import type { MatrixJob, Refusal } from "./matrix.js";

/** A fix to be verified, as plain data: its name, what its parts say, and the interrupt mode that it boots the machine in. */
export interface NamedFix {
  readonly named: string;
  /** The properties that its parts claim to keep. */
  readonly claims: readonly string[];
  readonly assumes: readonly string[];
  /** Undefined for a fix that leaves the mode alone. */
  readonly booted?: string | undefined;
}

/** A matrix to be run; without a fix for the driver as it is, without a mode for all modes. */
export interface WantedMatrix {
  readonly fix: string | undefined;
  readonly irq: string | undefined;
}

export interface MadeMatrix {
  /** All jobs, in the order of the matrix; not only those that were run here. */
  readonly jobs: readonly MatrixJob[];
  readonly checks: readonly CheckDocument[];
  readonly refused: readonly Refusal[];
}

/** Runs matrices, in this order. `limitOf` gives the most states of a job; undefined for no limit of its own. */
export type RunMatrices = (
  wanted: readonly WantedMatrix[],
  limitOf?: (job: MatrixJob) => number,
) => Promise<readonly MadeMatrix[]>;

/** What was explored for a request. */
export interface ExploredFixes {
  /** The driver as it is, in the modes that the fixes are compared with. */
  readonly base: readonly MadeMatrix[];
  /** In the order of the fixes. */
  readonly fixed: readonly MadeMatrix[];
}

/** A fix with what became of every cell. */
export interface ComparedFix {
  readonly named: NamedFix;
  readonly cells: readonly Cell[];
  readonly judged: Judged;
  /** The verdicts with the fix. */
  readonly checks: readonly CheckDocument[];
  readonly refused: readonly Refusal[];
  /** Cells that only one side has. */
  readonly unmatched: readonly CellName[];
}

export interface VerifyRequest {
  readonly fixes: readonly NamedFix[];
  /** Undefined for every interrupt mode. */
  readonly irq?: string | undefined;
  readonly maxStates: number;
}

/**
 * A driver that a fix makes recurse without end has states without end, each larger than the last: it is given up early,
 * beyond so many times the states it has without the fix, and some.
 */
export const MOST_GROWTH = 10;
const LEAST_STATES = 5_000;

/** Runs the driver as it is, and then with each fix. */
export async function exploreFixes(
  { fixes, irq, maxStates }: VerifyRequest,
  run: RunMatrices,
): Promise<ExploredFixes> {
  const bases = [...new Set(fixes.map(({ booted }) => baseModeOf(irq, booted)))];
  // Every mode includes irq.
  const modes = bases.includes(undefined) ? [undefined] : bases;
  const base = await run(modes.map((mode) => ({ fix: undefined, irq: mode })));
  const sizes = sizesOf(base.flatMap(({ checks }) => checks));
  const limitOf = ({ scenario }: MatrixJob) =>
    Math.min(maxStates, LEAST_STATES + MOST_GROWTH * (sizes.get(scenario) ?? maxStates));
  const fixed = await run(
    fixes.map(({ named }) => ({ fix: named, irq })),
    limitOf,
  );
  return { base, fixed };
}

/** Each fix against the same base, in the order of the request. */
export function compareFixes(
  { fixes, irq }: Pick<VerifyRequest, "fixes" | "irq">,
  explored: ExploredFixes,
  excuses: readonly Excuse[],
): readonly ComparedFix[] {
  const base = explored.base.flatMap(({ checks }) => checks);
  return fixes.map((fix, at) => {
    const after = explored.fixed[at];
    if (after === undefined) throw new Error(`a fix without a matrix: ${fix.named}`);
    const mode = fix.booted === undefined ? undefined : baseModeOf(irq, fix.booted);
    const before = base.filter(({ config }) => mode === undefined || config["irq"] === mode);
    const { cells, unmatched } = compare(before, after.checks, (of) => mode ?? of);
    return { ...after, named: fix, cells, judged: judgeFix(cells, fix.claims, excuses), unmatched };
  });
}

/** How many states each scenario has without a fix, at most. */
function sizesOf(checks: readonly CheckDocument[]): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const { scenario, states } of checks) sizes.set(scenario, Math.max(states, sizes.get(scenario) ?? 0));
  return sizes;
}

/** The mode of the driver without the fix: the other one if the fix boots the machine in one of its own. */
function baseModeOf(irq: string | undefined, booted: string | undefined): string | undefined {
  if (booted === undefined) return irq;
  return booted === "nmi" ? "irq" : "nmi";
}
