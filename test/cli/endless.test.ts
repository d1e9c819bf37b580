/**
 * Models that do not come to an end, and signals while they run: an error by name, and a program that can be stopped.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

import { pmucheck } from "../support/cli/command-line.js";

const folder = mkdtempSync(join(tmpdir(), "pmucheck-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The path of a fix that does this at the beginning of armpmu_add(). */
function fixThat(name: string, does: string, beside = ""): string {
  const path = join(folder, `${name}.js`);
  writeFileSync(
    path,
    `import { changing, prototype } from "pmucheck"; import { armpmu_add, load, perf_event } from "pmucheck/linux";
     ${beside}
     export const fix = { name: "${name}", summary: "", idea: "", proposedBy: "", hazards: [], assumes: [], claims: [],
       changes: [changing(armpmu_add, function* (base, event, flags) { ${does} return yield* base(event, flags); })] };`,
  );
  return path;
}

const LOOP = "for (;;) {}";

describe("a model without an end is an error by name", () => {
  test("a loop that asks for nothing", () => {
    const { status, stdout, stderr } = pmucheck("check", "one-cpu", "--fix", fixThat("loop", LOOP));
    expect({ status, stdout }).toEqual({ status: 10, stdout: "" });
    expect(stderr).toMatch(/^pmucheck: PMC203: armpmu_add\(\) has been running for \d+ seconds/);
  });

  test("a loop in the file itself", () => {
    const path = fixThat("module", "", LOOP);
    const { status, stderr } = pmucheck("check", "one-cpu", "--fix", path);
    expect(status).toBe(10);
    expect(stderr).toContain(`PMC203: ${path} has been running`);
  });

  test("a process of the matrix is stopped, and the others' cells stay", () => {
    const args = ["--driver", "linux-6.5", "--fix", fixThat("matrix", LOOP), "--format", "json"];
    const { status, stdout } = pmucheck("check", "one-cpu", "--all", "--property", "no-loss", ...args);
    expect(status).toBe(10);
    const { checks } = JSON.parse(stdout) as { checks: { verdict: string; reason: string }[] };
    expect(checks.map(({ verdict }) => verdict)).toEqual(["error", "error"]);
    expect(checks[0]?.reason).toMatch(/^PMC203: armpmu_add\(\) has been running/);
  });

  test("a loop of accesses", () => {
    const does =
      "for (;;) { const left = yield* load(perf_event(event).hw.period_left); if (left > 100n) break; }";
    const { status, stdout } = pmucheck("check", "one-cpu", "--quiet", "--fix", fixThat("reads", does));
    expect(status).toBe(10);
    expect(stdout).toMatch(/ERROR, PMC203: armpmu_add\(.*\) has asked \d+ times and has not returned/);
  });

  test("a recursion of calls", () => {
    const beside = 'const again = prototype("armpmu_add");';
    const { status, stdout } = pmucheck(
      "check",
      "one-cpu",
      "--quiet",
      "--fix",
      fixThat("recursion", "yield* again(event, flags);", beside),
    );
    expect(status).toBe(10);
    expect(stdout).toMatch(/ERROR, PMC203: .*armpmu_add\(\) called by armpmu_add\(\)/);
  });

  test("a recursion in JavaScript", () => {
    const beside = "const again = () => again() + 1;";
    const { status, stdout } = pmucheck(
      "check",
      "one-cpu",
      "--quiet",
      "--fix",
      fixThat("deep", "again();", beside),
    );
    expect(status).toBe(10);
    expect(stdout).toContain("PMC204: armpmu_add() failed: Maximum call stack size exceeded");
  });
});

describe("a signal is heard", () => {
  /** Runs a check, sends signals one after another as soon as stderr has said so much, and says how it ended. */
  async function signalled(args: readonly string[], signals: readonly (readonly [RegExp, NodeJS.Signals])[]) {
    const child = spawn(process.execPath, [join(process.cwd(), "dist/bin/pmucheck.cjs"), ...args], {
      cwd: folder,
    });
    let stderr = "";
    const left = [...signals];
    child.stderr.on("data", (text: Buffer) => {
      stderr += text.toString();
      while (left[0]?.[0].test(stderr) === true) child.kill(left.shift()?.[1]);
    });
    const [code, signal] = await new Promise<[number | null, string | null]>((done) =>
      child.on("close", (...how) => done(how)),
    );
    return { code, signal, stderr };
  }

  // The progress line says that the search has begun.
  const LONG = ["check", "hotplug", "--irq", "nmi", "--property", "count-conservation", "--progress"];

  test("acknowledged at once, and the second one ends the program", async () => {
    const { signal, stderr } = await signalled(LONG, [
      [/ states, /, "SIGTERM"],
      [/SIGTERM: stopping/, "SIGTERM"],
    ]);
    // The first one may already have ended the search.
    expect([null, "SIGTERM"]).toContain(signal);
    expect(stderr).toContain("pmucheck: SIGTERM: stopping; the same again ends the program at once\n");
  });

  test("while a model hangs", async () => {
    const path = fixThat("hanging", LOOP);
    const child = spawn(
      process.execPath,
      [join(process.cwd(), "dist/bin/pmucheck.cjs"), "check", "one-cpu", "--fix", path],
      {
        cwd: folder,
      },
    );
    const ended = new Promise<string | null>((done) => child.on("close", (_, signal) => done(signal)));
    const again = setInterval(() => child.kill("SIGINT"), 1000);
    const signal = await ended;
    clearInterval(again);
    expect(signal).toBe("SIGINT");
  });
});
