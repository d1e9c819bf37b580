/**
 * `pmucheck synthesize`: the search, what is verified of its findings, and what is printed.
 */
import { natural } from "../../../../models/edits/natural.js";
import { synthesisMarkdown, synthesisText } from "../../../report/synthesize/synthesis.js";
import { unsatMarkdown, unsatText } from "../../../report/synthesize/unsat.js";
import type { Cell } from "../../../synthesize/cell.js";
import { coreOf } from "../../../synthesize/core.js";
import { byCost, costedSet, naturalCandidates, withoutEach } from "../../../synthesize/document.js";
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

/** 0: some set passes all; 12: none does; 125: not everything was decided in time, or a minimal set is left open. */
export async function runSynthesize(args: SynthesizeArguments): Promise<ExitStatus> {
  const bench = await Bench.of(args);
  const base = await bench.matrixOf([], new Map());
  if (base === undefined) return outOfTime(args, "the driver's own verdicts");
  const { cells, excused } = bench.requirements(base);
  const searched = cells.filter(({ states }) => states < args.searchedStates);
  const { search, fates, isOver } = searchIn(bench, args, searched);
  if (isOver) return outOfTime(args, `${fates.length} sets, up to ${search.size} edits`);

  const kills = fates.filter((fate): fate is Killed => fate.kind === "killed");
  const passed = fates.filter(({ kind }) => kind === "passed").map(({ set }) => set);
  const minimal: MinimalSet[] = [];
  for (const set of passed) {
    const after = args.verify ? await bench.matrixOf(set, sizesOf(base)) : undefined;
    if (args.verify && after === undefined) return outOfTime(args, "the verification of a set that passes");
    minimal.push({
      ...costedSet(bench.lattice, set),
      fix: bench.fixOf(set),
      verified: after === undefined ? null : comparedWith(base, after),
    });
  }
  minimal.sort(byCost);
  const best = passed.find((set) => bench.fixOf(set) === minimal[0]?.fix);
  const document: SynthesisDocument = {
    driver: args.driver,
    edits: bench.lattice.edits.length,
    required: args.required,
    kept: bench.kept,
    excused,
    cells: {
      searched: searched.length,
      verifiedOnly: cells.filter((cell) => !searched.includes(cell)).map(({ name }) => name),
    },
    decidedUpTo: search.complete ? null : args.size,
    fates: countsOf(bench, search, fates, args.size),
    minimal,
    without: best === undefined ? [] : withoutEach(search, kills, best),
    natural: args.edits === undefined ? naturalCandidates(search, kills, natural) : [],
  };
  print(rendered(document, args));
  if (minimal.some(({ verified }) => (verified?.open.length ?? 0) > 0)) return EXIT.inconclusive;
  return minimal.some(({ verified }) => (verified?.newlyBroken.length ?? 0) === 0)
    ? EXIT.holds
    : EXIT.violated;
}

function searchIn(bench: Bench, args: SynthesizeArguments, cells: readonly Cell[]) {
  const { lattice, driver, journal } = bench;
  const key = JSON.stringify(
    cells.map(({ name, requirements }) => [name, ...requirements.map(({ property }) => property.name)]),
  );
  const cellsKey = bench.shortKey(key);
  const line = new StatusLine(args.progress);
  const search = new Search({
    lattice,
    driver,
    cells,
    largest: args.size,
    recall: (set) => journal.fateOf(cellsKey, set),
  });
  const fates: Fate[] = [];
  let isOver = false;
  for (const fate of search.fates()) {
    journal.addFate(cellsKey, fate);
    fates.push(fate);
    line.show(
      `${fates.length} sets decided, those of fewer than ${search.size} edits are done (at most ${args.size} are asked for)`,
    );
    isOver = bench.isOver();
    if (isOver) break;
  }
  line.clear();
  return { search, fates, isOver };
}

function countsOf({ lattice }: Bench, search: Search, fates: readonly Fate[], size: number) {
  const counts = search.complete ? [] : lattice.countBySize(size);
  return {
    candidates: counts.reduce((total, of) => total + of, 0),
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

function outOfTime({ journal }: SynthesizeArguments, what: string): ExitStatus {
  const next =
    journal === undefined
      ? "nothing was kept: name a --journal to go on from"
      : `the same command goes on from ${journal}`;
  complain(`pmucheck synthesize: out of time after ${what}; ${next}`);
  return EXIT.inconclusive;
}

/** 12: no set meets it; 0: some do; 125: not decided in time. Throws PMC104 for a cell that there is not. */
export async function runExplainUnsat(named: string, args: SynthesizeArguments): Promise<ExitStatus> {
  const bench = await Bench.of(args);
  const { cell, property } = bench.cellNamed(named);
  const { lattice } = bench;
  const { search, fates, isOver } = searchIn(bench, { ...args, size: lattice.edits.length }, [cell]);
  const passing = fates.find(({ kind }) => kind === "passed")?.set;
  const kills = fates.filter((fate): fate is Killed => fate.kind === "killed");
  if (passing === undefined && isOver) return outOfTime(args, `${fates.length} sets`);
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
