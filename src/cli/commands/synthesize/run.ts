/**
 * `pmucheck synthesize`: the search, what is verified of its findings, and what is printed.
 */
import { createHash } from "node:crypto";

import { natural } from "../../../../models/edits/natural.js";
import { NEVER_STUCK } from "../../../check/target.js";
import { grouped } from "../../../report/numbers.js";
import { synthesisMarkdown, synthesisText } from "../../../report/synthesize/synthesis.js";
import { unsatMarkdown, unsatText } from "../../../report/synthesize/unsat.js";
import type { Cell } from "../../../synthesize/cell.js";
import { coreOf } from "../../../synthesize/core.js";
import { byCost, costedSet, naturalCandidates, withoutEach } from "../../../synthesize/document.js";
import type { Judges } from "../../../synthesize/judge.js";
import type { EditSet } from "../../../synthesize/lattice.js";
import type { BaseCell } from "../../../synthesize/requirements.js";
import type { Fate, Killed } from "../../../synthesize/search.js";
import { Search } from "../../../synthesize/search.js";
import { comparedWith } from "../../../synthesize/whole-matrix.js";
import type { MinimalSet, SynthesisDocument, UnsatDocument } from "../../../trace/synthesis.js";
import type { ListFormat } from "../../arguments/options.js";
import { EXIT, type ExitStatus } from "../../exit-status.js";
import { StatusLine } from "../../terminal/status-line.js";
import { complain, print, screen } from "../../terminal/terminal.js";
import { Bench, type SynthesizeArguments } from "./bench.js";
import { withJudges } from "./judges.js";

/** 0: some set passes all; 12: none does; 125: not everything was decided in time, or a minimal set is left open. */
export async function runSynthesize(args: SynthesizeArguments): Promise<ExitStatus> {
  const bench = await Bench.of(args);
  const base = await bench.matrixOf([], new Map());
  if (base === undefined) return outOfTime(bench, args, "before the driver's own verdicts were known");
  return withJudges(args.jobs, { args, of: { base } }, (judges) => searchAll(bench, base, judges, args));
}

async function searchAll(
  bench: Bench,
  base: readonly BaseCell[],
  judges: Judges,
  args: SynthesizeArguments,
): Promise<ExitStatus> {
  const { lattice } = bench;
  const { cells, excused } = bench.requirements(base);
  const searched = cells.filter(({ states }) => states < args.searchedStates);
  const { search, fates, isOver } = await searchIn(bench, judges, args, searched);
  const passed = fates.filter(({ kind }) => kind === "passed").map(({ set }) => set);
  if (isOver) {
    return outOfTime(bench, args, `after ${fates.length} sets, up to ${search.size} edits`, passed);
  }

  const minimal = await verified(bench, base, passed, args.verify);
  if (minimal === undefined)
    return outOfTime(bench, args, "in the verification of a set that passes", passed);
  const kills = fates.filter((fate): fate is Killed => fate.kind === "killed");
  const best = passed.find((set) => bench.fixOf(set) === minimal[0]?.fix);
  const document: SynthesisDocument = {
    driver: args.driver,
    edits: lattice.edits.length,
    required: args.required,
    kept: bench.kept,
    excused,
    cells: {
      searched: searched.length,
      verifiedOnly: cells.filter((cell) => !searched.includes(cell)).map(({ name }) => name),
    },
    decidedUpTo: search.complete ? null : args.size,
    fates: countsOf(bench, fates, search.complete ? lattice.edits.length : args.size),
    minimal,
    without: best === undefined ? [] : await withoutEach(search, kills, best),
    natural: args.edits === undefined ? await naturalCandidates(search, kills, natural) : [],
  };
  print(rendered(document, args));
  if (minimal.some((set) => (set.verified?.open.length ?? 0) > 0)) return EXIT.inconclusive;
  return minimal.some((set) => (set.verified?.newlyBroken.length ?? 0) === 0) ? EXIT.holds : EXIT.violated;
}

/** The sets that pass with their whole matrices, the cheapest first; undefined if time is over. */
async function verified(
  bench: Bench,
  base: readonly BaseCell[],
  passed: readonly EditSet[],
  isAsked: boolean,
): Promise<readonly MinimalSet[] | undefined> {
  const minimal: MinimalSet[] = [];
  for (const set of passed) {
    const after = isAsked ? await bench.matrixOf(set, sizesOf(base)) : undefined;
    if (isAsked && after === undefined) return undefined;
    minimal.push({
      ...costedSet(bench.lattice, set),
      fix: bench.fixOf(set),
      verified: after === undefined ? null : comparedWith(base, after),
    });
  }
  return minimal.toSorted(byCost);
}

/** Until everything is decided, time is over, or a set passes that is `enough`. */
async function searchIn(
  bench: Bench,
  judges: Judges,
  args: SynthesizeArguments,
  cells: readonly Cell[],
  enough: "all" | "one" = "all",
) {
  const { lattice, journal } = bench;
  const requirements = keyOf(cells);
  const asked = new Set(
    cells.flatMap(({ name, requirements: of }) => [
      `${name} ${NEVER_STUCK}`,
      ...of.map(({ property }) => `${name} ${property.name}`),
    ]),
  );
  const line = new StatusLine(args.progress);
  const search = new Search({
    lattice,
    judges,
    cells,
    largest: args.size,
    recall: (set) => journal.fateOf(requirements, set, (kill) => asked.has(`${kill.cell} ${kill.property}`)),
  });
  const counts = lattice.countBySize(args.size);
  const fates: Fate[] = [];
  let isOver = false;
  for await (const made of until(search.fates(), bench.raised)) {
    if (made === undefined) {
      isOver = true;
      break;
    }
    const { fate, isKnown } = made;
    if (!isKnown) journal.addFate({ requirements, fate });
    fates.push(fate);
    line.show(progressOf(counts, search, fates.length));
    isOver = bench.isOver();
    if (isOver || (enough === "one" && fate.kind === "passed")) break;
  }
  line.clear();
  return { search, fates, isOver };
}

/** What comes, until it is over: then undefined, whatever is still to come. */
async function* until<T>(
  all: AsyncGenerator<T>,
  raised: Promise<void>,
): AsyncGenerator<T | undefined, undefined> {
  for (;;) {
    const next = await Promise.race([all.next(), raised]);
    if (next === undefined) yield undefined;
    else if (next.done === true) return;
    else yield next.value;
  }
}

/** Says what is asked of which cells. */
function keyOf(cells: readonly Cell[]): string {
  const names = cells.map(({ name, requirements }) => [name, ...requirements.map((of) => of.property.name)]);
  return createHash("sha256").update(JSON.stringify(names)).digest("hex").slice(0, 12);
}

/** What is done, and what is left: sets of a size are decided when no clause leaves one. `counts`: sets by their size. */
function progressOf(counts: readonly number[], { size }: Search, put: number): string {
  const decided = grouped(sumOf(counts.slice(0, size)));
  const left = grouped(sumOf(counts.slice(size)));
  return `${put} sets put to the models; ${decided} of fewer than ${size} edits are decided, ${left} of up to ${counts.length - 1} are left`;
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((total, of) => total + of, 0);
}

/** `size`: of the largest sets that are decided. */
function countsOf({ lattice }: Bench, fates: readonly Fate[], size: number) {
  return {
    candidates: sumOf(lattice.countBySize(size)),
    replay: fates.filter((fate) => fate.kind === "killed" && fate.by === "replay").length,
    check: fates.filter((fate) => fate.kind === "killed" && fate.by === "check").length,
    open: fates.flatMap((fate) =>
      fate.kind === "open"
        ? [
            {
              edits: lattice.editsOf(fate.set).map(({ name }) => name),
              reason: `${fate.cell}: ${fate.reason}`,
            },
          ]
        : [],
    ),
  };
}

function sizesOf(base: readonly BaseCell[]): ReadonlyMap<string, number> {
  return new Map(base.map(({ scenario, irq, states }) => [`${scenario}/${irq}`, states]));
}

function rendered(document: SynthesisDocument, { format }: SynthesizeArguments): string {
  if (format === "json") return JSON.stringify(document, null, 2);
  return format === "markdown" ? synthesisMarkdown(document) : synthesisText(document, screen());
}

/** @param passed the sets that meet every requirement, as far as it came */
function outOfTime(
  bench: Bench,
  { journal }: SynthesizeArguments,
  where: string,
  passed: readonly EditSet[] = [],
): ExitStatus {
  const { status } = bench;
  const why = status === undefined ? "out of time" : "interrupted";
  const next =
    journal === undefined
      ? "nothing was kept: name a --journal to go on from"
      : `the same command goes on from ${journal}`;
  const found =
    passed.length === 0
      ? "no set passes so far"
      : `these pass so far: ${passed.map((set) => bench.fixOf(set)).join(", ")}`;
  complain(`pmucheck synthesize: ${why} ${where}; ${found}; ${next}`);
  return status ?? EXIT.inconclusive;
}

/** 12: no set meets it; 0: some do; 125: not decided in time. Throws PMC104 for a cell that there is not. */
export async function runExplainUnsat(named: string, args: SynthesizeArguments): Promise<ExitStatus> {
  const bench = await Bench.of(args);
  const { cell, property } = bench.cellNamed(named);
  const { lattice } = bench;
  const all = { ...args, size: lattice.edits.length };
  const { search, fates, isOver } = await withJudges(1, { args, of: { cell: named } }, (judges) =>
    searchIn(bench, judges, all, [cell], "one"),
  );
  const passing = fates.find(({ kind }) => kind === "passed")?.set;
  const kills = fates.filter((fate): fate is Killed => fate.kind === "killed");
  if (passing === undefined && isOver) return outOfTime(bench, args, `after ${fates.length} sets`);
  const open = fates.find((fate) => fate.kind === "open");
  if (passing === undefined && open !== undefined) {
    complain(
      `pmucheck synthesize: ${lattice.nameOf(open.set)} is not decided in ${open.cell}: ${open.reason}`,
    );
    return EXIT.inconclusive;
  }
  const names = (set: readonly number[]): string[] => lattice.editsOf(set).map(({ name }) => name);
  const proof = passing === undefined ? coreOf(lattice, kills, (kill) => search.clauseOf(kill)) : [];
  const document: UnsatDocument = {
    driver: args.driver,
    cell: cell.name,
    property: property.name,
    passing: passing === undefined ? null : costedSet(lattice, passing),
    executions: kills.length,
    proof: proof.map((kill) => {
      const { yes, no } = search.clauseOf(kill);
      return { drop: names(yes), add: names(no), steps: kill.guide.length };
    }),
  };
  print(unsatIn(args.format, document));
  return passing === undefined ? EXIT.violated : EXIT.holds;
}

function unsatIn(format: ListFormat, document: UnsatDocument): string {
  if (format === "json") return JSON.stringify(document, null, 2);
  return format === "markdown" ? unsatMarkdown(document) : unsatText(document, screen());
}
