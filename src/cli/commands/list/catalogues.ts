/**
 * The lists of `pmucheck list`.
 */
import type { Catalogue } from "../../../report/lists.js";
import { drivers, edits, fixes, properties, scenarios, witnesses } from "../../arguments/catalogue.js";
import {
  deviationEntries,
  driverEntry,
  editEntry,
  fixEntry,
  parameterEntries,
  propertyEntry,
  scenarioEntry,
  witnessEntry,
} from "./entries.js";

export const LISTS = [
  "scenarios",
  "drivers",
  "properties",
  "witnesses",
  "parameters",
  "fixes",
  "edits",
  "deviations",
] as const;
export type ListName = (typeof LISTS)[number];

export const CATALOGUES: Readonly<Record<ListName, Catalogue>> = {
  scenarios: {
    one: "scenario",
    what: "which task runs on which CPU, which events there are, and what may happen to them",
    entries: scenarios.map(scenarioEntry),
  },
  drivers: {
    one: "driver",
    what: "versions of Linux: the PMU driver and the core that it is called by",
    entries: drivers.map(driverEntry),
  },
  properties: {
    one: "property",
    what: "what must hold (--property)",
    entries: properties.map(propertyEntry),
  },
  witnesses: {
    one: "witness",
    what: "what must have been reached somewhere, or a verdict of holds becomes vacuous",
    entries: witnesses.map(witnessEntry),
  },
  parameters: {
    one: "parameter",
    what: "what a scenario is checked with (--set NAME=VALUE)",
    entries: parameterEntries(),
  },
  fixes: {
    one: "fix",
    what: "changes of the driver (--fix NAME, --fix NAME+NAME)",
    entries: fixes.map(fixEntry),
  },
  edits: {
    one: "edit",
    what: "the smallest changes that fixes are made of; they combine like fixes (--fix EDIT+EDIT)",
    entries: edits.map(editEntry),
  },
  deviations: {
    one: "deviation",
    what: "where a model knowingly differs from what it models",
    entries: deviationEntries(),
  },
};
