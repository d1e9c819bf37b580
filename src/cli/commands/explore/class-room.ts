/**
 * The class room: assignments in a scenario, easy ones first. By an ordinary interrupt, by a pseudo-NMI, with a fix that
 * fails, and with one that works.
 */
import { lessonOf, mustHaveLessons } from "../../../explorer/file/lesson.js";
import { pageHtml } from "../../../explorer/file/html.js";
import type { PageEntry } from "../../../explorer/play/page-document.js";
import { configure } from "../../../spec/parameter.js";
import { PmucheckError } from "../../../spec/errors.js";
import type { Scenario } from "../../../spec/scenario.js";
import { refusalOf, type Target } from "../../../check/target.js";
import { witnesses } from "../../arguments/catalogue.js";
import { driverFor, propertyFor } from "../../arguments/choices.js";
import { driverWithFixes } from "../../arguments/fixes.js";
import { settingsOf, settingsWith } from "../../arguments/parameter-settings.js";
import { ownCodeOf } from "../../results/own-code.js";
import { complain } from "../../terminal/terminal.js";
import { version } from "../../version.js";

export interface ClassRoomArguments {
  readonly driver: string | undefined;
  readonly fix: string | undefined;
  readonly property: string | undefined;
  readonly irq: string | undefined;
  readonly set: readonly string[];
  /** What has more states is left out. */
  readonly maxStates: number;
}

/** The obvious fix, which fails, and the one of docs/answer.md, which does not. */
const FIXES = ["no-clear", "no-lost-overflow"];

interface Assignment {
  /** Undefined for the default. */
  readonly driver: string | undefined;
  readonly irq: string | undefined;
  readonly fix: string | undefined;
}

/** The page. `mostBytes`: of it. Throws PMC107 if no assignment can be made, and what the arguments' names throw. */
export async function classRoom(
  scenario: Scenario,
  args: ClassRoomArguments,
  mostBytes: number | undefined,
): Promise<string> {
  const targets: (readonly [Assignment, Target | string])[] = [];
  // Everything the user asked for is understood before the first check.
  for (const assignment of assignmentsOf(scenario, args)) {
    targets.push([assignment, await targetOf(scenario, args, assignment)]);
  }
  const { script, models } = await ownCodeOf(
    targets.flatMap(([, target]) => (typeof target === "string" ? [] : [target])),
  );
  const entries: PageEntry[] = [];
  const left: string[] = [];
  for (const [assignment, target] of targets) {
    const made =
      typeof target === "string"
        ? { why: target }
        : lessonOf(target, { witnesses, maxStates: args.maxStates }, models);
    if ("entry" in made) entries.push(made.entry);
    else left.push(`${nameOf(scenario, assignment)}: ${made.why}`);
  }
  mustHaveLessons(entries, left);
  for (const line of left) complain(`pmucheck: left out: ${line}`);
  return pageHtml({ version, verdicts: [], entries, isComparison: false }, { script, mostBytes });
}

/** Or why there is none. Throws for what the user has named; what was not named is left out where it does not fit. */
async function targetOf(
  scenario: Scenario,
  args: ClassRoomArguments,
  { driver: asked, irq, fix }: Assignment,
): Promise<Target | string> {
  const property = await propertyFor(scenario, args.property);
  const base = driverFor(scenario, asked);
  try {
    const driver = await driverWithFixes(base, fix);
    const settings = settingsWith(driver, settingsOf({ irq, set: args.set }));
    const target = { scenario, driver, property, configuration: configure(scenario.parameters, settings) };
    const refusal = refusalOf(target);
    if (refusal !== undefined) throw new PmucheckError("PMC107", refusal);
    return target;
  } catch (error) {
    const cannotBe = error instanceof PmucheckError && /^PMC(?:107|13[456])$/.test(error.code);
    const isAsked = fix === args.fix && irq === args.irq;
    if (!cannotBe || isAsked) throw error;
    return error.message;
  }
}

function nameOf({ name, own }: Scenario, { driver, irq, fix }: Assignment): string {
  return [name, own === undefined ? undefined : driver, irq, fix]
    .filter((part) => part !== undefined)
    .join(", ");
}

/** Of a model of one's own, which our fixes do not fit, one for each of its drivers. */
function assignmentsOf(
  { parameters, own }: Scenario,
  { driver, irq, fix }: ClassRoomArguments,
): readonly Assignment[] {
  const hasModes = parameters.some(({ name }) => name === "irq");
  const modes = irq === undefined && hasModes ? ["irq", "nmi"] : [irq];
  const drivers = driver === undefined && own !== undefined ? own.drivers.map(({ name }) => name) : [driver];
  const fixes = fix !== undefined ? [fix] : own === undefined ? FIXES : [];
  return [
    ...drivers.flatMap((of) => modes.map((mode) => ({ driver: of, irq: mode, fix: undefined }))),
    ...fixes.map((name) => ({ driver, irq: modes[0], fix: name })),
  ];
}
