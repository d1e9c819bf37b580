/**
 * Checkpoints as users meet them: the time is up, Ctrl-C, going on, and files that are not what they should be.
 */
import { createHash } from "node:crypto";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";

import { pmucheck } from "../../support/cli/command-line.js";

const folder = mkdtempSync(join(tmpdir(), "pmucheck-"));
afterAll(() => rmSync(folder, { recursive: true }));

const at = (name: string) => join(folder, name);
/** A check that takes a second or more, and holds. */
const LONG = ["ping-pong", "--property", "count-conservation"];

/** The document without what depends on the machine, and on how often there was an interruption. */
function verdictOf(stdout: string): unknown {
  const { checks } = JSON.parse(stdout) as { checks: Record<string, unknown>[] };
  const { seconds, peakRssBytes, bytesPerState, ...rest } = checks[0] ?? {};
  expect([seconds, peakRssBytes, bytesPerState].every((one) => typeof one === "number")).toBe(true);
  return rest;
}

describe("a check whose time is up", () => {
  const file = at("time.checkpoint");

  test("is inconclusive, and goes on to what an uninterrupted one says", () => {
    const direct = pmucheck("check", ...LONG, "--json");
    const first = pmucheck(
      "check",
      ...LONG,
      "--time",
      "0.1s",
      "--checkpoint",
      file,
      "--engine",
      "js",
      "--json",
    );
    expect(first.status).toBe(125);
    expect(verdictOf(first.stdout)).toMatchObject({
      verdict: "inconclusive",
      reason: "more than 0.1s of time",
      checkpoint: { file, resume: `pmucheck check --resume ${file} --engine js` },
    });
    expect(first.stderr).toContain(`pmucheck check --resume ${file} --engine js`);
    const then = pmucheck("check", "--resume", file, "--engine", "wasm", "--json");
    expect(then.status).toBe(direct.status);
    expect(verdictOf(then.stdout)).toEqual(verdictOf(direct.stdout));
    expect(then.stderr).toContain(`${file} is no longer needed`);
    expect(existsSync(file)).toBe(true);
  });

  test("says in its report where it left off", () => {
    const { stdout } = pmucheck("check", ...LONG, "--time", "0.1", "--checkpoint", at("text.checkpoint"));
    expect(stdout).toContain(`\nCheckpoint: ${at("text.checkpoint")} (`);
    expect(stdout).toContain(`\n  pmucheck check --resume ${at("text.checkpoint")}\n`);
  });

  test("finds the same trace as without interruption, byte by byte", () => {
    const broken = ["one-cpu", "--driver", "linux-6.1", "--fix", "no-clear"];
    const bound = ["--max-states", "3000", "--checkpoint", at("trace.checkpoint"), "--quiet"];
    expect(pmucheck("check", ...broken, ...bound).status).toBe(125);
    const { status, stdout } = pmucheck("check", "--resume", at("trace.checkpoint"));
    expect({ status, stdout }).toEqual({ ...pmucheck("check", ...broken), stderr: undefined });
    expect(status).toBe(12);
  });

  test("says the measure that traces are to be shortest by, and comes to the same trace with it", () => {
    const broken = ["late-writes", "--shortest", "steps"];
    const bound = ["--max-states", "3000", "--checkpoint", at("steps.checkpoint"), "--quiet"];
    const { stderr } = pmucheck("check", ...broken, ...bound);
    expect(stderr).toContain(`check --resume ${at("steps.checkpoint")} --shortest steps\n`);
    const { status, stdout } = pmucheck("check", "--resume", at("steps.checkpoint"), "--shortest", "steps");
    expect({ status, stdout }).toEqual({ ...pmucheck("check", ...broken), stderr: undefined });
    expect(status).toBe(12);
  });

  test("finds the same loop", () => {
    const broken = ["one-cpu", "--property", "eventually-delivered"];
    const bound = ["--max-states", "9000", "--checkpoint", at("loop.checkpoint"), "--quiet"];
    expect(pmucheck("check", ...broken, ...bound).status).toBe(125);
    const { status, stdout } = pmucheck("check", "--resume", at("loop.checkpoint"));
    expect({ status, stdout }).toEqual({ ...pmucheck("check", ...broken), stderr: undefined });
    expect(status).toBe(13);
  });
});

describe("a signal", () => {
  /** Waits longer each time, until the signal comes after the search has begun: before, it just ends the program. */
  async function signalled(signal: NodeJS.Signals, cwd: string): Promise<{ code: number; stdout: string }> {
    for (let delay = 1500; delay < 30_000; delay *= 2) {
      const script = resolve("dist/bin/pmucheck.cjs");
      const args = [script, "check", "hotplug", "--irq", "nmi", "--set", "period=8"];
      const child = spawn(process.execPath, [...args, "--property", "count-conservation"], { cwd });
      let stdout = "";
      child.stdout.on("data", (text: Buffer) => (stdout += text.toString()));
      const ended = new Promise<number | null>((done) => child.on("close", (code) => done(code)));
      await setTimeout(delay);
      child.kill(signal);
      const code = await ended;
      if (code !== null) return { code, stdout };
    }
    throw new Error("the search does not begin");
  }

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("%s ends a check with %d and a checkpoint that goes on", async (signal, status) => {
    const cwd = mkdtempSync(join(folder, "signal-"));
    const { code, stdout } = await signalled(signal, cwd);
    expect(code).toBe(status);
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(
      `INCONCLUSIVE, interrupted by ${signal}: hotplug, linux-6.5, nmi`,
    );
    const [name = "", ...others] = readdirSync(cwd);
    expect(others).toEqual([]);
    expect(name).toMatch(/^pmucheck-hotplug-[0-9a-f]{12}\.checkpoint$/);
    expect(stdout).toContain(`pmucheck check --resume ${name}`);
    const again = pmucheck("check", "--resume", join(cwd, name), "--max-states", "1", "--quiet");
    expect(again).toMatchObject({ status: 125 });
    expect(again.stdout).toContain("INCONCLUSIVE, more than 1 states: hotplug, linux-6.5, nmi");
  });
});

describe("a file", () => {
  const whole = at("whole.checkpoint");
  const made = pmucheck("check", "one-cpu", "--max-states", "2000", "--checkpoint", whole, "--quiet");
  const bytes = () => readFileSync(whole);

  function expectRefusal(args: readonly string[], code: string, words: string): void {
    const { status, stdout, stderr } = pmucheck("check", ...args);
    expect({ status, stdout, lines: stderr.split("\n").length }).toEqual({
      status: 129,
      stdout: "",
      lines: 2,
    });
    expect(stderr).toMatch(new RegExp(`^pmucheck: ${code}: `));
    expect(stderr).toContain(words);
  }

  function file(name: string, content: Uint8Array): readonly string[] {
    writeFileSync(at(name), content);
    return ["--resume", at(name)];
  }

  /** Another header, and the digest that goes with it. */
  function edited(from: string, to: string): Buffer {
    const body = Buffer.from(bytes().subarray(0, -32).toString("latin1").replace(from, to), "latin1");
    return Buffer.concat([body, createHash("sha256").update(body).digest()]);
  }

  test("is left by a bound only where it was asked for", () => {
    expect(made.status).toBe(125);
    expect(made.stderr).toContain(`go on with: pmucheck check --resume ${whole}\n`);
    const cwd = readdirSync(".").filter((name) => name.endsWith(".checkpoint"));
    pmucheck("check", "one-cpu", "--max-states", "2000", "--quiet");
    expect(readdirSync(".").filter((name) => name.endsWith(".checkpoint"))).toEqual(cwd);
  });

  test.each([0.05, 0.3, 0.7, 0.95, 1])("with a flipped bit is damaged: %d of the way", (part) => {
    const flipped = bytes();
    const where = Math.min(flipped.length - 1, Math.floor(flipped.length * part));
    flipped[where] = (flipped[where] ?? 0) ^ 4;
    expectRefusal(file("flipped", flipped), "PMC152", "is damaged: ");
  });

  test.each([30, 1000, 0.5, 0.999])("that ends after %d is damaged", (part) => {
    const end = part < 1 ? Math.floor(bytes().length * part) : part;
    expectRefusal(file("short", bytes().subarray(0, end)), "PMC152", "is damaged: ");
  });

  test("that was cut short says by how much", () => {
    const { length } = bytes();
    expectRefusal(
      file("short", bytes().subarray(0, -7)),
      "PMC152",
      `it has ${length - 7} of ${length} bytes`,
    );
  });

  test("with something after its end is damaged", () => {
    expectRefusal(file("longer", Buffer.concat([bytes(), Buffer.from("more")])), "PMC152", "is damaged: ");
  });

  test("that is something else is no checkpoint", () => {
    expectRefusal(["--resume", "README.md"], "PMC151", "README.md is not a checkpoint");
    expectRefusal(file("empty", Buffer.alloc(0)), "PMC151", "is not a checkpoint");
  });

  test("that is not there cannot be read", () => {
    expectRefusal(["--resume", at("nowhere")], "PMC111", "cannot read");
    expectRefusal(["--resume", folder], "PMC111", "cannot read");
  });

  test("of another format, version, model or world is refused by what differs", () => {
    expectRefusal(
      file("format", edited("checkpoint/2", "checkpoint/9")),
      "PMC153",
      "is a pmucheck-checkpoint/9",
    );
    const version = edited('"pmucheck":"0.1.0"', '"pmucheck":"9.9.9"');
    expectRefusal(file("version", version), "PMC153", "pmucheck 9.9.9 made it");
    expectRefusal(file("model", edited('"skid":1', '"skid":2')), "PMC153", "its models have the hash ");
    const gone = edited('"scenario":"one-cpu"', '"scenario":"one-cup"');
    expectRefusal(file("gone", gone), "PMC153", "unknown scenario 'one-cup'");
  });

  test("whose fix has changed since is refused", () => {
    const text = readFileSync("docs/use/your-own/my-fix.ts", "utf8");
    // Where the package can be found.
    const fix = resolve("docs", `checkpoint-test-${process.pid}.ts`);
    try {
      writeFileSync(fix, text);
      const options = ["--fix", fix, "--max-states", "2000", "--checkpoint", at("fixed"), "--quiet"];
      expect(pmucheck("check", "one-cpu", ...options).status).toBe(125);
      writeFileSync(fix, text.replace("!== 0", "=== 1"));
      expectRefusal(["--resume", at("fixed")], "PMC116", `names ${fix}, whose code would run`);
      expectRefusal(["--resume", at("fixed"), "--trust"], "PMC153", "its models have the hash ");
      expectRefusal(["--resume", at("fixed"), "--fix", fix], "PMC153", "its models have the hash ");
    } finally {
      rmSync(fix);
    }
  });

  test.each([
    [["one-cpu", "--property", "no-loss"], "--property no-loss contradicts"],
    [["ping-pong"], "SCENARIO ping-pong contradicts"],
    [["--irq", "nmi"], "--set irq nmi contradicts"],
    [["--fix", "no-clear"], "in which it is not given"],
  ])("is not contradicted by %j", (args, words) => {
    expectRefusal(["--resume", whole, ...args], "PMC104", words);
  });

  test("may be said again what it is of", () => {
    const again = pmucheck("check", "one-cpu", "--irq", "irq", "--driver", "linux-6.5", "--resume", whole);
    expect(again.status).toBe(12);
  });

  test("that cannot be written is known beforehand", () => {
    const nowhere = join(folder, "no", "where");
    expectRefusal(["one-cpu", "--checkpoint", nowhere], "PMC154", `cannot write ${nowhere}`);
  });

  test.each([
    [["--time", "5s"], "--time is for one scenario, and none is named"],
    [["one-cpu", "ping-pong", "--checkpoint", "c"], "--checkpoint is for one scenario, and 2 are named"],
    [["one-cpu", "--all", "--time", "5s"], "--all and --time do not go together"],
    [["one-cpu", "--simulate", "--resume", "c"], "--simulate and --resume do not go together"],
    [["one-cpu", "--estimate", "--time", "1"], "--estimate and --time do not go together"],
    [["one-cpu", "--time", "soon"], "--time takes a length of time, as in 30s, 5m or 1h, not 'soon'"],
    [["one-cpu", "--time", "0"], "not '0'"],
  ])("is of one check: %j", (args, words) => {
    expectRefusal(args, "PMC104", words);
  });
});
