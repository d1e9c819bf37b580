/**
 * `pmucheck mutate`: mistakes in the driver and the hardware that no property notices.
 */
import { score, type MutantResult, type Score } from "../../../mutate/score.js";
import { summarize, type Summary } from "../../../mutate/summary.js";
import { scorePage } from "../../../mutate/page.js";
import { headline, scoreText } from "../../../mutate/text.js";
import type { Driver } from "../../../spec/scenario.js";
import { witnesses } from "../../arguments/catalogue.js";
import { EXIT, type ExitStatus } from "../../exit-status.js";
import { StatusLine } from "../../terminal/status-line.js";
import { print, screen } from "../../terminal/terminal.js";
import { Interruption } from "../../thread/interruption.js";
import { version } from "../../version.js";
import { subjectOf, type SubjectArguments } from "./subject.js";

export interface MutateArguments extends SubjectArguments {
  /** Are the rules of the hardware mutated? Undefined: unless functions are named. */
  readonly hardware: boolean | undefined;
  readonly maxStates: number;
  readonly json: boolean;
  readonly markdown: boolean;
  readonly quiet: boolean;
  readonly progress: boolean;
}

/** Throws PMC1xx for what the user got wrong, before anything is run. */
export async function runMutate(args: MutateArguments): Promise<ExitStatus> {
  const { driver, cells, functions, hardware, reasons } = await subjectOf(args);
  const withHardware = args.hardware ?? args.function.length === 0;
  const line = new StatusLine(args.progress);
  const interruption = new Interruption();
  const result = score({
    driver,
    cells,
    functions,
    hardware: withHardware ? hardware : undefined,
    witnesses,
    maxStates: args.maxStates,
    stop: interruption.signalled,
    onResult: ({ name, fate }, at, of) => line.show(`mutant ${at} of ${of}, ${fate.kind}: ${name}`),
  });
  interruption.end();
  line.clear();
  const asked = [...new Set(cells.flatMap(({ properties }) => properties.map(({ name }) => name)))];
  const summary = summarize(result, { properties: asked, reasons, isOfReasons: isDefault(args) });
  if (args.json) print(JSON.stringify(documentOf(result, summary), null, 2));
  else if (args.markdown) print(scorePage(result, summary, commandOf(args, driver)));
  else print(args.quiet ? headline(result, summary) : scoreText(result, summary, screen()));
  return interruption.status ?? statusOf(result, summary);
}

/** Are the cells those that nothing was chosen for? */
function isDefault({ scenario, driver, fix, irq, set }: MutateArguments): boolean {
  return scenario.length + set.length === 0 && [driver, fix, irq].every((given) => given === undefined);
}

/**
 * 125 if a bound leaves something open; 14 if a mutant survives unexplained, and if there was none that is not equivalent:
 * then the score would mean nothing. A bound outweighs, because more states may kill the survivors as well.
 */
function statusOf({ incomplete }: Score, { total, equivalent, unexplained, undecided }: Summary): ExitStatus {
  if (incomplete.length > 0 || undecided.length > 0) return EXIT.inconclusive;
  return unexplained.length > 0 || total === equivalent.length ? EXIT.vacuous : EXIT.holds;
}

function documentOf(
  { mutants, ...rest }: Score,
  { killers, total, killed, equivalent, stale, ...left }: Summary,
): object {
  const reasonsByName = new Map(left.explained.map(({ mutant, reason }) => [mutant.name, reason]));
  const withReason = (mutant: MutantResult) => {
    const reason = reasonsByName.get(mutant.name);
    return reason === undefined ? mutant : { ...mutant, reason: { kind: reason.kind, why: reason.why } };
  };
  return {
    tool: "pmucheck",
    version,
    ...rest,
    score: {
      total,
      killed,
      equivalent: equivalent.length,
      explained: left.explained.length,
      unexplained: left.unexplained.length,
      undecided: left.undecided.length,
    },
    killers,
    staleReasons: stale,
    mutants: mutants.map(withReason),
  };
}

function commandOf({ scenario, function: functions, set, irq }: MutateArguments, driver: Driver): string {
  return [
    "pmucheck mutate --markdown",
    ...scenario.map((name) => `--scenario ${name}`),
    `--driver ${driver.name}`,
    ...functions.map((name) => `--function ${name}`),
    ...(irq === undefined ? [] : [`--irq ${irq}`]),
    ...set.map((text) => `--set ${text}`),
  ].join(" ");
}
