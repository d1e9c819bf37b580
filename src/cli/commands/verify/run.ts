/**
 * `pmucheck verify`: what fixes come to, and what is printed of it.
 */
import { combinations, fixes } from "../../../../models/fixes/catalogue.js";
import { findings } from "../../../../models/fixes/findings.js";
import { excuses } from "../../../../properties/excuses.js";
import { PLAIN, type Screen } from "../../../report/screen.js";
import { rankingMarkdown, rankingTable, ranked } from "../../../report/verify/ranking.js";
import { verifiedDocument } from "../../../report/verify/verified-document.js";
import {
  breaksOnTheWay,
  seriesDocument,
  seriesMarkdown,
  seriesText,
  type JudgedStep,
} from "../../../report/verify/series.js";
import { verifiedMarkdown, verifiedText, type VerifiedFix } from "../../../report/verify/verified.js";
import { PmucheckError } from "../../../spec/errors.js";
import type { Driver } from "../../../spec/scenario.js";
import type { CheckDocument } from "../../../trace/document.js";
import type { Outcome } from "../../../trace/comparison.js";
import {
  MOST_GROWTH,
  verifyFixes,
  type ComparedFix,
  type NamedFix,
} from "../../../check/matrix/verify-fix.js";
import { defaultDriver, driverNamed, scenarios, scenariosNamed } from "../../arguments/catalogue.js";
import { driverFor } from "../../arguments/choices.js";
import { EXIT, type ExitStatus } from "../../exit-status.js";
import { fixedDriver, fixesNamed } from "../../arguments/fixes.js";
import { CellProgress } from "../../matrix/progress.js";
import { storeFolder } from "../../matrix/store.js";
import type { MatrixChoice } from "../../matrix/plan.js";
import { runMatrices, withoutTraces, type PoolOptions } from "../../matrix/pool.js";
import { LARGE_SCENARIOS } from "../../arguments/large-scenarios.js";
import { resultIn, type ResultFormat } from "../../results/formats.js";
import { writeOutputs, type Output } from "../../results/output.js";
import { complain, print, screen } from "../../terminal/terminal.js";
import { seriesOf } from "./series.js";

export interface VerifyArguments {
  /** Empty for all. */
  readonly scenario: readonly string[];
  /** Undefined for the default, of a model its first. */
  readonly driver: string | undefined;
  readonly irq: string | undefined;
  readonly property: string | undefined;
  readonly maxStates: number;
  readonly jobs: number | undefined;
  readonly format: ResultFormat;
  readonly outputs: readonly Output[];
  readonly timing: boolean;
  readonly quick: boolean;
  readonly quiet: boolean;
  readonly traces: boolean;
  readonly allCells: boolean;
  /** A series of patches is judged as one, not patch by patch. */
  readonly whole: boolean;
  readonly progress: boolean;
  readonly cache: boolean;
}

const STATUS: Readonly<Record<Outcome, ExitStatus>> = {
  passes: EXIT.holds,
  fails: EXIT.violated,
  vacuous: EXIT.vacuous,
  open: EXIT.inconclusive,
  error: EXIT.error,
};

export async function runVerify(named: string, args: VerifyArguments): Promise<ExitStatus> {
  const series = args.whole ? [] : seriesOf(named);
  const names = series.length === 0 ? [named] : series.map(({ fix }) => fix);
  const judged = await verifyEach(names, args, (checks) => checks);
  const verified = judged.at(-1);
  if (verified === undefined) throw new Error("a fix without a result");
  const steps = series.flatMap(({ subject }, i) => {
    const of = judged[i];
    return of === undefined ? [] : [{ subject, verified: of }];
  });
  if (args.format !== "text" && args.format !== "markdown") verified.notCovered.forEach(tellNotCovered);
  const shown = (format: ResultFormat, on: Screen) => resultOf(format, { verified, steps }, args, on);
  print(await shown(args.format, screen()));
  await writeOutputs(args.outputs, (format) => shown(format, ON_PAPER));
  const { outcome } = verified.judged;
  return outcome === "passes" && breaksOnTheWay(steps) ? EXIT.violated : STATUS[outcome];
}

/** Ends with the status of the fix that ranks first. */
export async function runVerifyAll(args: VerifyArguments): Promise<ExitStatus> {
  const { format } = args;
  if (format !== "text" && format !== "json" && format !== "markdown") {
    throw new PmucheckError("PMC104", `verify --all prints text, json or markdown, not ${format}`);
  }
  if (args.outputs.length > 0) throw new PmucheckError("PMC104", "--output is for one fix, not for --all");
  const model = (await scenariosNamed(args.scenario)).find(({ own }) => own !== undefined);
  if (model !== undefined) {
    throw new PmucheckError(
      "PMC104",
      `--all ranks the fixes that pmucheck ships, which change Linux: name a fix of ${model.name}`,
    );
  }
  const { irq } = args;
  // A fix that is booted in another mode than the one asked for is not among them.
  const names = [...fixes.map(({ name }) => name), ...combinations].filter((name) => {
    const mode = fixes.find((fix) => fix.name === name)?.settings?.["irq"];
    return irq === undefined || mode === undefined || mode === irq;
  });
  const verified = ranked(await verifyEach(names, args, withoutTraces));
  const common = commonTo(verified.map((of) => of.notCovered));
  switch (format) {
    case "json":
      print(
        JSON.stringify(
          verified.map(({ fix, driver, cells, judged }) => ({ fix, driver, outcome: judged.outcome, cells })),
          null,
          2,
        ),
      );
      break;
    case "markdown":
      print(rankingMarkdown(verified, findings, common, commandOf(args)));
      break;
    case "text":
      print([rankingTable(verified), ...common.map((line) => `Not covered: ${line}`)].join("\n\n"));
  }
  const [best] = verified;
  return best === undefined ? EXIT.vacuous : STATUS[best.judged.outcome];
}

/** The shipped combinations of a fix with others that guard it. */
function combinationsWith(named: string): readonly string[] {
  const parts = named.split("+");
  return combinations.filter((one) => one !== named && parts.every((part) => one.split("+").includes(part)));
}

/** What a text in a file is laid out for. */
const ON_PAPER: Screen = { width: 80, style: PLAIN };

/** A fix, and the patches that it is a series of; none if it is no series. */
interface Judgement {
  readonly verified: VerifiedFix;
  readonly steps: readonly JudgedStep[];
}

function resultOf(
  format: ResultFormat,
  { verified, steps }: Judgement,
  args: VerifyArguments,
  on: Screen,
): string | Promise<string> {
  const isSeries = steps.length > 0;
  switch (format) {
    case "text": {
      const text = verifiedText(verified, { ...args, next: combinationsWith(verified.fix) }, on);
      return isSeries && !args.quiet ? `${text}\n\n${seriesText(steps, on)}` : text;
    }
    case "markdown": {
      const page = verifiedMarkdown(verified);
      return isSeries ? `${page}\n\n${seriesMarkdown(steps)}` : page;
    }
    case "json": {
      const series = isSeries ? { series: seriesDocument(steps) } : {};
      return JSON.stringify({ ...verifiedDocument(verified), ...series }, null, 2);
    }
    case "junit":
    case "sarif":
    case "github":
    case "expect":
    case "html":
      return resultIn(format, verified.checks, { timing: args.timing, differences: undefined });
  }
}

/** Each fix against the same base. `keep` says what is kept of the verdicts. */
async function verifyEach(
  names: readonly string[],
  args: VerifyArguments,
  keep: (checks: readonly CheckDocument[]) => readonly CheckDocument[],
): Promise<readonly VerifiedFix[]> {
  const { property, irq, maxStates, jobs, progress } = args;
  const { chosen, left, base } = await subjectOf(args);
  const driver = base.name;
  const choice = { scenario: chosen, driver, property, settings: {}, maxStates };

  const named = await Promise.all(names.map((name) => namedFix(base, name)));
  const compared = await verifyFixes({ fixes: named, irq, maxStates, excuses }, async (wanted, limitOf) => {
    const line = new CellProgress(progress);
    const options: PoolOptions = {
      jobs,
      store: args.cache ? storeFolder() : undefined,
      keep,
      ...line.option,
      ...(limitOf === undefined ? {} : { limitOf }),
    };
    const choices = wanted.map((of): MatrixChoice => ({ ...choice, ...of }));
    const made = await runMatrices(choices, options);
    line.clear();
    // A fix is not ranked by the cells that happen to be there.
    const internal = made.flatMap((matrix) => matrix.internal);
    if (internal.length > 0) throw new Error(internal.join("\n"));
    return made;
  });
  return compared.map((of) => ({
    ...of,
    fix: of.named.named,
    driver,
    assumes: [...new Set(of.named.fixes.flatMap(({ assumes }) => assumes))],
    notCovered: notCovered(args, left, of),
  }));
}

async function namedFix(driver: Driver, named: string): Promise<NamedFix> {
  const parts = await fixesNamed(named);
  const booted = fixedDriver(driver, named, parts).fix?.settings["irq"];
  return { named, fixes: parts.map(({ fix }) => fix), booted };
}

/** The scenarios, those of them that --quick leaves out, and the driver that is fixed: of a model one of its own. */
async function subjectOf({ scenario, driver, quick }: VerifyArguments) {
  const asked = scenario.length === 0 ? scenarios.map(({ name }) => name) : scenario;
  const found = await scenariosNamed(asked);
  const left = quick ? asked.filter((name) => LARGE_SCENARIOS.includes(name)) : [];
  const chosen = asked.filter((name) => !left.includes(name));
  if (chosen.length === 0) {
    throw new PmucheckError("PMC104", `--quick leaves out ${left.join(", ")}, and nothing is left to verify`);
  }
  const model = found.find(({ own }) => own !== undefined);
  const base = model === undefined ? driverNamed(driver ?? defaultDriver.name) : driverFor(model, driver);
  return { chosen, left, base };
}

function notCovered(
  { scenario, irq, property, maxStates }: VerifyArguments,
  left: readonly string[],
  { refused, unmatched, named: { booted } }: ComparedFix,
): readonly string[] {
  const cells = [...new Set(unmatched.map((cell) => `${cell.scenario} (${cell.irq})`))];
  return [
    ...(left.length === 0 ? [] : [`QUICK: the scenarios of more than 100,000 states: ${left.join(", ")}`]),
    ...(scenario.length === 0 ? [] : [`every scenario but those named: ${scenario.join(", ")}`]),
    ...(irq === undefined ? [] : [`any interrupt mode but ${irq}`]),
    ...(property === undefined ? [] : [`every property but ${property}`]),
    ...(booted === undefined
      ? []
      : [`any interrupt mode but ${booted}, which is compared with the driver in the other one`]),
    ...refused.map((one) => `refused: ${one.scenario}, ${one.irq}: ${one.reason}`),
    ...(cells.length === 0 ? [] : [`cells that only one side has: ${cells.join(", ")}`]),
    `other parameters than the defaults, other drivers, and more than ${maxStates} states in a cell, or about ${MOST_GROWTH} times those without the fix`,
  ];
}

/** The lines that are in each of the lists. */
function commonTo(lists: readonly (readonly string[])[]): readonly string[] {
  const [first = []] = lists;
  return first.filter((line) => lists.every((list) => list.includes(line)));
}

function tellNotCovered(line: string): void {
  complain(`not covered: ${line}`);
}

/** The command that makes the page again. */
function commandOf({ driver, scenario, irq, property, quick }: VerifyArguments): string {
  return [
    "pmucheck verify --all",
    ...(quick ? ["--quick"] : []),
    `--driver ${driver ?? defaultDriver.name}`,
    ...scenario.map((name) => `--scenario ${name}`),
    ...(irq === undefined ? [] : [`--irq ${irq}`]),
    ...(property === undefined ? [] : [`--property ${property}`]),
    "--format markdown",
  ].join(" ");
}
