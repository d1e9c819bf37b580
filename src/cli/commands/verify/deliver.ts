/**
 * What is printed of fixes that were verified: in one run, or in parts that were merged.
 */
import { defaultDriver } from "../../../../models/catalogue.js";
import { combinations } from "../../../../models/fixes/catalogue.js";
import { findings } from "../../../../models/fixes/findings.js";
import { excuses } from "../../../../properties/excuses.js";
import {
  compareFixes,
  MOST_GROWTH,
  type ComparedFix,
  type ExploredFixes,
} from "../../../check/matrix/verify-fix.js";
import { ON_PAPER, type Screen } from "../../../report/screen.js";
import {
  rankingMarkdown,
  rankingText,
  ranked,
  type Finding,
  type RankedFix,
} from "../../../report/verify/ranking.js";
import {
  breaksOnTheWay,
  seriesDocument,
  seriesMarkdown,
  seriesText,
  type JudgedStep,
} from "../../../report/verify/series.js";
import { verifiedDocument } from "../../../report/verify/verified-document.js";
import { verifiedMarkdown, verifiedText, type VerifiedFix } from "../../../report/verify/verified.js";
import { PmucheckError } from "../../../spec/errors.js";
import type { Outcome } from "../../../trace/comparison.js";
import { EXIT, type ExitStatus } from "../../exit-status.js";
import type { VerifyQuestion } from "../../matrix/part.js";
import { deliver, type Delivery } from "../../results/deliver.js";
import { resultIn, type Printing, type ResultFormat } from "../../results/formats.js";
import { complain, print, screen } from "../../terminal/terminal.js";

/** How what became of fixes is printed. */
export interface VerifyPrinting extends Delivery {
  readonly quiet: boolean;
  readonly traces: boolean;
  readonly allCells: boolean;
}

const STATUS: Readonly<Record<Outcome, ExitStatus>> = {
  passes: EXIT.holds,
  fails: EXIT.violated,
  vacuous: EXIT.vacuous,
  open: EXIT.inconclusive,
  error: EXIT.error,
};

/** Throws PMC104 for forms that a ranking is not printed in. */
export function refuseForms(all: boolean, { format, outputs, expected }: VerifyPrinting): void {
  if (!all) return;
  if (format !== "text" && format !== "json" && format !== "markdown") {
    throw new PmucheckError("PMC104", `verify --all prints text, json or markdown, not ${format}`);
  }
  if (outputs.length > 0) throw new PmucheckError("PMC104", "--output is for one fix, not for --all");
  if (expected !== undefined) throw new PmucheckError("PMC104", "--expect is for one fix, not for --all");
}

/** Prints and writes what was explored; the status of the fix, or of the one that ranks first. */
export function deliverVerified(
  question: VerifyQuestion,
  explored: ExploredFixes,
  printing: VerifyPrinting,
): Promise<ExitStatus> {
  const verified = compareFixes(question, explored, excuses).map((of): VerifiedFix => ({
    ...of,
    fix: of.named.named,
    claims: of.named.claims,
    assumes: of.named.assumes,
    driver: question.driver,
    notCovered: notCovered(question, of),
  }));
  return question.all
    ? Promise.resolve(deliverRanking(question, ranked(verified), printing))
    : deliverFix(question, verified, printing);
}

async function deliverFix(
  { subjects }: VerifyQuestion,
  judged: readonly VerifiedFix[],
  printing: VerifyPrinting,
): Promise<ExitStatus> {
  const verified = judged.at(-1);
  if (verified === undefined) throw new Error("a fix without a result");
  const steps = subjects.flatMap((subject, i) => {
    const of = judged[i];
    return of === undefined ? [] : [{ subject, verified: of }];
  });
  const { format, expected } = printing;
  if (format !== "text" && format !== "markdown") verified.notCovered.forEach(tellNotCovered);
  const judgement = { verified, steps };
  if (format === "text") print(textOf(judgement, printing, screen()));
  const compared = await deliver(verified.checks, printing, (as, how) =>
    resultOf(as, judgement, printing, how),
  );
  if (expected !== undefined) return compared;
  const { outcome } = verified.judged;
  return outcome === "passes" && breaksOnTheWay(steps) ? EXIT.violated : STATUS[outcome];
}

function deliverRanking(
  question: VerifyQuestion,
  verified: readonly RankedFix[],
  { format }: VerifyPrinting,
): ExitStatus {
  const common = commonTo(verified.map((of) => of.notCovered));
  const rows = verified.map(({ fix, driver, cells, judged }) => ({
    fix,
    driver,
    outcome: judged.outcome,
    cells,
  }));
  if (format === "json") print(JSON.stringify(rows, null, 2));
  else if (format === "markdown")
    print(rankingMarkdown(verified, foundOf(question), common, commandOf(question)));
  else print(rankingText(verified, common, screen()));
  const [best] = verified;
  return best === undefined ? EXIT.vacuous : STATUS[best.judged.outcome];
}

/** They are about the default driver, and another version may come to something else. */
function foundOf({ driver }: VerifyQuestion): readonly Finding[] {
  return driver === defaultDriver.name ? findings : [];
}

/** The shipped combinations of a fix with others that guard it. */
function combinationsWith(named: string): readonly string[] {
  const parts = named.split("+");
  return combinations.filter((one) => one !== named && parts.every((part) => one.split("+").includes(part)));
}

/** A fix, and the patches that it is a series of; none if it is no series. */
interface Judgement {
  readonly verified: VerifiedFix;
  readonly steps: readonly JudgedStep[];
}

function textOf({ verified, steps }: Judgement, printing: VerifyPrinting, on: Screen): string {
  const text = verifiedText(verified, { ...printing, next: combinationsWith(verified.fix) }, on);
  return steps.length > 0 && !printing.quiet ? `${text}\n\n${seriesText(steps, on)}` : text;
}

function resultOf(
  format: ResultFormat,
  judgement: Judgement,
  printing: VerifyPrinting,
  how: Printing,
): string | Promise<string> {
  const { verified, steps } = judgement;
  const isSeries = steps.length > 0;
  switch (format) {
    case "text":
      return textOf(judgement, printing, ON_PAPER);
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
      return resultIn(format, verified.checks, how);
  }
}

function notCovered(
  { scenario, left, irq, property, maxStates }: VerifyQuestion,
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
function commandOf({ driver, scenario, irq, property, quick }: VerifyQuestion): string {
  return [
    "pmucheck verify --all",
    ...(quick ? ["--quick"] : []),
    `--driver ${driver}`,
    ...scenario.map((name) => `--scenario ${name}`),
    ...(irq === undefined ? [] : [`--irq ${irq}`]),
    ...(property === undefined ? [] : [`--property ${property}`]),
    "--format markdown",
  ].join(" ");
}
