/**
 * What the command line says of traces: which is shortest and by what, and that none is printed that is not true.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";

import { pmucheck, pmucheckAfter } from "../../support/cli/command-line.js";

const folder = mkdtempSync(join(tmpdir(), "pmucheck-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, "result.json");

const LATE = ["check", "late-writes", "--driver", "linux-6.5", "--full"];

describe("--shortest", () => {
  const [cost, steps] = [[], ["--shortest", "steps"]].map((by) => pmucheck(...LATE, ...by));

  test("by cost if not said: fewer interrupts and switches, in more steps", () => {
    expect(cost?.stdout).toContain("exactly-once VIOLATED (no-loss) at step 138: late-writes");
    expect(cost?.stdout).toContain("\nShortest by cost: 2 interrupts, 2 context switches\n");
  });

  test("steps: plain length", () => {
    expect(steps?.stdout).toContain("exactly-once VIOLATED (no-loss) at step 102: late-writes");
    expect(steps?.stdout).toContain("\nShortest by steps: 6 interrupts\n");
  });

  test("changes neither the status nor what was explored", () => {
    const [one, other] = [cost, steps].map((ran) => [ran?.status, ran?.stdout.match(/^Explored: .*$/m)?.[0]]);
    expect(one).toEqual([12, expect.stringContaining("depth 102, up to the violation")]);
    expect(other).toEqual(one);
  });

  test("of the cheapest trace, js and wasm print the same bytes", () => {
    expect(pmucheck(...LATE, "--engine", "js")).toEqual(cost);
  });

  test("what cannot be had is said: a search by cost that runs out, a loop", () => {
    const bounded = pmucheck(...LATE, "--max-states", "40000");
    expect(bounded.status).toBe(12);
    expect(bounded.stdout).toContain(
      "\nShortest by steps, not by cost (more than 40000 states): 6 interrupts\n",
    );
    const loop = pmucheck("check", "disable-enable", "--property", "eventually-delivered", "--full");
    expect(loop.stdout).toContain("\nShortest by steps, up to its loop: ");
  });

  test("is in the document, with what the trace costs; and the trace can be shown and replayed", () => {
    const { stdout } = pmucheck(...LATE, "--json");
    writeFileSync(file, stdout);
    const trace = { cost: { interrupts: 2, switches: 2, migrations: 0 } };
    const shortest = { by: "cost", reason: null };
    expect(JSON.parse(stdout)).toMatchObject({ checks: [{ depth: 102, shortest, trace }] });
    expect(JSON.parse(pmucheck("show", file, "--format", "json").stdout)).toMatchObject(trace);
    const replayed = pmucheck("replay", file, "--json");
    expect(replayed.status).toBe(12);
    expect(JSON.parse(replayed.stdout)).toMatchObject(trace);
  });

  test.each([
    [["check", "one-cpu", "--shortest", "time"], "it is one of cost, steps"],
    [["check", "one-cpu", "--all", "--shortest", "cost"], "--all and --shortest do not go together"],
    [
      ["check", "one-cpu", "--simulate", "--shortest", "cost"],
      "--simulate and --shortest do not go together",
    ],
    [
      ["check", "one-cpu", "--estimate", "--shortest", "cost"],
      "--estimate and --shortest do not go together",
    ],
  ])("%s is refused", (args, words) => {
    const { status, stderr } = pmucheck(...args);
    expect(status).toBe(129);
    expect(stderr).toContain(words);
  });
});

describe("a trace that the reference runtime does not confirm is not printed", () => {
  const expansion = JSON.stringify(pathToFileURL("dist/src/engine/search/expansion.js"));
  const lying = (lie: string) => `
    import { Expansion } from ${expansion};
    const { pathTo } = Expansion.prototype;
    Expansion.prototype.pathTo = function (row) {
      const [first, ...rest] = pathTo.call(this, row);
      return ${lie};
    };`;

  test.each([
    ["leaves a step out", "rest", "the trace that the search found does not break exactly-once"],
    [
      "takes a step that there is not",
      "[{ ...first, outcome: 99 }, ...rest]",
      "step 1 of the path is not enabled",
    ],
  ])("of an engine that %s: 128", (_, lie, words) => {
    const ran = pmucheckAfter(lying(lie), "check", "one-cpu", "--shortest", "steps");
    expect(ran.stderr).toContain("pmucheck: internal error, please report it: ");
    expect(ran.stderr).toContain(words);
    expect(ran).toMatchObject({ status: 128, stdout: "" });
  });
});
