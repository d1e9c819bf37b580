/**
 * The things that lists are of: of each its name, a line, what there is to know of it, and the same as JSON.
 */
import type { Entry } from "../../../report/lists.js";
import { MEANING, type Deviation } from "../../../spec/deviation.js";
import type { Edit } from "../../../spec/edit.js";
import type { Fix } from "../../../spec/fix.js";
import type { Parameter } from "../../../spec/parameter.js";
import type { Property, Witness } from "../../../spec/property.js";
import type { Driver, Scenario } from "../../../spec/scenario.js";
import { defaultDriver, defaultProperty, drivers, scenarios } from "../../arguments/catalogue.js";

const KINDS: Readonly<Record<Property["kind"], string>> = {
  always: "safety: a violation is a trace that ends in a step which must not be",
  eventually: "liveness: a violation is a trace that ends in a loop",
};

/** Of a model of one's own, with its drivers. */
export function scenarioEntry(scenario: Scenario): Entry {
  const { name, summary, shows, start, parameters, properties: of } = scenario;
  const needed = scenario.witnesses(configurationOf(scenario));
  const brought = scenario.own?.drivers ?? [];
  return {
    name,
    short: summary,
    parts: [
      { title: "What it shows", lines: [shows] },
      { title: "Where a trace starts", lines: [start] },
      {
        title: "Parameters (--set NAME=VALUE; the default in brackets)",
        lines: parameters.map(
          (one) => [`${one.name}=${rangeOf(one)} (${one.default})`, one.meaning] as const,
        ),
      },
      { title: "Properties of its cells in check --all", lines: [of.join(", ")] },
      ...(needed.length === 0
        ? []
        : [{ title: "Must be reached before it holds", lines: [needed.join(", ")] }]),
      ...(brought.length === 0
        ? []
        : [
            {
              title: "Drivers (--driver NAME)",
              lines: brought.map((one) => [one.name, one.summary] as const),
            },
          ]),
    ],
    data: {
      name,
      summary,
      shows,
      start,
      parameters,
      properties: of,
      witnesses: needed,
      ...(brought.length === 0 ? {} : { drivers: brought.map((one) => one.name) }),
    },
  };
}

/** The defaults. */
function configurationOf({ parameters }: Scenario) {
  return Object.fromEntries(parameters.map(({ name, default: value }) => [name, value]));
}

export function driverEntry({ name, summary, base, differences, lacks, deviations }: Driver): Entry {
  const missing = Object.values(lacks);
  return {
    name,
    short: name === defaultDriver.name ? `${summary} (the default)` : summary,
    parts: [
      ...(base === null
        ? []
        : [
            {
              title: `Differs from ${base}`,
              lines: differences.map(({ what, commit }) => `${what} [${commit}]`),
            },
          ]),
      ...(missing.length === 0 ? [] : [{ title: "Does not have", lines: missing }]),
      {
        title: "Deviations (pmucheck list deviation NAME)",
        lines: [deviations.map((one) => one.name).join(", ")],
      },
    ],
    data: {
      name,
      summary,
      base,
      differences,
      lacks,
      deviations: deviations.map((one) => one.name),
      default: name === defaultDriver.name,
    },
  };
}

export function propertyEntry({ name, kind, sentence, reference }: Property): Entry {
  const those = scenarios.filter((scenario) => scenario.properties.includes(name)).map((one) => one.name);
  const isDefault = name === defaultProperty.name;
  return {
    name,
    short: isDefault ? `${sentence} (the default)` : sentence,
    parts: [
      { title: "Kind", lines: [KINDS[kind]] },
      { title: "Where it comes from", lines: [reference] },
      { title: "Scenarios that check --all asks it in", lines: [those.join(", ")] },
    ],
    data: { name, kind, sentence, reference, scenarios: those, default: isDefault },
  };
}

export function witnessEntry({ name, sentence }: Witness): Entry {
  return { name, short: sentence, parts: [], data: { name, sentence } };
}

/** By name. What a parameter takes and means is the same in all scenarios but for the default. */
export function parameterEntries(): readonly Entry[] {
  const named = new Map<string, { readonly parameter: Parameter; readonly of: string }[]>();
  for (const { name, parameters } of scenarios) {
    for (const parameter of parameters) {
      named.set(parameter.name, [...(named.get(parameter.name) ?? []), { parameter, of: name }]);
    }
  }
  return [...named.entries()]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, having]) => parameterEntry(name, having));
}

function parameterEntry(
  name: string,
  having: readonly { readonly parameter: Parameter; readonly of: string }[],
): Entry {
  const usual = usualOf(having.map(({ parameter }) => parameter.default));
  const [first] = having;
  if (first === undefined) throw new Error(`no scenario has the parameter ${name}`);
  const others = having.filter(({ parameter }) => parameter.default !== usual);
  const defaults = [`default ${usual}`, ...others.map(({ parameter, of }) => `${of}: ${parameter.default}`)];
  const { meaning } = first.parameter;
  return {
    name,
    short: `${rangeOf(first.parameter)} (${defaults.join("; ")}): ${meaning}`,
    parts: [{ title: "Scenarios that have it", lines: [having.map(({ of }) => of).join(", ")] }],
    data: {
      name,
      range: rangeOf(first.parameter),
      meaning,
      defaults: Object.fromEntries(having.map(({ parameter, of }) => [of, parameter.default])),
    },
  };
}

/** The value that most have; of several, the first. */
function usualOf<T>(values: readonly T[]): T | undefined {
  const count = (of: T) => values.filter((value) => value === of).length;
  return values.toSorted((one, other) => count(other) - count(one))[0];
}

/** `2..64`, `0..500|any`, `irq|nmi` */
function rangeOf(parameter: Parameter): string {
  if (parameter.kind === "choice") return parameter.choices.join("|");
  return `${parameter.minimum}..${parameter.maximum}${parameter.kind === "bound" ? "|any" : ""}`;
}

export function fixEntry({ name, summary, idea, proposedBy, hazards, assumes, claims }: Fix): Entry {
  return {
    name,
    short: summary,
    parts: [
      { title: "Idea", lines: [idea] },
      { title: "Proposed by", lines: [proposedBy] },
      ...(hazards.length === 0 ? [] : [{ title: "Hazards", lines: hazards }]),
      ...(assumes.length === 0 ? [] : [{ title: "Assumes", lines: assumes }]),
      { title: "Claims", lines: [claims.join(", ")] },
    ],
    data: { name, summary, idea, proposedBy, hazards, assumes, claims },
  };
}

export function editEntry({ name, summary, inC, excludes = [], needs = [], cost }: Edit): Entry {
  const { lines, accesses, fields } = cost;
  return {
    name,
    short: summary,
    parts: [
      { title: "In C", lines: [inC] },
      ...(excludes.length === 0 ? [] : [{ title: "Not with", lines: [excludes.join(", ")] }]),
      ...(needs.length === 0 ? [] : [{ title: "Needs one of", lines: needs.map((any) => any.join(", ")) }]),
      {
        title: "Cost",
        lines: [`${lines} lines, ${accesses} accesses without an overflow, ${fields} fields`],
      },
    ],
    data: { name, summary, inC, excludes, needs, cost },
  };
}

/** Every driver's, each once. */
export function deviationEntries(): readonly Entry[] {
  const each = new Map(drivers.flatMap(({ deviations }) => deviations).map((one) => [one.name, one]));
  return [...each.values()].map(deviationEntry);
}

export function deviationEntry({ name, where, what, does, because }: Deviation): Entry {
  return {
    name,
    short: what,
    parts: [
      { title: "What it does to verdicts", lines: [`${does}: ${MEANING[does]}`] },
      { title: "Why", lines: [because] },
      { title: "Where", lines: [where] },
    ],
    data: { name, what, does, because, where },
  };
}
