/**
 * `pmucheck conform`: holds a log against a model.
 */
import { perfEventContext } from "../../../../models/linux/structs.js";
import { systemOf } from "../../../check/target.js";
import { conform, type Conformance, type Refusal } from "../../../conform/conform.js";
import { readLog, type Log } from "../../../conform/log.js";
import { conformText } from "./text.js";
import { whyNot } from "../../../explain/why-not.js";
import { Machine } from "../../../runtime/machine.js";
import { PmucheckError } from "../../../spec/errors.js";
import { configure } from "../../../spec/parameter.js";
import type { Scenario } from "../../../spec/scenario.js";
import type { WhyNot } from "../../../trace/explanation.js";
import { defaultDriver, driverNamed, scenarioNamed } from "../../arguments/catalogue.js";
import { driverWithFixes } from "../../arguments/fixes.js";
import { settingsOf, settingsWith } from "../../arguments/parameter-settings.js";
import { mustBeTrusted } from "../../arguments/trust.js";
import { readText } from "../../arguments/read-text.js";
import { EXIT, type ExitStatus } from "../../exit-status.js";
import { saying } from "../../terminal/status-line.js";
import { print, screen } from "../../terminal/terminal.js";

export interface ConformArguments {
  readonly log: string;
  readonly driver: string | undefined;
  readonly fix: string | undefined;
  readonly irq: string | undefined;
  readonly set: readonly string[];
  readonly scenario: string | undefined;
  readonly pid: readonly number[];
  readonly inlined: readonly string[];
  readonly whyNot: readonly string[];
  readonly maxPlaces: number;
  /** Run the code of a file that the log names. */
  readonly trust: boolean;
  readonly json: boolean;
  readonly progress: boolean;
}

const STATUS: Readonly<Record<Conformance, ExitStatus>> = {
  accepted: EXIT.holds,
  refused: EXIT.violated,
  vacuous: EXIT.vacuous,
  inconclusive: EXIT.inconclusive,
};

export async function runConform(args: ConformArguments): Promise<ExitStatus> {
  const log = readLog(readText(args.log), args.log);
  const name = args.scenario ?? log.scenario ?? needed("scenario", "--scenario");
  mustBeTrusted(args.log, { scenario: name }, { trust: args.trust, named: [args.scenario] });
  const scenario = await scenarioNamed(name);
  const driver = await driverWithFixes(driverNamed(args.driver ?? defaultDriver.name), args.fix);
  const settings = { ...weakest(scenario), ...settingsOf(args) };
  const configuration = configure(scenario.parameters, settingsWith(driver, settings));
  const machine = new Machine(systemOf({ scenario, driver, configuration }));
  const tasks = tasksWithEvents(machine);
  const pids = pidsOf(args.pid, log, tasks);
  const { inlined, maxPlaces } = args;
  const made = saying(args.progress, `conform: ${log.entries.length} entries`, () =>
    conform({ machine, log, tasks, pids, inlined, maxPlaces }),
  );
  const document = { scenario: scenario.name, driver: driver.name, fix: args.fix ?? null, ...made };
  const answers = document.refusal === null ? [] : answersTo(args.whyNot, machine, document.refusal);
  print(
    args.json
      ? JSON.stringify({ ...document, whyNot: answers }, null, 2)
      : conformText(document, answers, args.log, screen()),
  );
  return STATUS[document.verdict];
}

/** A real machine may stop a task as soon as it has started it; scenarios let it count a period before, so that late reports come. */
function weakest({ parameters }: Scenario): Readonly<Record<string, string>> {
  const slice = parameters.find(({ name }) => name === "slice");
  return slice?.kind === "integer" ? { slice: String(slice.minimum) } : {};
}

function tasksWithEvents({ components, system }: Machine): readonly string[] {
  const all = components.flatMap((name) => /^task\.(.*)$/.exec(name)?.[1] ?? []);
  return all.filter((task) => perfEventContext(task).name in system.reset);
}

function pidsOf(given: readonly number[], log: Log, tasks: readonly string[]): readonly number[] {
  const pids = given.length > 0 ? given : (log.sampled ?? needed("sampled task's process id", "--pid"));
  if (pids.length <= tasks.length) return pids;
  throw new PmucheckError(
    "PMC104",
    `the scenario samples ${tasks.join(" and ")}, and ${pids.length} process ids are given`,
  );
}

function needed(what: string, option: string): never {
  throw new PmucheckError("PMC104", `the log does not say the ${what}: give ${option}`);
}

/** About the state before the refused entry, on the way that the refusal shows. */
function answersTo(questions: readonly string[], machine: Machine, { path }: Refusal): readonly WhyNot[] {
  if (questions.length === 0 || path.length === 0) return [];
  const states = [machine.initialState];
  for (const { process, choice } of path) {
    const [state] = states.slice(-1);
    const step =
      state &&
      machine.enabledSteps(state).find(({ label }) => label.process === process && label.choice === choice);
    if (step === undefined) throw new Error("the way to the refusal cannot be walked");
    states.push(step.next);
  }
  return questions.flatMap((question) =>
    whyNot(machine, { steps: path, states }, `${question}@${path.length}`),
  );
}
