/**
 * Quick workloads: docs/use/quick-workloads.md.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

import { planOf } from "../../src/cli/workload/plan.js";
import { workloadFile, workloadScenario } from "../../src/cli/workload/scenario.js";
import { optionsOfName, workloadName, type WorkloadOptions } from "../../src/cli/workload/workload.js";
import { pmucheck, PROGRAM } from "../support/cli/command-line.js";

const folder = mkdtempSync(join(tmpdir(), "pmucheck-workload-"));
afterAll(() => rmSync(folder, { recursive: true }));

const OPTIONS = ["--event", "A:period=3", "--other", "PERIOD=5", "--set", "lag=0"];
const nothing: WorkloadOptions = {
  task: [],
  event: [],
  other: [],
  cpus: undefined,
  switches: false,
  migrations: false,
  ticks: false,
};

test("a workload, the file that it prints and the file that is written come to the same states", () => {
  const asked = pmucheck("check", ...OPTIONS);
  expect(asked.status).toBe(0);
  expect(asked.stdout).toContain("HOLDS: workload: event A period=3; other PERIOD=5");
  const printed = asked.stdout.slice(asked.stdout.indexOf("import {"));
  const written = spawnSync(
    process.execPath,
    [resolve(PROGRAM), "new", "scenario", "mine", ...OPTIONS.slice(0, 4)],
    { cwd: folder, encoding: "utf8" },
  );
  expect(written.stderr).toBe("");
  const file = join(folder, "mine.ts");
  expect(readFileSync(file, "utf8")).toBe(printed);
  const states = /Explored: .*\n/;
  expect(states.exec(pmucheck("check", file, "--set", "lag=0").stdout)?.[0]).toBe(
    states.exec(asked.stdout)?.[0],
  );
});

test("its result is replayed by its name", () => {
  const result = pmucheck("check", "--switches", "--json").stdout;
  const file = join(folder, "result.json");
  writeFileSync(file, result);
  expect(pmucheck("replay", file).status).toBe(12);
});

describe("what is asked for", () => {
  test("is the same by its name", () => {
    const of = {
      ...nothing,
      task: ["T:READ,SLEEP"],
      event: ["A:of=T,period=4,exclude_kernel", "C:cycles"],
      other: ["C:ENABLE,RESET"],
      cpus: 2,
      switches: true,
      ticks: true,
    };
    const name = workloadName(of) ?? "";
    expect(planOf(optionsOfName(name))).toEqual(planOf(of));
    expect(workloadScenario(name).start).toBe("T and B on CPU0, P on CPU1; events: A of T, C of T.");
    expect(workloadFile(name)).toContain('program: callsOf("A", "C:ENABLE,RESET")');
  });

  test("has as many CPUs as its tasks are on", () => {
    expect(planOf({ ...nothing, task: ["T", "U:cpu=1"] }).cpus).toBe(2);
    expect(planOf({ ...nothing, task: ["T:cpu=2"], other: ["READ"] }).cpus).toBe(3);
  });

  test("of nothing is no workload", () => {
    expect(workloadName(nothing)).toBeUndefined();
  });

  test.each([
    [{ event: ["A:peroid=4"] }, "'peroid=4' of event A; did you mean 'period'?"],
    [{ event: ["A:period=many"] }, "'period=many' takes a number"],
    [{ event: ["A:exclude_kernel", "C:exclude_kernel=0"] }, "exclude_kernel is one for all events here"],
    [{ other: ["DISABEL"] }, "a program cannot do 'DISABEL'; did you mean 'DISABLE'?"],
    [{ other: ["PERIOD"] }, "PERIOD takes a number: PERIOD=4"],
    [{ task: ["a;b"] }, "there is a semicolon in 'task a;b'"],
  ])("%j is refused by name", (wrong, words) => {
    const ask = () => {
      const name = workloadName({ ...nothing, ...wrong }) ?? "";
      return workloadScenario(name).build;
    };
    expect(ask).toThrow(words);
  });
});
