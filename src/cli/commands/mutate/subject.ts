/**
 * What `pmucheck mutate` makes mistakes in: the Linux driver in the scenarios named, or the driver of a model of one's own.
 */
import { orderOfThings } from "../../../../properties/order-of-things.js";
import type { Cell } from "../../../mutate/cell.js";
import type { HardwareHooks } from "../../../mutate/hardware-mutants.js";
import { reasons as reasonsOfLinux, type Reason } from "../../../mutate/reasons.js";
import { PmucheckError } from "../../../spec/errors.js";
import { nearest } from "../../../spec/nearest.js";
import { configure } from "../../../spec/parameter.js";
import type { Property } from "../../../spec/property.js";
import type { Driver, OwnParts, Scenario } from "../../../spec/scenario.js";
import { built } from "../../../check/target.js";
import {
  defaultDriver,
  driverNamed,
  scenariosNamed,
  shippedProperty,
  shippedScenario,
} from "../../arguments/catalogue.js";
import { driverFor, propertiesOf } from "../../arguments/choices.js";
import { driverWithFixes } from "../../arguments/fixes.js";
import { settingsOf } from "../../arguments/parameter-settings.js";
import { defaultCells, defaultFunctions, hardwareHooks } from "./defaults.js";

export interface SubjectArguments {
  readonly scenario: readonly string[];
  /** Undefined for the default, of a model its first. */
  readonly driver: string | undefined;
  readonly fix: string | undefined;
  readonly irq: string | undefined;
  readonly set: readonly string[];
  readonly function: readonly string[];
}

export interface Subject {
  readonly driver: Driver;
  readonly cells: readonly Cell[];
  /** The functions to mutate. */
  readonly functions: readonly string[];
  readonly hardware: HardwareHooks;
  /** Why mutants survive, as far as that is known. */
  readonly reasons: readonly Reason[];
}

/** Throws PMC1xx for what the user got wrong. */
export async function subjectOf(args: SubjectArguments): Promise<Subject> {
  const named = await scenariosNamed(args.scenario);
  const model = named.find(({ own }) => own !== undefined);
  if (model?.own === undefined) return linuxSubject(args, named);
  if (named.length === 1) return modelSubject(args, model, model.own);
  throw new PmucheckError(
    "PMC104",
    `${model.name} has drivers and properties of its own: mutate it without other scenarios`,
  );
}

async function linuxSubject(args: SubjectArguments, named: readonly Scenario[]): Promise<Subject> {
  const driver = await driverWithFixes(driverNamed(args.driver ?? defaultDriver.name), args.fix);
  return {
    driver,
    cells: await linuxCells(args, driver, named),
    functions: functionsNamed(driver, args.function) ?? defaultFunctions,
    hardware: hardwareHooks,
    reasons: reasonsOfLinux,
  };
}

/** A model is one cell, with its own properties; all functions of its driver are mutated. */
async function modelSubject(args: SubjectArguments, model: Scenario, own: OwnParts): Promise<Subject> {
  const driver = await driverWithFixes(driverFor(model, args.driver), args.fix);
  const { hardware } = own;
  return {
    driver,
    cells: cellOf(model, driver, settingsOf(args), propertiesOf(model, own)),
    functions:
      functionsNamed(driver, args.function) ??
      [...driver.functions.keys()].filter((name) => !hardware.entry.includes(name)),
    hardware,
    reasons: [],
  };
}

/** A scenario in which mutants are to be run. */
interface Chosen {
  readonly scenario: Scenario;
  readonly own: Readonly<Record<string, string>>;
  /** What is fixed in the driver there, besides what --fix says. */
  readonly fix?: string | undefined;
}

/** The default cells, or the scenarios named, each with both kinds of interrupt if the driver can. */
async function linuxCells(
  args: SubjectArguments,
  driver: Driver,
  named: readonly Scenario[],
): Promise<readonly Cell[]> {
  const settings = settingsOf(args);
  const chosen: readonly Chosen[] =
    named.length === 0
      ? defaultCells.map(([name, own, fix]) => ({ scenario: shippedScenario(name), own, fix }))
      : named.map((scenario) => ({ scenario, own: {} }));
  const cells: Cell[] = [];
  for (const { scenario, own, fix } of chosen) {
    const properties = [...new Set([...scenario.properties.map(shippedProperty), ...orderOfThings])];
    const there = fix === undefined ? driver : await driverWithAlso(args, fix);
    for (const irq of ["irq", "nmi"]) {
      const all: Readonly<Record<string, string>> = { irq, ...own, ...settings };
      if (all["irq"] !== irq) continue;
      const words = fix === undefined ? [] : [`+ ${fix}`];
      cells.push(...cellOf(scenario, there, all, properties, words));
    }
  }
  if (cells.length > 0) return cells;
  throw new PmucheckError(
    "PMC107",
    `${driver.name} cannot be checked in any of these scenarios with these settings`,
  );
}

/** The driver with a fix besides those that --fix names. */
async function driverWithAlso({ driver = defaultDriver.name, fix }: SubjectArguments, also: string) {
  const asked = fix?.split("+") ?? [];
  const all = asked.includes(also) ? asked : [...asked, also];
  return await driverWithFixes(driverNamed(driver), all.join("+"));
}

/** Nothing if the driver cannot be checked there. */
function cellOf(
  scenario: Scenario,
  driver: Driver,
  settings: Readonly<Record<string, string>>,
  properties: readonly Property[],
  more: readonly string[] = [],
): readonly Cell[] {
  const configuration = configure(scenario.parameters, settings);
  if (scenario.refuses?.(driver, configuration) !== undefined) return [];
  built({ scenario, driver, configuration });
  const words = Object.entries(settings).map(([name, value]) =>
    name === "irq" ? value : `${name}=${value}`,
  );
  const name = [scenario.name, ...words, ...more].join(" ");
  return [{ name, driver, scenario, configuration, properties }];
}

/** Undefined if none is named. Throws PMC104 for a function that the driver does not have. */
function functionsNamed(
  { name: driver, functions }: Driver,
  names: readonly string[],
): readonly string[] | undefined {
  const unknown = names.find((name) => !functions.has(name));
  if (unknown === undefined) return names.length === 0 ? undefined : names;
  throw new PmucheckError(
    "PMC104",
    `${driver} has no function '${unknown}'${nearest(unknown, [...functions.keys()])}`,
  );
}
