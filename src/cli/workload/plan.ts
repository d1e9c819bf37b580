/**
 * From the words of a quick workload to what is in the machine: data, of which a scenario and a file are made.
 */
import type { EventPlan } from "../../../models/linux/world/inventory.js";
import { nearest } from "../../spec/nearest.js";
import { misunderstood, type WorkloadOptions } from "./workload.js";

export interface TaskWords {
  readonly name: string;
  readonly cpu?: number;
  /** The calls of its program, in words. */
  readonly calls?: string;
}

/** A process of the environment: the function of `pmucheck/scenarios` that makes it, and what it is given. */
export type Surroundings =
  | { readonly make: "preemption"; readonly given: readonly [cpu: number] }
  | { readonly make: "taskset"; readonly given: readonly [task: string, cpus: number] }
  | { readonly make: "timers"; readonly given: readonly [cpu: number, task: string] }
  | { readonly make: "sleeping"; readonly given: readonly [task: string, cpu: number] };

export interface WorkloadPlan {
  readonly cpus: number;
  readonly ticks: boolean;
  readonly tasks: readonly TaskWords[];
  readonly events: readonly EventPlan[];
  readonly environment: readonly Surroundings[];
  readonly defaults: Readonly<Record<string, number>>;
  /** Has an event SIGTRAPs, which a driver must have? */
  readonly needsSigtrap: boolean;
}

/** Throws PMC104 for an event or a task that cannot be understood. */
export function planOf(of: WorkloadOptions): WorkloadPlan {
  const sampled = (of.task.length === 0 ? ["T"] : of.task).map(taskOf);
  const [first] = sampled;
  const owner = first?.name ?? "T";
  const attributes = (of.event.length === 0 ? ["A"] : of.event).map((text) => eventOf(text, owner));
  const isAlone = of.other.length === 0 && !of.migrations;
  const cpus = of.cpus ?? Math.max(isAlone ? 1 : 2, ...sampled.map(({ cpu = 0 }) => cpu + 1));
  const others = of.other.map((calls, i): TaskWords => ({ ...placed(named("P", i), cpus - 1), calls }));
  const busy = [...new Set(sampled.map(({ cpu = 0 }) => cpu))];
  const rivals = of.switches ? busy.map((cpu, i) => placed(named("B", i), cpu)) : [];
  const sleepers = sampled.filter(({ calls }) => calls?.split(",").includes("SLEEP") === true);
  return {
    cpus,
    ticks: of.ticks,
    tasks: [...sampled, ...rivals, ...others],
    events: attributes.map(({ event }) => event),
    environment: [
      ...(of.switches ? busy.map((cpu): Surroundings => ({ make: "preemption", given: [cpu] })) : []),
      ...(of.migrations ? [{ make: "taskset", given: [owner, cpus] } as const] : []),
      ...(of.ticks ? timersOf(sampled, of.migrations ? cpus : 0) : []),
      ...sleepers
        .slice(0, 1)
        .map(({ name, cpu = 0 }): Surroundings => ({ make: "sleeping", given: [name, cpu] })),
    ],
    defaults: excluding(attributes.map(({ excludesKernel }) => excludesKernel)),
    needsSigtrap: attributes.some(({ event }) => event.sigtrap === true),
  };
}

/** The first of a kind has the bare letter: P, P2, P3. */
function named(letter: string, i: number): string {
  return i === 0 ? letter : `${letter}${i + 1}`;
}

/** CPU 0 goes without saying. */
function placed(name: string, cpu: number): TaskWords {
  return cpu === 0 ? { name } : { name, cpu };
}

/** Of every task where it starts; of a task that is moved on every CPU. */
function timersOf(sampled: readonly TaskWords[], moves: number): Surroundings[] {
  const [first] = sampled;
  if (moves > 0 && first !== undefined) {
    return Array.from({ length: moves }, (_, cpu) => ({ make: "timers", given: [cpu, first.name] }));
  }
  return sampled.map(({ name, cpu = 0 }) => ({ make: "timers", given: [cpu, name] }));
}

/** `T`, `T:cpu=1`, `T:READ,SLEEP`. */
function taskOf(text: string): TaskWords {
  const [name = "", rest] = text.split(/:(.*)/);
  if (!/^\w+$/.test(name)) throw misunderstood(`'${name}' is no name of a task`);
  const parts = rest === undefined ? [] : rest.split(",");
  const [, cpu] = /^cpu=(\d+)$/.exec(parts[0] ?? "") ?? [];
  const calls = (cpu === undefined ? parts : parts.slice(1)).join(",");
  return { ...placed(name, Number(cpu ?? 0)), ...(calls === "" ? {} : { calls }) };
}

interface Attributes {
  readonly event: EventPlan;
  /** Undefined if nothing is said. */
  readonly excludesKernel: number | undefined;
}

/** The attributes without a value, and what each is in an event's plan. */
const FLAGS: Readonly<Record<string, Partial<EventPlan>>> = {
  cycles: { type: "cycles" },
  branches: { type: "branches" },
  long: { long: true },
  flexible: { pinned: false },
  freq: { freq: true },
  sigtrap: { sigtrap: true, fasync: false },
  off: { off: true },
};
const VALUES = ["of", "cpu", "period", "limit", "leader", "exclude_kernel"];

/** `A`, `A:of=T,period=4,exclude_kernel`. */
function eventOf(text: string, owner: string): Attributes {
  const [name = "", rest] = text.split(/:(.*)/);
  if (!/^\w+$/.test(name)) throw misunderstood(`'${name}' is no name of an event`);
  let event: EventPlan = { name, of: owner };
  let excludesKernel: number | undefined;
  for (const part of (rest ?? "").split(",").filter((word) => word !== "")) {
    const [key = "", value] = part.split("=");
    const flag = value === undefined ? FLAGS[key] : undefined;
    if (key === "exclude_kernel") excludesKernel = numberOf(part, value ?? "1");
    else if (flag !== undefined) event = { ...event, ...flag };
    else if (key === "of" && value !== undefined) event = { ...event, of: value };
    else if (key === "cpu") event = { ...event, of: numberOf(part, value) };
    else if (key === "period" || key === "limit") event = { ...event, [key]: numberOf(part, value) };
    else if (key === "leader" && value !== undefined) event = { ...event, leader: value };
    else throw misunderstood(`'${part}' of event ${name}${nearest(key, [...Object.keys(FLAGS), ...VALUES])}`);
  }
  return { event, excludesKernel };
}

function numberOf(part: string, value: string | undefined): number {
  if (value !== undefined && /^\d+$/.test(value)) return Number(value);
  throw misunderstood(`'${part}' takes a number`);
}

/** The models have one attr.exclude_kernel for all events. */
function excluding(said: readonly (number | undefined)[]): Readonly<Record<string, number>> {
  const [value, ...others] = [...new Set(said.filter((one) => one !== undefined))];
  if (value === undefined) return {};
  if (others.length > 0) throw misunderstood("exclude_kernel is one for all events here");
  // 1 is the default.
  return value === 1 ? {} : { excludeKernel: value };
}
