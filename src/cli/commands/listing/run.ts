/** `pmucheck listing`: the C of a tree beside the model. */
import { listing, type Drift, type ListedFunction } from "../../../kernel-tree/listing.js";
import { configure } from "../../../spec/parameter.js";
import { driverNamed, shippedScenario } from "../../arguments/catalogue.js";
import { driverWithFixes } from "../../arguments/fixes.js";
import { sourceOf } from "../../arguments/model-sources.js";
import { EXIT, type ExitStatus } from "../../exit-status.js";
import { print } from "../../terminal/terminal.js";

export interface ListingArguments {
  readonly driver: string;
  readonly fix: string | undefined;
  readonly json: boolean;
}

/** Each way to count and to be interrupted, once. */
const SETTINGS: readonly Readonly<Record<string, string>>[] = [
  {},
  { irq: "nmi" },
  { event: "cycles" },
  { long: "1", counters: "2" },
  { pmuv3p5: "1" },
];

export async function runListing({ driver, fix, json }: ListingArguments): Promise<ExitStatus> {
  const c = await driverWithFixes(driverNamed(driver), fix);
  const model = driverNamed(c.base ?? "");
  const scenario = shippedScenario("one-cpu");
  const report = c.source?.report();
  const taken = report?.functions ?? [];
  const shared = taken.filter((name) => model.functions.has(name));
  const listed = listing(shared, {
    model,
    c,
    scenario,
    configurations: SETTINGS.map((settings) => configure(scenario.parameters, settings)),
  });
  const only = taken.filter((name) => !model.functions.has(name));
  const kept = report?.kept ?? [];
  print(
    json
      ? JSON.stringify({ tool: "pmucheck", kernel: report, listed, onlyInC: only }, null, 2)
      : textOf(model.name, listed, only, kept),
  );
  return EXIT.holds;
}

function textOf(
  model: string,
  listed: readonly ListedFunction[],
  only: readonly string[],
  kept: readonly string[],
): string {
  const width = Math.max(...listed.map(({ name }) => name.length)) + 2;
  return [
    ...listed.flatMap(({ name, runs, drift }) => {
      const source = sourceOf(name, model);
      const place = source === undefined ? "" : `  ${source.uri}:${source.line}`;
      if (drift !== undefined) return [`${name.padEnd(width)}PARTS${place}`, ...driftText(drift)];
      return [`${name.padEnd(width)}${runs === 0 ? "not called" : `equal in ${runs} runs`}${place}`];
    }),
    `In C only: ${only.join(", ") || "none"}`,
    `In ${model} only: ${kept.join(", ") || "none"}`,
  ].join("\n");
}

function driftText({ arguments: args, equal, model, c, at }: Drift): string[] {
  return [
    `    given (${args.join(", ")}), after ${equal} equal accesses:`,
    `    model: ${model}`,
    `    C:     ${c}${at === undefined ? "" : `   ${at.file}:${at.line}`}`,
  ];
}
