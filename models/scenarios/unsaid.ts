/**
 * What a scenario comes to where its author says nothing: words, parameters and witnesses that follow from the inventory.
 *
 * For scenarios of users' own; a shipped one says everything.
 */
import {
  configure,
  valueOf,
  withDefault,
  type Configuration,
  type Parameter,
} from "../../src/spec/parameter.js";
import type { EventPlan, Inventory, TaskPlan } from "../linux/world/inventory.js";
import * as parameters from "../parameters.js";

/** The processes that switch tasks out and in, by the beginning of their names. */
const SWITCHING = /^(wakeup|taskset|debugger|alarm)/;

/** Which CPUs, tasks and events there are, in one sentence. */
export function startOf({ cpus, tasks, events }: Inventory): string {
  const places = Array.from({ length: cpus }, (_, cpu) => {
    const names = tasks.filter((task) => (task.cpu ?? 0) === cpu).map(({ name }) => name);
    return `${names.join(" and ") || "nothing"} on CPU${cpu}`;
  });
  const owned = events.map(({ name, of }) => `${name} of ${typeof of === "number" ? `CPU${of}` : of}`);
  return `${places.join(", ")}; events: ${owned.join(", ") || "none"}.`;
}

/** As many counters as there are events to be counted; and what ticks take, if there are any. */
export function countersFor(base: readonly Parameter[], { events, ticks }: Inventory): readonly Parameter[] {
  const { maximum } = parameters.counters;
  const wide = events.reduce((sum, { long }) => sum + (long === true ? 2 : 1), 0);
  const others = base.filter(({ name }) => name !== parameters.counters.name);
  return [
    ...others,
    withDefault(parameters.counters, Math.min(maximum, Math.max(1, wide))),
    ...(ticks === true ? [withDefault(parameters.maxSamples, 2), parameters.tickRate] : []),
  ];
}

/**
 * The parameters with other defaults, and those besides of which a default is said. Throws PMC105 and PMC106 for what cannot
 * be set so.
 */
export function withDefaults(
  base: readonly Parameter[],
  defaults: Readonly<Record<string, number | string>>,
): readonly Parameter[] {
  const said = Object.keys(defaults);
  const there = base.map(({ name }) => name);
  const more = Object.values(parameters).filter(({ name }) => said.includes(name) && !there.includes(name));
  const all = [...base, ...more];
  const settings = Object.entries(defaults).map(([name, value]): [string, string] => [name, String(value)]);
  const configuration = configure(all, Object.fromEntries(settings));
  // configure has looked at the range of each.
  return all.map((of) => ({ ...of, default: configuration[of.name] ?? of.default }) as Parameter);
}

/** What must be reached before "holds" says anything: what the programs call, and what the environment makes happen. */
export function witnessesOf(inventory: Inventory, configuration: Configuration): readonly string[] {
  const { tasks, events, ticks, environment } = inventory;
  const switches =
    valueOf(configuration, parameters.switches) === 1 && environment.some(({ name }) => SWITCHING.test(name));
  const moves = switches && environment.some(({ name }) => name === "taskset");
  return [
    ...new Set([
      ...tasks.flatMap((task) => ofProgram(task)),
      ...events.flatMap((event) => ofEvent(event)),
      ...(switches ? ["context-switch"] : []),
      ...(moves ? ["migration"] : []),
      ...(ticks === true ? ["tick"] : []),
    ]),
  ];
}

function ofProgram({ program }: TaskPlan): readonly string[] {
  return (program?.turns ?? []).flatMap(({ call }) => {
    if (call.call === "close") return ["closed"];
    if (call.call !== "ioctl") return [];
    switch (call.request) {
      case "ENABLE":
        return ["enabled"];
      case "DISABLE":
        return ["disabled"];
      case "PERIOD":
        return ["new-period"];
      default:
        return [];
    }
  });
}

function ofEvent({ sigtrap }: EventPlan): readonly string[] {
  return sigtrap === true ? ["sigtrap"] : [];
}
