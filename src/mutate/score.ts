/**
 * The mutation score: checks every mutant in the cells that reach its place, until a verdict differs.
 *
 * The first cell in which some verdict is not that of the unchanged system kills the mutant. The cell that killed the last
 * mutant of the same place comes first, then the others by size. So the result for a place depends on the mutants of this
 * place and on nothing else.
 */
import type { Witness } from "../spec/property.js";
import { PmucheckError } from "../spec/errors.js";
import type { ReadView } from "../spec/component.js";
import type { System } from "../spec/system.js";
import type { Driver } from "../spec/scenario.js";
import type { Body } from "./rewrite.js";
import { differences, verdictsOf, type Cell, type Verdicts } from "./cell.js";
import { driverMutants } from "./driver-mutants.js";
import { Equivalence } from "./equivalence.js";
import { hardwareMutants, type HardwareHooks } from "./hardware-mutants.js";
import type { Mutant } from "./mutant.js";
import { Recorder } from "./recording.js";

export interface ScoreRequest {
  readonly driver: Driver;
  readonly cells: readonly Cell[];
  /** The kernel functions to mutate. */
  readonly functions: readonly string[];
  /** Undefined to leave the hardware unchanged. */
  readonly hardware: HardwareHooks | undefined;
  readonly witnesses: readonly Witness[];
  readonly maxStates: number;
  /** Why to stop; undefined to go on. The mutants that were not run then are left out, and counted. */
  readonly stop?: (() => string | undefined) | undefined;
  /** Called with the result of each mutant; `at` is 1 for the first of `of` mutants. */
  readonly onResult?: (result: MutantResult, at: number, of: number) => void;
}

export type Fate =
  /** `by`: the properties that notice, or other reasons (cell.ts). */
  | { readonly kind: "killed"; readonly cell: string; readonly by: readonly string[] }
  /** No verdict differs, and in no cell does anything that could be seen (src/check/equivalence). */
  | { readonly kind: "equivalent" }
  /** No verdict differs; in `cell` something else does, or could not be compared. */
  | { readonly kind: "survived"; readonly cell: string }
  /** No verdict differs, and a bound was hit in these cells. */
  | { readonly kind: "undecided"; readonly cells: readonly string[]; readonly bound: string };

export interface MutantResult extends Pick<Mutant, "name" | "kind" | "of" | "text"> {
  /** The cells that reach the place of the mutant. */
  readonly cells: readonly string[];
  readonly fate: Fate;
}

export interface Score {
  readonly driver: string;
  readonly cells: readonly { readonly name: string; readonly states: number }[];
  /** Cells in which the unchanged system hits the bound: no mutant is checked there. */
  readonly incomplete: readonly { readonly name: string; readonly bound: string }[];
  readonly functions: readonly string[];
  /** The functions that no cell reaches. */
  readonly unreached: readonly string[];
  readonly hardware: boolean;
  readonly maxStates: number;
  readonly mutants: readonly MutantResult[];
  /** Why it was stopped, and how many mutants were not run then, as far as that was known; null if all were run. */
  readonly stopped: { readonly reason: string; readonly left: number | null } | null;
}

/** A cell with the verdicts of the unchanged system. */
interface Baseline {
  readonly cell: Cell;
  readonly verdicts: Verdicts;
}

/** Records the unchanged system in all cells, makes the mutants, and checks each of them. */
export function score(request: ScoreRequest): Score {
  const { driver, functions, hardware, maxStates } = request;
  const recorder = new Recorder();
  const wanted = new Set(functions);
  const explored = request.cells.map((cell): Baseline => {
    // A cell that is not complete must not be recorded: mutants would be made for places that no check covers.
    const verdicts = verdictsOf({ ...request, cell, rewrite: (system) => system });
    if (!verdicts.complete) return { cell, verdicts };
    // Mutants are made of the functions of the driver without fixes; at the same places a fixed driver has them too.
    const kept = cell.driver === driver ? wanted : new Set<string>();
    verdictsOf({ ...request, cell, rewrite: (system) => recorder.record(system, cell.name, kept) });
    return { cell, verdicts };
  });
  const baselines = explored
    .filter(({ verdicts }) => verdicts.complete)
    .sort((a, b) => a.verdicts.states - b.verdicts.states);
  // What was recorded of a part of the system makes a part of the mutants.
  const isCut = request.stop?.() !== undefined;
  const mutants = [
    ...driverMutants(recorder, bodiesOf(driver), functions),
    ...(hardware === undefined ? [] : hardwareMutants(recorder, hardware)),
  ];
  const order = new Map<string, readonly Baseline[]>();
  const equivalence = new Equivalence(maxStates, request.stop);
  const results: MutantResult[] = [];
  for (const [at, mutant] of mutants.entries()) {
    const fate = fateOf(request, mutant, order.get(mutant.place) ?? baselines, equivalence);
    if (fate.kind === "killed") order.set(mutant.place, withFirst(baselines, fate.cell));
    // What was interrupted in its middle came to nothing.
    if (request.stop?.() !== undefined) break;
    const { name, kind, of, text, cells } = mutant;
    const result = { name, kind, of, text, cells: [...cells], fate };
    request.onResult?.(result, at + 1, mutants.length);
    results.push(result);
  }
  const reason = request.stop?.();
  return {
    driver: driver.name,
    cells: baselines.map(({ cell, verdicts }) => ({ name: cell.name, states: verdicts.states })),
    incomplete: explored
      .filter(({ verdicts }) => !verdicts.complete)
      .map(({ cell, verdicts }) => ({
        name: cell.name,
        bound: verdicts.bound ?? [...new Set(verdicts.of.values())].join(", "),
      })),
    functions,
    unreached: functions.filter((name) => !recorder.reached.has(name) || !isCalled(recorder, name)),
    hardware: hardware !== undefined,
    maxStates,
    mutants: results,
    stopped: reason === undefined ? null : { reason, left: isCut ? null : mutants.length - results.length },
  };
}

function isCalled(recorder: Recorder, name: string): boolean {
  return (recorder.transcripts.get(name)?.size ?? 0) > 0;
}

function withFirst(baselines: readonly Baseline[], name: string): readonly Baseline[] {
  const isFirst = ({ cell }: Baseline) => cell.name === name;
  return [...baselines.filter(isFirst), ...baselines.filter((one) => !isFirst(one))];
}

function bodiesOf({ functions }: Driver): ReadonlyMap<string, Body> {
  // Recorded arguments are those that a typed caller gave.
  return new Map(
    [...functions].map(([name, { body }]): [string, Body] => [name, (args) => body(...(args as never))]),
  );
}

function fateOf(
  request: ScoreRequest,
  mutant: Mutant,
  baselines: readonly Baseline[],
  equivalence: Equivalence,
): Fate {
  const bounded: string[] = [];
  let bound = "";
  const reached = baselines.filter(({ cell }) => mutant.cells.has(cell.name));
  const rewrite = (system: System) => withStackLimit(mutant.apply(system));
  for (const { cell, verdicts } of reached) {
    const found = verdictsOf({ ...request, cell, rewrite });
    const by = differences(verdicts, found);
    if (by.length > 0) return { kind: "killed", cell: cell.name, by };
    if (found.bound !== null) {
      bounded.push(cell.name);
      bound = found.bound;
    }
  }
  if (bounded.length > 0) return { kind: "undecided", cells: bounded, bound };
  const different = reached.find(({ cell }) => !equivalence.isShown(cell, rewrite));
  return different === undefined ? { kind: "equivalent" } : { kind: "survived", cell: different.cell.name };
}

/** In calls. No modelled path is nearly as deep, and a real kernel stack has room for about as many calls. */
const STACK_LIMIT = 200;

/** The system with a limit of the stack: a mutant may nest interrupts without end, and then has infinitely many states. */
function withStackLimit(system: System): System {
  const processors = system.processors.map((processor) => ({
    ...processor,
    mayExecute: (view: ReadView) => {
      if (view.read(processor.execution).stack.length > STACK_LIMIT) {
        throw new PmucheckError(
          "PMC203",
          `the kernel stack of cpu${processor.cpu} is deeper than ${STACK_LIMIT} calls`,
        );
      }
      return processor.mayExecute(view);
    },
  }));
  return { ...system, processors };
}
