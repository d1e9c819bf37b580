/**
 * Verifying fixes: the matrix of a driver with a fix against the matrix of the driver as it is, judged cell by cell.
 *
 * All matrices are made in the same run, so that they are about the same models. Without the fix the machine is booted as
 * by default where the fix is a way to boot it (pseudo-nmi). The function that runs a matrix, in one process or in several, is a parameter.
 */
import type { Excuse } from "../../spec/excuse.js";
import type { Fix } from "../../spec/fix.js";
import type { Cell, CellName, Judged } from "../../trace/comparison.js";
import type { CheckDocument } from "../../trace/document.js";
import { compare } from "./compare.js";
import { judgeFix } from "./judge-fix.js";
import type { MatrixJob, Refusal } from "./matrix.js";

/** A fix to be verified: its name, its parts, and the interrupt mode that it boots the machine in. */
export interface NamedFix {
  readonly named: string;
  readonly fixes: readonly Fix[];
  /** Undefined for a fix that leaves the mode alone. */
  readonly booted: string | undefined;
}

/** A matrix to be run; without a fix for the driver as it is, without a mode for all modes. */
export interface WantedMatrix {
  readonly fix: string | undefined;
  readonly irq: string | undefined;
}

export interface MadeMatrix {
  readonly checks: readonly CheckDocument[];
  readonly refused: readonly Refusal[];
}

/** Runs matrices, in this order. `limitOf` gives the most states of a job; undefined for no limit of its own. */
export type RunMatrices = (
  wanted: readonly WantedMatrix[],
  limitOf?: (job: MatrixJob) => number,
) => Promise<readonly MadeMatrix[]>;

/** A fix with what became of every cell. */
export interface ComparedFix {
  readonly named: NamedFix;
  readonly claims: readonly string[];
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
  readonly irq: string | undefined;
  readonly maxStates: number;
  readonly excuses: readonly Excuse[];
}

/**
 * A driver that a fix makes recurse without end has states without end, each larger than the last: it is given up early,
 * beyond so many times the states it has without the fix, and some.
 */
export const MOST_GROWTH = 10;
const LEAST_STATES = 5_000;

/** Each fix against the same base, in the order of the request. */
export async function verifyFixes(request: VerifyRequest, run: RunMatrices): Promise<readonly ComparedFix[]> {
  const { fixes, irq, maxStates, excuses } = request;
  const bases = [...new Set(fixes.map(({ booted }) => baseModeOf(irq, booted)))];
  // Every mode includes irq.
  const modes = bases.includes(undefined) ? [undefined] : bases;
  const base = (await run(modes.map((mode) => ({ fix: undefined, irq: mode })))).flatMap(
    ({ checks }) => checks,
  );
  const sizes = sizesOf(base);
  const limitOf = ({ scenario }: MatrixJob) =>
    Math.min(maxStates, LEAST_STATES + MOST_GROWTH * (sizes.get(scenario) ?? maxStates));
  const matrices = await run(
    fixes.map(({ named }) => ({ fix: named, irq })),
    limitOf,
  );
  return fixes.map((fix, at) => {
    const after = matrices[at];
    if (after === undefined) throw new Error(`a fix without a matrix: ${fix.named}`);
    const mode = fix.booted === undefined ? undefined : baseModeOf(irq, fix.booted);
    const before = base.filter(({ config }) => mode === undefined || config["irq"] === mode);
    const { cells, unmatched } = compare(before, after.checks, (of) => mode ?? of);
    const claims = [...new Set(fix.fixes.flatMap((part) => part.claims))];
    return { ...after, named: fix, claims, cells, judged: judgeFix(cells, claims, excuses), unmatched };
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
