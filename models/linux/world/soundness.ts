/**
 * Is an inventory sound? A scenario of a user's may name a task, an event or a CPU that is not there.
 */
import { PmucheckError } from "../../../src/spec/errors.js";
import { nearest } from "../../../src/spec/nearest.js";
import type { EventPlan, Inventory, TaskPlan } from "./inventory.js";

/** More CPUs have no scenario, and would only be slow. */
const MOST_CPUS = 8;
/** Of our own: the idle task and the stopper of a CPU. */
const RESERVED = /^(idle|migration|swapper|cpu)[/\d]*$/;

/** Throws PMC137 that names the field and its value. */
export function mustBeSound(inventory: Inventory): void {
  const { cpus, tasks, events } = inventory;
  if (!isIndex(cpus - 1, MOST_CPUS)) refuse("cpus", `${cpus} is no number from 1 to ${MOST_CPUS}`);
  mustDiffer("tasks", tasks);
  mustDiffer("events", events);
  const both = tasks.find(({ name }) => events.some((event) => event.name === name));
  if (both !== undefined) refuse("tasks", `'${both.name}' is the name of an event too`);
  tasks.forEach((task, i) => mustBeSoundTask(`tasks[${i}]`, task, inventory));
  events.forEach((event, i) => mustBeSoundEvent(`events[${i}]`, event, inventory));
}

function mustBeSoundTask(where: string, task: TaskPlan, { cpus, tasks, events }: Inventory): void {
  if (RESERVED.test(task.name)) refuse(`${where}.name`, `'${task.name}' is a name of the kernel's own tasks`);
  if (!isIndex(task.cpu ?? 0, cpus)) refuse(`${where}.cpu`, `there is no CPU ${task.cpu}`);
  if (task.clonedFrom !== undefined) mustBeOneOf(`${where}.clonedFrom`, "task", task.clonedFrom, tasks);
  task.program?.turns.forEach(({ call }, i) => {
    const at = `${where}.program.turns[${i}].call`;
    if ("event" in call) mustBeOneOf(`${at}.event`, "event", call.event, events);
    if ("task" in call) mustBeOneOf(`${at}.task`, "task", call.task, tasks);
  });
}

function mustBeSoundEvent(where: string, event: EventPlan, { cpus, tasks, events }: Inventory): void {
  if (typeof event.of === "string") mustBeOneOf(`${where}.of`, "task", event.of, tasks);
  else if (!isIndex(event.of, cpus)) refuse(`${where}.of`, `there is no CPU ${event.of}`);
  if (event.limit !== undefined && !isIndex(event.limit, Infinity)) {
    refuse(`${where}.limit`, `${event.limit} is no whole number from 0 on`);
  }
  if (event.leader === undefined) return;
  mustBeOneOf(`${where}.leader`, "event", event.leader, events);
  const leader = events.find(({ name }) => name === event.leader);
  if (leader?.leader !== undefined) refuse(`${where}.leader`, `'${event.leader}' is a sibling itself`);
  if (leader?.of !== event.of) refuse(`${where}.leader`, `'${event.leader}' belongs to ${leader?.of}`);
}

function mustDiffer(where: string, plans: readonly { readonly name: string }[]): void {
  plans.forEach(({ name }, i) => {
    if (name === "") refuse(`${where}[${i}].name`, "the name is empty");
    if (plans.findIndex((other) => other.name === name) !== i) {
      refuse(`${where}[${i}].name`, `'${name}' is there twice`);
    }
  });
}

function mustBeOneOf(
  where: string,
  what: string,
  name: string,
  among: readonly { readonly name: string }[],
): void {
  const names = among.map((one) => one.name);
  if (!names.includes(name)) refuse(where, `there is no ${what} '${name}'${nearest(name, names)}`);
}

function isIndex(value: number, end: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < end;
}

function refuse(field: string, why: string): never {
  throw new PmucheckError("PMC137", `the scenario's inventory, at ${field}: ${why}`);
}
