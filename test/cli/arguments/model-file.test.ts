/**
 * A model in a file outside the repository, as docs/use/your-own/write-your-own-model.md has it: a PMU and a driver without Linux. All
 * that is printed speaks of it and of nothing else; and what a user may get wrong in it.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { driverFor, propertyFor } from "../../../src/cli/arguments/choices.js";
import { defaultsOf, scenarioNamed, witnesses } from "../../../src/cli/arguments/catalogue.js";
import { checksTable } from "../../../src/report/finding/checks-table.js";
import { findingText } from "../../../src/report/finding/finding.js";
import { TRACE_FORMATS, traceRenderers } from "../../../src/report/formats/catalogue.js";
import { junit } from "../../../src/report/formats/junit.js";
import { markdownOfChecks } from "../../../src/report/formats/markdown.js";
import { sarif } from "../../../src/report/formats/sarif.js";
import { PLAIN } from "../../../src/report/screen.js";
import { verdictText } from "../../../src/report/trace/text.js";
import { matrixJobs, runJob } from "../../../src/check/matrix/matrix.js";
import { matrixPlan } from "../../../src/cli/matrix/plan.js";
import { resultLines } from "../../../src/report/matrix.js";
import { configure } from "../../../src/spec/parameter.js";
import type { Scenario } from "../../../src/spec/scenario.js";
import { check } from "../../../src/check/verdict/check.js";
import type { CheckDocument, TraceDocument } from "../../../src/trace/document.js";
import { pmucheckIn, type Ran } from "../../support/cli/command-line.js";

const folder = mkdtempSync(join(tmpdir(), "pmucheck-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

const template = readFileSync("docs/use/your-own/my-model.ts", "utf8");

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

interface Asked {
  readonly driver?: string;
  readonly property?: string;
  readonly set?: Readonly<Record<string, string>>;
}

async function checked(scenario: Scenario, { driver, property, set = {} }: Asked): Promise<CheckDocument> {
  return check({
    scenario,
    driver: driverFor(scenario, driver),
    property: await propertyFor(scenario, property),
    configuration: configure(scenario.parameters, set),
    witnesses,
    maxStates: 10_000,
  });
}

const path = file("my-model.ts", template);
let model: Scenario;
let violated: CheckDocument;
let trace: TraceDocument;
beforeAll(async () => {
  model = await scenarioNamed(path);
  violated = await checked(model, {});
  if (violated.trace === undefined) throw new Error("the guide's model is not violated");
  ({ trace } = violated);
}, 60_000);

describe("the guide's model", () => {
  test.each<readonly [string, Asked, string]>([
    ["its first driver forgets the skid", {}, "violated"],
    ["which does no harm without one", { set: { skid: "0" } }, "holds"],
    ["its second driver counts on", { driver: "careful" }, "holds"],
    ["however late the interrupt comes", { driver: "careful", set: { skid: "3" } }, "holds"],
    ["but for a whole period", { driver: "careful", set: { skid: "4" } }, "violated"],
    ["also if interrupts come at once", { driver: "careful", set: { lag: "none" } }, "holds"],
    ["what is late is not lost", { property: "eventually-delivered" }, "holds"],
    ["but it is too late", { property: "bounded-skid" }, "violated"],
    ["the line may fall late", { driver: "careful", property: "no-spurious-interrupt" }, "violated"],
  ])("%s", async (_, asked, verdict) => {
    expect((await checked(model, asked)).verdict).toBe(verdict);
  });

  test("is all that is printed speaks of", () => {
    const screen = { width: 80, style: PLAIN };
    const printed = [
      verdictText(violated),
      findingText({ check: violated, landmarks: undefined, defaults: defaultsOf(model) }, screen),
      checksTable([violated], screen),
      markdownOfChecks([violated]),
      junit([violated], { timestamp: "2026-11-23T12:00:00" }),
      sarif([violated], { version: "0.1.0" }),
      ...TRACE_FORMATS.map((format) => traceRenderers[format](trace)),
    ];
    for (const text of printed) {
      expect(text.length).toBeGreaterThan(100);
      // The words of another world.
      expect(text).not.toMatch(/undefined|linux|perf_event|\bEL0\b|PMOVS/i);
    }
  });

  test("has no heading without a text", () => {
    const bare = { ...violated, assumptions: [], witnesses: {}, deviations: [], notModelled: [] };
    expect(verdictText(bare)).not.toMatch(/Assumptions|Witnesses|Not modelled|Deviations/);
    expect(verdictText(violated)).toMatch(/Assumptions:\n {2}period=4/);
  });

  test("is a matrix of its own drivers and properties", async () => {
    const all = { driver: undefined, fix: undefined, property: undefined, irq: undefined, settings: {} };
    const plan = await matrixPlan({ ...all, scenario: [path], maxStates: 10_000 });
    const { jobs } = matrixJobs(plan);
    const checks = jobs.flatMap((job) => runJob(plan, job));
    expect(resultLines(path, checks, []).replaceAll(/ +/g, " ").split("\n")).toEqual([
      expect.stringMatching(
        /^ forgetful exactly-once@44 no-loss@44 bounded-skid@18 no-spurious-interrupt@13/,
      ) as string,
      expect.stringMatching(/^ careful no-spurious-interrupt@/) as string,
    ]);
    await expect(matrixPlan({ ...all, scenario: [path, "one-cpu"], maxStates: 1 })).rejects.toThrow(
      "has drivers and properties of its own",
    );
  });

  test("is a line of its own beside scenarios of another driver", async () => {
    const other = { ...violated, scenario: "one-cpu", driver: "linux-6.5", config: { irq: "irq" } };
    const table = checksTable([violated, other], { width: 100, style: PLAIN });
    expect(table).toMatch(/^.*my-model\.ts, forgetful +VIOLATED .*\none-cpu, linux-6\.5, irq +VIOLATED /);
  });

  test("has a hash of its source", async () => {
    const other = file("other.ts", template.replace("WRAP = 16", "WRAP = 32"));
    const same = file("same.ts", `// No change.\n${template}`);
    const hashes = await Promise.all(
      [other, same].map(async (one) => {
        const scenario = { ...(await scenarioNamed(one)), name: model.name };
        return (await checked(scenario, {})).hash;
      }),
    );
    expect(hashes.map((hash) => hash === violated.hash)).toEqual([false, true]);
  }, 60_000);
});

describe("the commands take it where they take a scenario", () => {
  /** A last result of this file's own. */
  function pmucheck(...args: readonly string[]): Ran {
    return pmucheckIn({ XDG_STATE_HOME: join(folder, "state") }, ...args);
  }
  let ran: Ran;
  beforeAll(() => {
    ran = pmucheck("check", path);
  }, 60_000);

  test("check, and the command that it prints to see the trace again", () => {
    expect(ran.status).toBe(12);
    const command = /^pmucheck (replay .*)$/m.exec(ran.stdout)?.[1] ?? "";
    const again = pmucheck(...command.split(" "));
    expect(again.stdout.replaceAll(/\s+/g, " ")).toContain(
      `exactly-once VIOLATED (no-loss) at step 44: ${path}, forgetful`,
    );
    const full = /^pmucheck (replay .*)$/m.exec(again.stdout)?.[1] ?? "";
    expect(pmucheck(...full.split(" ")).status).toBe(12);
  }, 60_000);

  test("explain, of the last result", () => {
    const { status, stdout } = pmucheck("explain");
    expect(stdout).toContain("'line.PMI0: PMI becomes pending'");
    expect(status).toBe(0);
  }, 60_000);

  test("check of several: each scenario has its own driver", () => {
    const { stdout } = pmucheck("check", path, "late-fall", "--quiet");
    expect(stdout).toMatch(/my-model\.ts, forgetful\n.*: late-fall, linux-6\.5, irq\n$/);
  }, 60_000);
});

describe("what is wrong is named", () => {
  test.each<readonly [string, string | RegExp, string, string]>([
    [
      "no driver",
      /drivers: \[[\s\S]*\],\n\}\)/,
      "drivers: [] })",
      "PMC139: .* at model.own.drivers: no driver",
    ],
    ["no handler", "{ pmu_boot, pmu_handle_irq }", "{ pmu_boot }", "PMC209: .* has no pmu_handle_irq()"],
    [
      "no such property",
      "boot: pmu_boot,",
      'boot: pmu_boot, properties: ["no-los"],',
      "did you mean 'no-loss'",
    ],
    ["no model", /model = modelOf[\s\S]*/, "model = 3;", "PMC139: .* is not a model at model"],
    [
      "twice the same",
      "state: (cpu) => [",
      "state: (cpu) => [holds(pmu(cpu), { COUNTER: 0, ENABLE: false, STATUS: false }),",
      "PMC209: .*'cpu0.pmu' is there twice",
    ],
  ])(
    "%s",
    async (what, from, to, message) => {
      const text = template.replace(from, to);
      expect(text).not.toBe(template);
      const load = async () => {
        const scenario = await scenarioNamed(file(`${what.replaceAll(" ", "-")}.ts`, text));
        return scenario.build(driverFor(scenario, undefined), configure(scenario.parameters, {}));
      };
      await expect(load()).rejects.toThrow(
        expect.objectContaining({
          message: expect.stringMatching(message.replace(/^PMC\d+: /, "")) as string,
        }),
      );
    },
    60_000,
  );

  test("a driver that remembers what is in no component", async () => {
    const text = template
      .replace("const WRAP = 16;", "const WRAP = 16;\nlet handled = 0;")
      .replace(
        "if (!(yield* read_status())) return false;",
        "if (!(yield* read_status()) || handled++ > 3) return false;",
      );
    expect(await checked(await scenarioNamed(file("hidden.ts", text)), {})).toMatchObject({
      verdict: "error",
      reason: expect.stringMatching(/^PMC201: pmu_handle_irq\(\)/) as string,
    });
  }, 60_000);

  test("a driver or a property that it does not have", async () => {
    expect(() => driverFor(model, "linux-6.5")).toThrow(
      "has no driver 'linux-6.5'; known: forgetful, careful",
    );
    await expect(propertyFor(model, "phase")).rejects.toThrow("has no property 'phase'");
  });
});
