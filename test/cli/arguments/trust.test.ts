/**
 * Documents that name files of code, and documents that would speak to a terminal: docs/use/security.md.
 */
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

import { pmucheck } from "../../support/cli/command-line.js";
import { withTrace } from "../../support/cli/edited-json.js";

const folder = mkdtempSync(join(tmpdir(), "pmucheck-trust-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Says that it ran, by what pmucheck says then. */
const evil = join(folder, "evil.js");
writeFileSync(evil, 'throw new Error("it ran");');

const whole = pmucheck("check", "one-cpu", "--json").stdout;
const written = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

describe.each(["fix", "scenario", "property"])("a trace that names code as its %s", (field) => {
  const file = written(`${field}.json`, withTrace(whole, field, evil));

  // The three take the trace by the same function.
  const commands = field === "fix" ? ["replay", "minimize", "explain"] : ["replay"];
  test.each(commands)("is not run by %s", (command) => {
    const { status, stdout, stderr } = pmucheck(command, file);
    expect({ status, stdout }).toEqual({ status: 129, stdout: "" });
    expect(stderr).toBe(
      `pmucheck: PMC116: ${file} names ${evil}, whose code would run: read the file, then say it again with --trust\n`,
    );
  });

  test.runIf(field === "fix")("is with --trust", () => {
    expect(pmucheck("replay", file, "--trust").stderr).toContain("it ran");
  });
});

test("code between fixes of ours is seen, and replay --edited trusts the fix that it is given", () => {
  const file = written("between.json", withTrace(whole, "fix", `no-clear+${evil}`));
  expect(pmucheck("replay", file).stderr).toContain(`PMC116: ${file} names ${evil}`);
  expect(pmucheck("replay", file, "--edited", "--fix", evil).stderr).toContain("it ran");
  expect(pmucheck("replay", file, "--edited", "--fix", "no-clear").stderr).toBe("");
});

test("a log that names code as its scenario does not run it", () => {
  const log = written(
    "run.log",
    `# scenario: ${evil}\n init-71 [000] d..2. 5.123: armpmu_start <-armpmu_add\n`,
  );
  expect(pmucheck("conform", log).stderr).toContain(`PMC116: ${log} names ${evil}`);
});

describe("the last result", () => {
  const [home, other] = [join(folder, "home"), join(folder, "other")];
  const state = join(folder, "state");
  for (const made of [home, other]) {
    mkdirSync(made);
    cpSync("docs/use/your-own/my-property.ts", join(made, "mine.ts"));
  }
  const run = (cwd: string, ...args: string[]) =>
    spawnSync(process.execPath, [resolve("dist/bin/pmucheck.cjs"), ...args], {
      cwd,
      encoding: "utf8",
      env: { ...process.env, XDG_STATE_HOME: state },
    });
  run(home, "check", "one-cpu", "--property", "./mine.ts", "--quiet");

  test("is the user's own where it was made", () => {
    expect(run(home, "replay").status).toBe(12);
  });

  test("is not in another folder, where the name is another file's", () => {
    expect(run(other, "replay").stderr).toContain(
      `PMC116: the last result, made in ${home}, names ./mine.ts, whose code would run`,
    );
  });

  test("is not if others may write it", () => {
    const last = join(state, "pmucheck", "last.json");
    chmodSync(last, 0o666);
    expect(run(home, "replay").stderr).toContain("PMC116: the last result, which others may have written");
    chmodSync(last, 0o600);
  });
});

describe("characters that a terminal obeys", () => {
  test.each([
    ["escape", "\u001b]0;owned\u0007", String.raw`\x1b]0;owned\x07`],
    ["of C1", "\u009b2J", String.raw`\x9b2J`],
    ["of direction", "\u202etxt", String.raw`\u202etxt`],
  ])("%s: refused in a trace, and written out in the message", (_, text, shown) => {
    const file = written("control.json", withTrace(whole, "start", text));
    const { status, stdout, stderr } = pmucheck("show", file);
    expect({ status, stdout }).toEqual({ status: 129, stdout: "" });
    expect(stderr).toBe(`pmucheck: PMC112: ${file} has control characters in its text: "${shown}"\n`);
  });

  test("written out in names on the command line, and in what is shown of a log", () => {
    expect(pmucheck("check", "one-\u001b[2Jcpu").stderr).toContain(String.raw`'one-\x1b[2Jcpu'`);
    const line = " init-71 [000] d..2. 5.123: armpmu_start <-armpmu\u001b_add";
    const log = written("control.log", `# scenario: one-cpu\n# sampled tasks: 71\n${line}\n`);
    const { stdout, stderr } = pmucheck("conform", log);
    expect(stdout + stderr).not.toContain("\u001b");
  });
});
