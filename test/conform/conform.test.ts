/**
 * Logs of Debian's kernel, recorded by `npm run real-kernel -- --record`, held against the models.
 *
 * one-cpu-6.1.192: a sampled task is preempted by another one on its CPU; 102 switches and more than 10 losses.
 */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";

import { drivers, scenarios } from "../../models/catalogue.js";
import { withFixes } from "../../src/spec/fix.js";
import { conform, type ConformDocument } from "../../src/conform/conform.js";
import { readLog } from "../../src/conform/log.js";
import { conformText } from "../../src/cli/commands/conform/text.js";
import { PLAIN } from "../../src/report/screen.js";
import { Machine } from "../../src/runtime/machine.js";
import { configure } from "../../src/spec/parameter.js";
import { fixes } from "../../models/fixes/catalogue.js";

const recorded = gunzipSync(readFileSync(new URL("logs/one-cpu-6.1.192.log.gz", import.meta.url))).toString();
const lines = recorded.split("\n");

interface Model {
  readonly driver?: string;
  readonly fix?: string;
  readonly settings?: Readonly<Record<string, string>>;
}

const machines = new Map<string, Machine>();

function machineOf({ driver = "linux-6.1.y", fix, settings = {} }: Model): Machine {
  const key = JSON.stringify([driver, fix, settings]);
  const known = machines.get(key);
  if (known !== undefined) return known;
  const base = drivers.find(({ name }) => name === driver);
  const scenario = scenarios.find(({ name }) => name === "one-cpu");
  if (base === undefined || scenario === undefined) throw new Error("not in the catalogue");
  const parts = fixes.filter(({ name }) => name === fix);
  const of = parts.length === 0 ? base : withFixes(base, fix ?? "", parts);
  const machine = new Machine(scenario.build(of, configure(scenario.parameters, settings)));
  machines.set(key, machine);
  return machine;
}

function held(text: string, model: Model = {}): ConformDocument {
  const log = readLog(text, "log");
  return conform({
    machine: machineOf(model),
    log,
    tasks: ["T"],
    pids: log.sampled ?? [],
    inlined: [],
    maxPlaces: 500_000,
  });
}

describe("a recorded log", () => {
  test("is accepted by the version that it was recorded on, 100 switches and 10 losses and more", () => {
    const { verdict, switches, completed, unreported, matched } = held(recorded);
    expect(verdict).toBe("accepted");
    expect(switches).toBe(102);
    expect(unreported).toBeGreaterThan(10);
    expect(completed).toBeGreaterThan(unreported);
    expect(matched).toBeGreaterThan(1000);
  });

  test("is refused by the release, whose armpmu_add disables: the stable tree has a later change", () => {
    const { verdict, refusal } = held(recorded, { driver: "linux-6.1" });
    expect(verdict).toBe("refused");
    expect(refusal?.entry).toContain("armpmu_start <-armpmu_add");
    expect(refusal?.offers).toEqual(["CPU0 > armv8pmu_disable_event"]);
    expect(refusal?.within.slice(-2)).toEqual(["event_sched_in", "armpmu_add"]);
  });

  test("is refused by 6.12 without a late line: there nothing is due at a switch", () => {
    const { verdict, refusal } = held(recorded, { driver: "linux-6.12.y", settings: { lag: "0" } });
    expect(verdict).toBe("refused");
    expect(refusal?.entry).toMatch(/armpmu_start\S* <- armpmu_event_set_period\) ret=0x1/);
    expect(refusal?.offers).toEqual(["CPU0 < armpmu_event_set_period = 0"]);
  });

  test("is refused by a driver with a fix, which would have reported", () => {
    const { verdict, refusal } = held(recorded, { fix: "sample-in-stop" });
    expect(verdict).toBe("refused");
    expect(refusal?.entry).toContain("ret=0x1");
  });

  test("cut before the driver does anything it is vacuous", () => {
    const cut = lines.filter((line) => line.startsWith("#") || line.includes("[001]"));
    expect(held(cut.join("\n")).verdict).toBe("vacuous");
  });

  test("more places than are allowed is no verdict", () => {
    const log = readLog(recorded, "log");
    const document = conform({
      machine: machineOf({}),
      log,
      tasks: ["T"],
      pids: log.sampled ?? [],
      inlined: [],
      maxPlaces: 3,
    });
    expect(document.verdict).toBe("inconclusive");
  });
});

describe("the same log with one entry changed", () => {
  const part = lines.slice(0, 330);
  /** One entry of each function and each kind, of those from the first switch on. */
  const chosen = new Map<string, number>();
  const start = part.findIndex((line) => line.includes("sched_switch"));
  for (const [at, line] of part.entries()) {
    const what =
      /armpmu_\w+|armv8pmu_(?!user|filter)\w+|perf_event_overflow|__perf_event_task_sched_\w+|event_sched_(?:in|out)(?= )|sched_switch|ret=0x\d/.exec(
        line.replace(/<-.*/, ""),
      )?.[0];
    if (at > start && line.includes("[000]") && what !== undefined && !chosen.has(what)) chosen.set(what, at);
  }
  const compared = [...chosen].filter(([, at]) => {
    const { matched } = held([...lines.slice(0, 14), part[at] ?? ""].join("\n"));
    return matched > 0 || held([...lines.slice(0, 14), part[at] ?? ""].join("\n")).refusal !== null;
  });

  test("there is something to change", () => {
    expect(compared.length).toBeGreaterThan(12);
    expect(held(part.join("\n")).verdict).toBe("accepted");
  });

  test.each(compared)("%s removed: refused soon after the place", (_, at) => {
    const { verdict, refusal } = held(part.filter((_line, i) => i !== at).join("\n"));
    expect(verdict).toBe("refused");
    // The next entry that is compared; its line is one less for the one that was removed.
    expect(refusal?.line).toBeGreaterThan(at);
    expect(refusal?.line).toBeLessThan(at + 12);
  });

  test.each(compared)("%s doubled: refused at the second", (_, at) => {
    const { verdict, refusal } = held(
      part.flatMap((line, i) => (i === at ? [line, line] : [line])).join("\n"),
    );
    expect(verdict).toBe("refused");
    expect(refusal?.line).toBeGreaterThan(at + 1);
    expect(refusal?.line).toBeLessThan(at + 12);
  });

  test.each(compared)("%s moved forward by 40 lines: refused between", (_, at) => {
    const moved = [
      ...part.slice(0, at),
      ...part.slice(at + 1, at + 40),
      part[at] ?? "",
      ...part.slice(at + 40),
    ];
    const { verdict, refusal } = held(moved.join("\n"));
    expect(verdict).toBe("refused");
    expect(refusal?.line).toBeGreaterThan(at);
    expect(refusal?.line).toBeLessThan(at + 52);
  });
});

describe("the whole log, changed at its last loss", () => {
  const loss = lines.findLastIndex((line) =>
    /armpmu_start\S* <- armpmu_event_set_period\) ret=0x1$/.test(line),
  );
  const line = lines[loss] ?? "";
  const without = lines.filter((_, at) => at !== loss);

  test.each([
    ["removed", without, loss],
    ["doubled", lines.flatMap((one, at) => (at === loss ? [one, one] : [one])), loss + 2],
    ["moved forward by 40 lines", [...without.slice(0, loss + 40), line, ...without.slice(loss + 40)], loss],
  ])("%s: refused there", (_, changed, from) => {
    const { verdict, refusal, switches } = held(changed.join("\n"));
    expect(verdict).toBe("refused");
    expect(switches).toBeGreaterThan(90);
    expect(refusal?.line).toBeGreaterThanOrEqual(from);
    expect(refusal?.line).toBeLessThan(loss + 12);
  });
});

test("the text says the place, what could have been instead, and what was compared", () => {
  const text = conformText(
    { ...held(recorded, { driver: "linux-6.1" }), scenario: "one-cpu", driver: "linux-6.1", fix: null },
    [{ process: "irq0", enabled: false, reasons: ["PSTATE.I is set"] }],
    "run.log",
    { width: 80, style: PLAIN },
  );
  expect(text).toMatch(/^pmucheck: run\.log REFUSED: one-cpu, linux-6\.1$/m);
  expect(text).toMatch(/^run\.log:\d+: .*armpmu_start <-armpmu_add$/m);
  expect(text).toContain("The model could have shown instead:\n  CPU0 > armv8pmu_disable_event");
  expect(text).toContain("why not irq0: PSTATE.I is set");
  expect(text).toContain("perf_pmu_disable perf_pmu_enable");
});
