/**
 * `pmucheck export`: a small system as a model for another model checker.
 */
import type { Origin } from "../../../export/guarded-commands.js";
import type { Language } from "../../../export/languages.js";
import { learn, type LocalTables } from "../../../export/local-tables.js";
import { toMurphi } from "../../../export/murphi.js";
import { toPromela } from "../../../export/promela.js";
import { systemOf } from "../../../check/target.js";
import { Machine } from "../../../runtime/machine.js";
import { configure } from "../../../spec/parameter.js";
import { scenarioNamed } from "../../arguments/catalogue.js";
import { driverFor } from "../../arguments/choices.js";
import { EXIT, type ExitStatus } from "../../exit-status.js";
import { settingsOf } from "../../arguments/parameter-settings.js";
import { saying } from "../../terminal/status-line.js";
import { print } from "../../terminal/terminal.js";

const WRITERS: Readonly<Record<Language, (tables: LocalTables, origin: Origin) => string>> = {
  promela: toPromela,
  murphi: toMurphi,
};

export interface ExportArguments {
  readonly scenario: string;
  readonly to: Language;
  /** Undefined for the scenario's default. */
  readonly driver: string | undefined;
  readonly irq: string | undefined;
  readonly set: readonly string[];
  readonly maxStates: number;
  readonly progress: boolean;
}

/** Throws PMC141 for a system that is too large. */
export async function runExport(args: ExportArguments): Promise<ExitStatus> {
  const scenario = await scenarioNamed(args.scenario);
  const driver = driverFor(scenario, args.driver);
  const configuration = configure(scenario.parameters, settingsOf(args));
  const machine = new Machine(systemOf({ scenario, driver, configuration }));
  const parameters = Object.entries(configuration).map(([name, value]) => `${name}=${value}`);
  const title = `pmucheck scenario ${scenario.name}, driver ${driver.name}, ${parameters.join(", ")}`;
  const tables = saying(args.progress, `export: exploring ${scenario.name}`, () =>
    learn(machine, args.maxStates),
  );
  print(WRITERS[args.to](tables, { title }).trimEnd());
  return EXIT.holds;
}
