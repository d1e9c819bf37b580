/** An inventory that names what is not there is refused, with the field and its value. */
import { expect, test } from "vitest";

import type { Inventory } from "../../../models/linux/world/inventory.js";
import { mustBeSound } from "../../../models/linux/world/soundness.js";

const T = { name: "T" };
const B = { name: "B", cpu: 1 };
const A = { name: "A", of: "T" };
const C = { name: "C", of: 1 };
const SOUND: Inventory = { cpus: 2, tasks: [T, B], events: [A, C], environment: [] };

/** B makes a system call. */
function calling(call: Exclude<Inventory["tasks"][0]["program"], undefined>["turns"][0]["call"]) {
  return { tasks: [T, { ...B, program: { once: true, turns: [{ call }] } }] };
}

test("a sound one passes", () => {
  expect(() => mustBeSound(SOUND)).not.toThrow();
});

test.each<[string, Partial<Inventory>]>([
  ["at cpus: 0 is no number from 1 to 8", { cpus: 0 }],
  ["at cpus: 1.5 is no number", { cpus: 1.5 }],
  ["tasks[1].name: 'T' is there twice", { tasks: [T, T] }],
  ["tasks[0].name: the name is empty", { tasks: [{ name: "" }] }],
  ["tasks: 'T' is the name of an event too", { events: [{ name: "T", of: "T" }] }],
  ["tasks[0].name: 'idle0' is a name of the kernel's own tasks", { tasks: [{ name: "idle0" }, T] }],
  ["tasks[1].cpu: there is no CPU 2", { tasks: [T, { name: "B", cpu: 2 }] }],
  ["tasks[1].clonedFrom: there is no task 'X'", { tasks: [T, { name: "B", clonedFrom: "X" }] }],
  ["turns[0].call.event: there is no event 'Z'", calling({ call: "close", event: "Z" })],
  ["turns[0].call.task: there is no task 'Z'", calling({ call: "continue", task: "Z" })],
  ["events[0].of: there is no task 'X'", { events: [{ name: "A", of: "X" }] }],
  ["events[1].of: there is no CPU 2", { events: [A, { name: "C", of: 2 }] }],
  ["events[0].limit: -1 is no whole number", { events: [{ ...A, limit: -1 }] }],
  ["events[1].leader: there is no event 'Z'", { events: [A, { ...C, leader: "Z" }] }],
  ["events[1].leader: 'A' belongs to T", { events: [A, { ...C, leader: "A" }] }],
  [
    "events[2].leader: 'D' is a sibling itself",
    { events: [A, { name: "D", of: "T", leader: "A" }, { name: "E", of: "T", leader: "D" }] },
  ],
])("%s", (message, wrong) => {
  expect(() => mustBeSound({ ...SOUND, ...wrong })).toThrow(
    expect.objectContaining({ code: "PMC137", message: expect.stringContaining(message) as string }),
  );
});
