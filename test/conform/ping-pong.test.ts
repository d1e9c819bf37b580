/**
 * A log of two CPUs: the begin of one that `npm run real-kernel -- --kernel 6.1 --scenario ping-pong --record` took, in which a
 * sampled task is moved to and fro. It runs for less than a period between two moves, and its line is never late.
 */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";

import { drivers, scenarios } from "../../models/catalogue.js";
import { conform, type ConformDocument } from "../../src/conform/conform.js";
import { readLog } from "../../src/conform/log.js";
import { Machine } from "../../src/runtime/machine.js";
import { configure } from "../../src/spec/parameter.js";

const recorded = gunzipSync(
  readFileSync(new URL("logs/ping-pong-6.1.192.log.gz", import.meta.url)),
).toString();
const lines = recorded.split("\n");

const driver = drivers.find(({ name }) => name === "linux-6.1.y");
const scenario = scenarios.find(({ name }) => name === "ping-pong");
if (driver === undefined || scenario === undefined) throw new Error("not in the catalogue");
const configuration = configure(scenario.parameters, { slice: "1", lag: "0", skid: "0" });
const machine = new Machine(scenario.build(driver, configuration));

function held(text: string): ConformDocument {
  const log = readLog(text, "log");
  return conform({ machine, log, tasks: ["T"], pids: log.sampled ?? [], inlined: [], maxPlaces: 1_000_000 });
}

test("a task that moves between two CPUs: accepted", () => {
  expect(held(recorded)).toMatchObject({ verdict: "accepted", switches: 5 });
});

test("without its arrival on the other CPU: refused at the first thing that it does there", () => {
  const arrival = lines.findIndex((line) => /\[001\].*sched_switch: prev_comm=swapper/.test(line));
  const { verdict, refusal } = held(lines.filter((_, at) => at !== arrival).join("\n"));
  expect(verdict).toBe("refused");
  expect(refusal?.line).toBeGreaterThan(arrival);
  expect(refusal?.line).toBeLessThan(arrival + 12);
});

test("with two arrivals one after the other: refused at the second", () => {
  const arrival = lines.findIndex((line) => /\[001\].*sched_switch: prev_comm=swapper/.test(line));
  const doubled = lines.flatMap((line, at) => (at === arrival ? [line, line] : [line]));
  const { verdict, refusal } = held(doubled.join("\n"));
  expect(verdict).toBe("refused");
  expect(refusal?.line).toBe(arrival + 2);
});
