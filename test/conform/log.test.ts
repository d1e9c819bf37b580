/**
 * The formats of logs.
 */
import { describe, expect, test } from "vitest";

import { readLog } from "../../src/conform/log.js";

const whatOf = (text: string) =>
  readLog(text, "log").entries.map(({ cpu, pid, what }) => ({ cpu, pid, ...what }));

describe("one entry", () => {
  test.each([
    [
      "tracefs, a function",
      "            init-84      [000] d.h..    19.185742: armpmu_dispatch_irq <-handle_percpu_devid_irq",
      { cpu: 0, pid: 84, kind: "enter", function: "armpmu_dispatch_irq" },
    ],
    [
      "trace-cmd, a function",
      "            init-84    [001]    19.185742: function:             armpmu_start.part.0 <-- armpmu_add",
      { cpu: 1, pid: 84, kind: "enter", function: "armpmu_start" },
    ],
    [
      "perf script, a probe",
      "init      84 [000]    19.185742: probe:armpmu_stop: (ffff800008a01234)",
      { cpu: 0, pid: 84, kind: "enter", function: "armpmu_stop" },
    ],
    [
      "tracefs, a returned value",
      "  init-84 [000] d.h.. 19.18: set_period: (armpmu_start+0x3c/0x60 <- armpmu_event_set_period) ret=0x1",
      { cpu: 0, pid: 84, kind: "return", function: "armpmu_event_set_period", value: 1 },
    ],
    [
      "perf script, a returned value, negative",
      "init 84 [000] 19.18: probe:armpmu_add__return: (ffff800008a01234 <- ffff800008a05678) arg1=0xfffffff5",
      { cpu: 0, pid: 84, kind: "return", function: "armpmu_add", value: -11 },
    ],
    [
      "tracefs, a switch",
      " <idle>-0 [002] d.... 19.18: sched_switch: prev_comm=swapper/2 prev_pid=0 prev_prio=120 prev_state=R ==> next_comm=a b next_pid=85 next_prio=49",
      { cpu: 2, pid: 0, kind: "switch", prev: 0, next: 85 },
    ],
    [
      "trace-cmd, a switch",
      " init-84 [000] 19.18: sched_switch: init:84 [120] R ==> b:85 [49]",
      { cpu: 0, pid: 84, kind: "switch", prev: 84, next: 85 },
    ],
    [
      "a name with spaces and a group's id",
      "   Web Content-84 (  71) [000] d.... 19.18: armpmu_stop <-event_sched_out",
      { cpu: 0, pid: 84, kind: "enter", function: "armpmu_stop" },
    ],
    [
      "an interrupt",
      "  init-84 [000] d.h.. 19.18: irq_handler_entry: irq=14 name=arm-pmu",
      { cpu: 0, pid: 84, kind: "other", event: "irq_handler_entry" },
    ],
  ])("%s", (_, line, expected) => {
    expect(whatOf(line)).toEqual([expected]);
  });
});

test("comments say what could be seen", () => {
  const log = readLog(
    "# sampled tasks: 84 85\n# functions: a b\n# inlined: f@g\n# scenario: next-task\n# tracer: function\nx-1 [000] 1.0: a <-b\n",
    "log",
  );
  expect(log).toMatchObject({
    sampled: [84, 85],
    functions: ["a", "b"],
    inlined: ["f@g"],
    returns: undefined,
    scenario: "next-task",
  });
  expect(log.entries).toHaveLength(1);
  expect(log.entries[0]?.line).toBe(6);
});

test.each([
  ["", "no line like"],
  ["hello\nworld\n", "no line like"],
  ["x-1 [000] 1.0: a <-b\nCPU:1 [LOST 17 EVENTS]\n", "log:2: the tracer lost events"],
])("%j is refused", (text, reason) => {
  const read = () => readLog(text, "log");
  expect(read).toThrow(expect.objectContaining({ code: "PMC161" }));
  expect(read).toThrow(reason);
});
