/**
 * A quick workload as a scenario, and as the file that says the same.
 */
import { callsOf } from "../../../models/linux/world/calls.js";
import type { TaskPlan } from "../../../models/linux/world/inventory.js";
import { preemption, sleeping, taskset, timers } from "../../../models/linux/world/wakeups.js";
import { linuxScenario, type OwnPlan } from "../../../models/scenarios/common.js";
import type { Process } from "../../spec/system.js";
import type { Scenario } from "../../spec/scenario.js";
import { planOf, type Surroundings, type TaskWords, type WorkloadPlan } from "./plan.js";
import { optionsOfName } from "./workload.js";

/** Throws PMC104 for a name that is none of a workload, PMC137 for one that names what is not there. */
export function workloadScenario(name: string): Scenario {
  const plan = planOf(optionsOfName(name));
  const own: OwnPlan = {
    ...(plan.needsSigtrap ? { needs: ["sigtrap"] } : {}),
    defaults: plan.defaults,
    inventory: () => ({
      cpus: plan.cpus,
      ticks: plan.ticks,
      tasks: plan.tasks.map((task) => taskPlan(task, plan)),
      events: plan.events,
      environment: plan.environment.map(processOf),
    }),
  };
  return { ...linuxScenario(own), name };
}

function taskPlan({ calls, ...task }: TaskWords, plan: WorkloadPlan): TaskPlan {
  return calls === undefined
    ? task
    : { ...task, program: callsOf(subjectOf(plan), calls, { wrong: "PMC104" }) };
}

/** The event that calls are about if they name none. */
function subjectOf({ events }: WorkloadPlan): string {
  return events[0]?.name ?? "A";
}

function processOf(of: Surroundings): Process {
  switch (of.make) {
    case "preemption":
      return preemption(...of.given);
    case "taskset":
      return taskset(...of.given);
    case "timers":
      return timers(...of.given);
    case "sleeping":
      return sleeping(...of.given);
  }
}

/** The text of a scenario file: the same machine, to be changed further. */
export function workloadFile(name: string): string {
  const { imports, lines } = writtenOut(planOf(optionsOfName(name)));
  const [first = "", ...rest] = lines;
  return [
    `import { ${imports} } from "pmucheck/scenarios";`,
    "",
    `export const scenario = ${first}`,
    ...rest,
    "",
  ].join("\n");
}

/** The same as a CommonJS module, for a page that is to run it. */
export function workloadModule(name: string): string {
  const { imports, lines } = writtenOut(planOf(optionsOfName(name)));
  return `const { ${imports} } = require("pmucheck/scenarios");\nexports.scenario = ${lines.join("\n")}`;
}

/** The scenario as an expression, in lines, and the names that it needs. */
function writtenOut(plan: WorkloadPlan): { readonly imports: string; readonly lines: readonly string[] } {
  const tasks = plan.tasks.map(({ calls, ...task }) => {
    const program = calls === undefined ? "" : `, program: callsOf("${subjectOf(plan)}", "${calls}")`;
    return `{ ${fields(task)}${program} }`;
  });
  const calls = plan.tasks.some((task) => task.calls !== undefined);
  const makers = [...new Set(plan.environment.map(({ make }) => make))];
  const imports = [...(calls ? ["callsOf"] : []), "linuxScenario", ...makers].sort().join(", ");
  const lines = [
    "linuxScenario({",
    ...(Object.keys(plan.defaults).length === 0 ? [] : [`  defaults: { ${fields(plan.defaults)} },`]),
    ...(plan.needsSigtrap ? ['  needs: ["sigtrap"],'] : []),
    "  inventory: () => ({",
    `    cpus: ${plan.cpus},`,
    ...(plan.ticks ? ["    ticks: true,"] : []),
    ...listed("tasks", tasks),
    ...listed(
      "events",
      plan.events.map((event) => `{ ${fields(event)} }`),
    ),
    ...listed(
      "environment",
      plan.environment.map(({ make, given }) => `${make}(${given.map(literal).join(", ")})`),
    ),
    "  }),",
    "});",
  ];
  return { imports, lines };
}

function listed(field: string, items: readonly string[]): string[] {
  const line = `    ${field}: [${items.join(", ")}],`;
  return line.length <= 78 ? [line] : [`    ${field}: [`, ...items.map((item) => `      ${item},`), "    ],"];
}

function fields(of: object): string {
  return Object.entries(of)
    .map(([key, value]) => `${key}: ${literal(value)}`)
    .join(", ");
}

function literal(value: unknown): string {
  return JSON.stringify(value);
}
