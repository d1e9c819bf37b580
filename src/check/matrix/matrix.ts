/**
 * The matrix: every scenario x driver x interrupt mode, with every property that says something there.
 *
 * One exploration decides all properties of a scenario under one driver and mode: a job. Combinations that a scenario
 * refuses are cells too, with the reason, so that nothing is silently left out.
 */
import { configure, type Configuration } from "../../spec/parameter.js";
import type { Property, Witness } from "../../spec/property.js";
import type { Driver, Scenario } from "../../spec/scenario.js";
import type { CheckDocument } from "../../trace/document.js";
import type { ChecksRequest } from "../request.js";
import { checkAll, checksWithout } from "../verdict/check.js";
import { built } from "../target.js";

/** What there is to check, and what to check it with. */
export interface MatrixPlan {
  readonly scenarios: readonly Scenario[];
  readonly drivers: readonly Driver[];
  readonly modes: readonly string[];
  /** Parameters besides irq; a scenario without such a parameter is an error of its own (PMC105). */
  readonly settings: Readonly<Record<string, string>>;
  /** Every property a scenario may name. */
  readonly properties: readonly Property[];
  readonly witnesses: readonly Witness[];
  readonly maxStates: number;
}

/** By names, so that it can be sent to another process. */
export interface MatrixJob {
  readonly scenario: string;
  readonly driver: string;
  readonly irq: string;
}

/** A combination that cannot be checked, and why. */
export interface Refusal extends MatrixJob {
  readonly reason: string;
}

export interface MatrixJobs {
  /** In the order of the matrix. */
  readonly jobs: readonly MatrixJob[];
  readonly refused: readonly Refusal[];
}

/** Every combination. Throws PMC105 or PMC106 for settings that a scenario does not understand. */
export function matrixJobs(plan: MatrixPlan): MatrixJobs {
  const jobs: MatrixJob[] = [];
  const refused: Refusal[] = [];
  for (const scenario of plan.scenarios) {
    if (propertiesOf(plan, scenario).length === 0) continue;
    for (const driver of plan.drivers) {
      for (const irq of modesOf(plan, scenario)) {
        const job = { scenario: scenario.name, driver: driver.name, irq };
        const reason = scenario.refuses?.(driver, configurationOf(plan, scenario, irq));
        if (reason === undefined) jobs.push(job);
        else refused.push({ ...job, reason });
      }
    }
  }
  return { jobs, refused };
}

/** The mode of a scenario that says nothing of interrupt modes, as a model need not. */
const NO_MODE = "";

function modesOf({ modes }: MatrixPlan, { parameters }: Scenario): readonly string[] {
  return parameters.some(({ name }) => name === "irq") ? modes : [NO_MODE];
}

function configurationOf({ settings }: MatrixPlan, { parameters }: Scenario, irq: string): Configuration {
  return configure(parameters, irq === NO_MODE ? settings : { ...settings, irq });
}

/** A property in a file of the user's, which no scenario knows of, is asked of all. */
function propertiesOf({ properties }: MatrixPlan, scenario: Scenario): readonly Property[] {
  return properties.filter(({ name, text }) => text !== undefined || scenario.properties.includes(name));
}

/** One verdict per property of the job's scenario that says something of the system, in the scenario's order. */
export function runJob(plan: MatrixPlan, job: MatrixJob): CheckDocument[] {
  return checkAll(requestOf(plan, job));
}

/** The verdicts of a job that could not be run to its end, for this reason. */
export function undecided(
  plan: MatrixPlan,
  job: MatrixJob,
  verdict: "error" | "inconclusive",
  reason: string,
): CheckDocument[] {
  return checksWithout(requestOf(plan, job), verdict, reason);
}

/** What a job asks. */
export function requestOf(
  plan: MatrixPlan,
  { scenario: name, driver: version, irq }: MatrixJob,
): ChecksRequest {
  const scenario = plan.scenarios.find((one) => one.name === name);
  const driver = plan.drivers.find((one) => one.name === version);
  if (scenario === undefined || driver === undefined) throw new Error(`no such cell: ${name}, ${version}`);
  const { witnesses, maxStates } = plan;
  const properties = propertiesOf(plan, scenario);
  const configuration = configurationOf(plan, scenario, irq);
  return {
    scenario,
    driver,
    configuration,
    properties,
    witnesses,
    maxStates,
    shortest: "steps",
    relevantOnly: true,
  };
}

/** The larger jobs first: what has more CPUs and events to interleave takes longer. */
export function bySize(plan: MatrixPlan, jobs: readonly MatrixJob[]): readonly MatrixJob[] {
  const size = new Map(
    plan.scenarios.map((scenario) => [scenario.name, sizeOf(scenario, plan)] satisfies [string, number]),
  );
  return jobs.toSorted((a, b) => (size.get(b.scenario) ?? 0) - (size.get(a.scenario) ?? 0));
}

function sizeOf(scenario: Scenario, { drivers, settings }: MatrixPlan): number {
  const [driver] = drivers;
  if (driver === undefined) return 0;
  const configuration = configure(scenario.parameters, settings);
  const { processors, processes } = built({ scenario, driver, configuration });
  return processors.length * 100 + processes.length;
}
