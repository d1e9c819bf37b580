/**
 * `pmucheck list`: what there is to choose from.
 */
import { paragraph } from "../../report/wrap.js";
import { WIDTH } from "../../report/columns.js";
import { MEANING, type Deviation } from "../../spec/deviation.js";
import type { Edit } from "../../spec/edit.js";
import type { Parameter } from "../../spec/parameter.js";
import type { Driver } from "../../spec/scenario.js";
import {
  defaultDriver,
  defaultProperty,
  drivers,
  edits,
  fixes,
  properties,
  scenarios,
  witnesses,
} from "../arguments/catalogue.js";
import { EXIT, type ExitStatus } from "../exit-status.js";
import { print } from "../terminal/terminal.js";

export const LISTS = ["scenarios", "drivers", "properties", "fixes", "edits", "deviations"] as const;
export type ListName = (typeof LISTS)[number];

export function runList(name: ListName): ExitStatus {
  print(TEXTS[name]());
  return EXIT.holds;
}

const TEXTS: Readonly<Record<ListName, () => string>> = {
  scenarios: () =>
    [
      ...scenarios.map(({ name, summary }) => entry(name, summary)),
      "Parameters (--set NAME=VALUE):",
      ...[...new Set(scenarios.flatMap(({ parameters }) => parameters))].map((parameter) =>
        entry(parameterHead(parameter), parameter.meaning),
      ),
    ].join("\n"),
  drivers: () => drivers.map(driverText).join("\n"),
  deviations: () => allDeviations().map(deviationText).join("\n"),
  fixes: () =>
    fixes
      .map(({ name, summary, idea, proposedBy, hazards }) =>
        [
          entry(name, summary),
          ...[
            `Idea: ${idea}`,
            `Proposed by: ${proposedBy}`,
            ...hazards.map((hazard) => `Hazard: ${hazard}`),
          ].map((text) => paragraph(text, WIDTH, "      ")),
        ].join("\n"),
      )
      .join("\n"),
  edits: () => [...edits.map(editText), "Combine them like fixes: --fix EDIT+EDIT."].join("\n"),
  properties: () =>
    [
      ...properties.map(({ name, sentence, reference }) =>
        entry(name === defaultProperty.name ? `${name} (default)` : name, `${sentence} [${reference}]`),
      ),
      "Witnesses (each must be reached, or 'holds' becomes 'vacuous'):",
      ...witnesses.map(({ name, sentence }) => entry(name, sentence)),
    ].join("\n"),
};

function entry(head: string, text: string): string {
  return `${head}\n${paragraph(text, WIDTH, "    ")}`;
}

function parameterHead(parameter: Parameter): string {
  const range =
    parameter.kind === "choice" ? parameter.choices.join("|") : `${parameter.minimum}..${parameter.maximum}`;
  return `  ${parameter.name}=${range} (default ${parameter.default})`;
}

function driverText({ name, summary, base, differences, lacks }: Driver): string {
  return [
    entry(name === defaultDriver.name ? `${name} (default)` : name, summary),
    ...(base === null ? [] : [`    differs from ${base}:`]),
    ...differences.map(({ what, commit }) => paragraph(`- ${what} [${commit}]`, WIDTH, "      ")),
    ...Object.values(lacks).map((reason) => paragraph(`- ${reason}`, WIDTH, "      ")),
  ].join("\n");
}

function editText({ name, summary, inC, excludes = [], needs = [], cost }: Edit): string {
  const { lines, accesses, fields } = cost;
  return [
    entry(name, summary),
    ...[
      `In C: ${inC}`,
      ...(excludes.length === 0 ? [] : [`Not with: ${excludes.join(", ")}`]),
      ...needs.map((any) => `Needs one of: ${any.join(", ")}`),
      `Cost: ${lines} lines, ${accesses} accesses without an overflow, ${fields} fields`,
    ].map((text) => paragraph(text, WIDTH, "      ")),
  ].join("\n");
}

/** Every driver's, each once. */
function allDeviations(): readonly Deviation[] {
  return [...new Map(drivers.flatMap(({ deviations }) => deviations).map((one) => [one.name, one])).values()];
}

function deviationText({ name, where, what, does, because }: Deviation): string {
  return entry(`${name} (${does}: ${MEANING[does]})`, `${what}. ${because}. [${where}]`);
}
