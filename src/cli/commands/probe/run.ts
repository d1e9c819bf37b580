/**
 * `pmucheck probe`: the script, and what it is worth.
 */
import { probe } from "../../../../models/observers/probe.js";
import { accuracyOf, type AccuracyCell } from "../../../probe/accuracy.js";
import { PROBE_SCRIPT } from "../../../probe/script.js";
import { accuracyLine, accuracyTable } from "../../../probe/text.js";
import { traceText } from "../../../report/trace/text.js";
import { headline } from "../../../report/wrap.js";
import { PmucheckError } from "../../../spec/errors.js";
import { configure } from "../../../spec/parameter.js";
import type { Scenario } from "../../../spec/scenario.js";
import {
  defaultDriver,
  driverNamed,
  scenarioNamed,
  scenarios,
  shippedProperty,
  witnesses,
} from "../../arguments/catalogue.js";
import { settingsOf } from "../../arguments/parameter-settings.js";
import { EXIT, type ExitStatus } from "../../exit-status.js";
import { StatusLine } from "../../terminal/status-line.js";
import { complain, print, screen } from "../../terminal/terminal.js";
import { Interruption } from "../../thread/interruption.js";

export interface ProbeArguments {
  readonly accuracy: boolean;
  readonly scenario: string | undefined;
  readonly driver: string | undefined;
  readonly irq: string | undefined;
  readonly set: readonly string[];
  readonly maxStates: number;
  readonly json: boolean;
  readonly progress: boolean;
}

/** An accuracy is not a verdict: 0 if it is decided everywhere, 125 if not. */
export async function runProbe(args: ProbeArguments): Promise<ExitStatus> {
  if (!args.accuracy) {
    mustNotSay(args);
    print(PROBE_SCRIPT.trimEnd());
    return EXIT.holds;
  }
  const chosen = args.scenario === undefined ? scenarios : [await scenarioNamed(args.scenario)];
  const asked = chosen.filter(({ properties }) => properties.includes("no-loss"));
  const interruption = new Interruption();
  const cells: AccuracyCell[] = [];
  const line = new StatusLine(args.progress);
  for (const [at, one] of asked.entries()) {
    line.show(`probe: scenario ${at + 1} of ${asked.length}, ${one.name}`);
    const cell = cellOf(one, args, interruption);
    // What was stopped in its middle is not decided.
    if (interruption.signalled() !== undefined) break;
    cells.push(cell);
  }
  interruption.end();
  line.clear();
  if (cells.length > 0)
    print(args.json ? JSON.stringify(cells, null, 2) : textOf(cells, args.scenario !== undefined));
  if (interruption.status !== undefined) {
    complain(
      `pmucheck: interrupted: ${asked.length - cells.length} of ${asked.length} scenarios are not decided`,
    );
    return interruption.status;
  }
  return cells.some(({ accuracy }) => accuracy === "undecided") ? EXIT.inconclusive : EXIT.holds;
}

function cellOf(scenario: Scenario, args: ProbeArguments, { signalled: stop }: Interruption): AccuracyCell {
  return accuracyOf({
    scenario,
    driver: driverNamed(args.driver ?? defaultDriver.name),
    configuration: configure(scenario.parameters, settingsOf(args)),
    observer: probe,
    noLoss: shippedProperty("no-loss"),
    noDuplicate: shippedProperty("no-duplicate"),
    witnesses,
    maxStates: args.maxStates,
    stop,
  });
}

function textOf(cells: readonly AccuracyCell[], withTraces: boolean): string {
  const [cell] = cells;
  if (!withTraces || cell === undefined) return accuracyTable(cells);
  const { missed, excess } = cell;
  const on = screen();
  return [
    ...headline(accuracyLine(cell), on.width),
    ...(missed === null ? [] : ["", "A loss that it does not count:", "", traceText(missed, on)]),
    ...(excess === null ? [] : ["", "What it counts and is not lost:", "", traceText(excess, on)]),
  ].join("\n");
}

function mustNotSay({ scenario, driver, irq, set, json }: ProbeArguments): void {
  const given = [scenario, driver, irq].some((one) => one !== undefined) || set.length > 0 || json;
  if (!given) return;
  throw new PmucheckError(
    "PMC104",
    "the script is the same for every kernel: say what is to be decided with --accuracy",
  );
}
