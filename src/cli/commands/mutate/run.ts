/**
 * `pmucheck mutate`: mistakes in the driver and the hardware that no property notices.
 */
import type { Cell } from "../../../mutate/cell.js";
import { reasons } from "../../../mutate/reasons.js";
import { score, type MutantResult, type Score } from "../../../mutate/score.js";
import { summarize, type Summary } from "../../../mutate/summary.js";
import { headline, scorePage, scoreText } from "../../../mutate/text.js";
import { PmucheckError } from "../../../spec/errors.js";
import { nearest } from "../../../spec/nearest.js";
import { configure } from "../../../spec/parameter.js";
import type { Driver, Scenario } from "../../../spec/scenario.js";
import { built } from "../../../check/target.js";
import {
  driverNamed,
  scenariosNamed,
  shippedProperty,
  shippedScenario,
  witnesses,
} from "../../arguments/catalogue.js";
import { driverWithFixes } from "../../arguments/fixes.js";
import { EXIT, type ExitStatus } from "../../exit-status.js";
import { defaultCells, defaultFunctions, hardwareHooks } from "./defaults.js";
import { settingsOf } from "../../arguments/parameter-settings.js";
import { StatusLine } from "../../terminal/status-line.js";
import { print } from "../../terminal/terminal.js";
import { version } from "../../version.js";

export interface MutateArguments {
  readonly scenario: readonly string[];
  readonly driver: string;
  readonly fix: string | undefined;
  readonly irq: string | undefined;
  readonly set: readonly string[];
  readonly function: readonly string[];
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
  const driver = await driverWithFixes(driverNamed(args.driver), args.fix);
  const functions =
    args.function.length === 0 ? defaultFunctions : args.function.map((name) => functionNamed(driver, name));
  const cells = await cellsOf(args, driver);
  const withHardware = args.hardware ?? args.function.length === 0;
  const line = new StatusLine(args.progress);
  const result = score({
    driver,
    cells,
    functions,
    hardware: withHardware ? hardwareHooks : undefined,
    witnesses,
    maxStates: args.maxStates,
    onResult: ({ name, fate }, at, of) => line.show(`mutant ${at} of ${of}, ${fate.kind}: ${name}`),
  });
  line.clear();
  const asked = [...new Set(cells.flatMap(({ properties }) => properties.map(({ name }) => name)))];
  const summary = summarize(result, asked, reasons);
  if (args.json) print(JSON.stringify(documentOf(result, summary), null, 2));
  else if (args.markdown) print(scorePage(result, summary, commandOf(args)));
  else print(args.quiet ? headline(result, summary) : scoreText(result, summary));
  return statusOf(result, summary);
}

/**
 * 125 if a bound leaves something open; 14 if a mutant survives unexplained, and if there was none at all: then the
 * score would mean nothing. A bound outweighs, because more states may kill the survivors as well.
 */
function statusOf({ incomplete }: Score, { total, unexplained, undecided }: Summary): ExitStatus {
  if (incomplete.length > 0 || undecided.length > 0) return EXIT.inconclusive;
  return unexplained.length > 0 || total === 0 ? EXIT.vacuous : EXIT.holds;
}

function documentOf(
  { mutants, ...rest }: Score,
  { killers, total, killed, stale, ...left }: Summary,
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
      explained: left.explained.length,
      unexplained: left.unexplained.length,
      undecided: left.undecided.length,
    },
    killers,
    staleReasons: stale,
    mutants: mutants.map(withReason),
  };
}

/** The default cells, or the scenarios named, each with both kinds of interrupt if the driver can. */
async function cellsOf(args: MutateArguments, driver: Driver): Promise<Cell[]> {
  const settings = settingsOf(args);
  const chosen =
    args.scenario.length === 0
      ? defaultCells.map(([name, own]) => ({ scenario: shippedScenario(name), own }))
      : (await scenariosNamed(args.scenario)).map((scenario) => ({ scenario, own: {} }));
  const cells = chosen.flatMap(({ scenario, own }) =>
    ["irq", "nmi"].flatMap((irq): Cell[] => {
      const all: Readonly<Record<string, string>> = { irq, ...own, ...settings };
      return all["irq"] === irq ? cellOf(scenario, driver, all) : [];
    }),
  );
  if (cells.length > 0) return cells;
  throw new PmucheckError(
    "PMC107",
    `${driver.name} cannot be checked in any of these scenarios with these settings`,
  );
}

/** Nothing if the driver cannot be checked there. */
function cellOf(scenario: Scenario, driver: Driver, settings: Readonly<Record<string, string>>): Cell[] {
  const configuration = configure(scenario.parameters, settings);
  if (scenario.refuses?.(driver, configuration) !== undefined) return [];
  built({ scenario, driver, configuration });
  const words = Object.entries(settings).map(([name, value]) =>
    name === "irq" ? value : `${name}=${value}`,
  );
  return [
    {
      name: [scenario.name, ...words].join(" "),
      scenario,
      configuration,
      properties: scenario.properties.map(shippedProperty),
    },
  ];
}

/** Throws PMC104 for a function that the driver does not have. */
function functionNamed({ name: driver, functions }: Driver, name: string): string {
  if (functions.has(name)) return name;
  throw new PmucheckError(
    "PMC104",
    `${driver} has no function '${name}'${nearest(name, [...functions.keys()])}`,
  );
}

function commandOf({ driver, scenario, function: functions, set, irq }: MutateArguments): string {
  return [
    "pmucheck mutate --markdown",
    ...scenario.map((name) => `--scenario ${name}`),
    `--driver ${driver}`,
    ...functions.map((name) => `--function ${name}`),
    ...(irq === undefined ? [] : [`--irq ${irq}`]),
    ...set.map((text) => `--set ${text}`),
  ].join(" ");
}
