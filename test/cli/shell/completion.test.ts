/**
 * Completion scripts: what they offer, by the shells that are installed, and that none lacks what --help has.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

import { descriptions, program } from "../../../src/cli/catalogue.js";
import { SCRIPTS } from "../../../src/cli/shell/completion/run.js";
import { manualPages } from "../../../src/cli/shell/manual/page.js";

const commands = descriptions();
const bash = SCRIPTS.bash(commands);

/** What bash offers after these words, the last of which is being written. */
function offeredByBash(...words: string[]): string[] {
  const script = [
    bash,
    `COMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")})`,
    `COMP_CWORD=${words.length - 1}`,
    "_pmucheck 2>/dev/null",
    'printf "%s\\n" "${COMPREPLY[@]}"',
  ].join("\n");
  const { stdout } = spawnSync("bash", ["-c", script], { encoding: "utf8" });
  return stdout.trim().split("\n");
}

describe("in bash", () => {
  test.each<readonly [string, readonly string[]]>([
    ["pmucheck ch", ["check"]],
    ["pmucheck check one", ["one-cpu"]],
    ["pmucheck check --dri", ["--driver"]],
    ["pmucheck check --driver linux-5.1", ["linux-5.10", "linux-5.10.y", "linux-5.15.y"]],
    ["pmucheck check --driver = linux-5.4", ["linux-5.4"]],
    ["pmucheck check --set ski", ["skid="]],
    ["pmucheck check --format s", ["sarif"]],
    ["pmucheck check --no-t", ["--no-timing"]],
    ["pmucheck verify no-clear-", ["no-clear-no-add"]],
    ["pmucheck list scenario one", ["one-cpu"]],
    ["pmucheck check --expect package.js", ["package.json"]],
    ["pmucheck completion z", ["zsh"]],
  ])("%s", (line, offered) => {
    expect(offeredByBash(...line.split(" "))).toEqual(offered);
  });
});

describe.each(["bash", "zsh", "fish"] as const)("for %s", (shell) => {
  const script = SCRIPTS[shell](commands);
  const isInstalled = spawnSync(shell, ["--version"]).error === undefined;
  if (!isInstalled) process.stderr.write(`NOT TESTED: syntax for ${shell}, which is not installed\n`);

  test("every command and every option is in the script", () => {
    for (const { name, options } of commands) {
      expect(script).toContain(name);
      for (const option of options)
        expect(script).toContain(`${shell === "fish" ? "-l " : "--"}${option.name}`);
    }
  });

  test.skipIf(!isInstalled)("the shell can read it", () => {
    const folder = mkdtempSync(join(tmpdir(), "pmucheck-completion-"));
    const file = join(folder, shell);
    writeFileSync(file, script);
    const { status, stderr } = spawnSync(shell, ["-n", file], { encoding: "utf8" });
    rmSync(folder, { recursive: true });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });
});

describe("a manual page", () => {
  const pages = manualPages(program());

  test("is there for the program and each command, with its arguments and options", () => {
    expect([...pages.keys()]).toEqual(["pmucheck.1", ...commands.map(({ name }) => `pmucheck-${name}.1`)]);
    for (const { name, options } of commands) {
      const page = pages.get(`pmucheck-${name}.1`) ?? "";
      for (const option of options) expect(page).toContain(`\\-\\-${option.name.replaceAll("-", "\\-")}\\fR`);
    }
  });

  test("has no line that groff would take for a request by mistake", () => {
    const requests = [...pages.values()].flatMap((page) =>
      page.split("\n").filter((line) => /^[.']/.test(line)),
    );
    for (const line of requests) expect(line).toMatch(/^\.(TH|SH|SS|TP|B|I|BR)\b/);
  });
});
