/** `pmucheck listing`: the C of a tree beside the model. */
import { listing } from "../../../kernel-tree/listing.js";
import { listingText } from "./text.js";
import { configure } from "../../../spec/parameter.js";
import { driverNamed, shippedScenario } from "../../arguments/catalogue.js";
import { driverWithFixes } from "../../arguments/fixes.js";
import { sourceOf } from "../../arguments/model-sources.js";
import { EXIT, type ExitStatus } from "../../exit-status.js";
import { saying } from "../../terminal/status-line.js";
import { print, screen } from "../../terminal/terminal.js";

export interface ListingArguments {
  readonly driver: string;
  readonly fix: string | undefined;
  readonly json: boolean;
  readonly progress: boolean;
}

/** Each way to count and to be interrupted, once. */
const SETTINGS: readonly Readonly<Record<string, string>>[] = [
  {},
  { irq: "nmi" },
  { event: "cycles" },
  { long: "1", counters: "2" },
  { pmuv3p5: "1" },
];

export async function runListing({ driver, fix, json, progress }: ListingArguments): Promise<ExitStatus> {
  const c = await driverWithFixes(driverNamed(driver), fix);
  const model = driverNamed(c.base ?? "");
  const scenario = shippedScenario("one-cpu");
  const report = c.source?.report();
  const taken = report?.functions ?? [];
  const shared = taken.filter((name) => model.functions.has(name));
  const configurations = SETTINGS.map((settings) => configure(scenario.parameters, settings));
  const listed = saying(progress, `listing: running ${shared.length} functions`, () =>
    listing(shared, { model, c, scenario, configurations }),
  );
  const only = taken.filter((name) => !model.functions.has(name));
  const kept = report?.kept ?? [];
  const placeOf = (name: string): string | undefined => {
    const source = sourceOf(name, model.name);
    return source && `${source.uri}:${source.line}`;
  };
  const text = {
    tree: report?.folder ?? c.name,
    model: model.name,
    listed,
    onlyInC: only,
    onlyInModel: kept,
  };
  print(
    json
      ? JSON.stringify({ tool: "pmucheck", kernel: report, listed, onlyInC: only }, null, 2)
      : listingText({ ...text, placeOf }, screen()),
  );
  return EXIT.holds;
}
