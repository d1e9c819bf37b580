/**
 * What commands print whose screens are not made of results (those are in test/report/commands.test.ts): run as users run
 * them, at three widths, and in colour. And what holds of every transcript that there is.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, describe, expect, test } from "vitest";

import { descriptions, program } from "../../src/cli/catalogue.js";
import { commandHelp } from "../../src/cli/shell/help.js";
import { pmucheck, pmucheckFrom, pmucheckIn } from "../support/cli/command-line.js";
import { wideLines, withoutColour } from "../support/cli/wide-lines.js";

const WIDTHS = [60, 80, 120];

const folder = mkdtempSync(join(tmpdir(), "pmucheck-transcripts-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const PART = ["check", "--all", "late-fall", "--driver", "6.5", "--no-cache", "--shard", "1/1"];
writeFileSync(join(folder, "part.json"), pmucheck(...PART).stdout);

/** By name: what is run, each time in a folder that has nothing but a part in it. */
const RUN: Readonly<Record<string, readonly string[]>> = {
  help: ["--help"],
  "explore-help": ["explore", "--help"],
  "list-of-one": ["list", "scenario", "late-fall"],
  merge: ["merge", "part.json"],
  "new-fix": ["new", "fix", "my-fix"],
  "probe-accuracy": ["probe", "--accuracy", "--scenario", "late-fall"],
  "worker-help": ["worker", "--help"],
};
const NAMES = Object.keys(RUN);

/** All that a terminal shows of a run. The guide's path is that of this machine. */
function screenOf(name: string, environment: Readonly<Record<string, string>>): string {
  const { stdout, stderr } = pmucheckFrom(folder, environment, ...(RUN[name] ?? []));
  for (const made of readdirSync(folder)) if (made !== "part.json") rmSync(join(folder, made));
  return `${stdout}${stderr}`.replace(/(The guide is ).*(?=docs)/, "$1");
}

describe.each(WIDTHS)("in %i columns", (width) => {
  test.each(NAMES)("%s", async (name) => {
    const text = screenOf(name, { COLUMNS: String(width) });
    await expect(text).toMatchFileSnapshot(`transcripts/${name}/${width}.txt`);
  });

  test("the help of every command", () => {
    const { commands, statuses } = program();
    for (const command of commands) {
      const text = commandHelp(command, statuses, width);
      expect(wideLines(text, width)).toEqual([]);
      expect(text).toMatch(/^Examples:$/m);
      expect(command.options.filter(({ describe: what }) => what === "")).toEqual([]);
    }
  });
});

test.each(NAMES)("colour says nothing that the words of %s do not say", (name) => {
  const coloured = screenOf(name, { COLUMNS: "80", FORCE_COLOR: "1" });
  expect(withoutColour(coloured)).toBe(readFileSync(`test/cli/transcripts/${name}/80.txt`, "utf8"));
});

/** What these print is a file for another program. */
const PRINTED_FILES = {
  completion: ["completion", "bash"],
  export: ["export", "late-fall", "--to", "murphi"],
  man: ["man", "check"],
  probe: ["probe"],
} as const;

test.each(Object.entries(PRINTED_FILES))("what %s prints is the same bytes on every terminal", (_, args) => {
  const narrow = pmucheckIn({ COLUMNS: "60", FORCE_COLOR: "1" }, ...args);
  expect(narrow).toMatchObject({ status: 0, stderr: "" });
  expect(narrow).toEqual(pmucheckIn({ COLUMNS: "120", NO_COLOR: "1" }, ...args));
});

describe("transcripts", () => {
  const FOLDERS = ["test/report", "test/cli"];
  const files = FOLDERS.flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: "utf8" })
      .filter((path) => /(transcripts|commands)\/.*\d+.*\.txt$/.test(path))
      .map((path) => join(root, path)),
  );

  test("are there of every command", () => {
    const shown = files.map((path) => path.split("/").at(-2) ?? "");
    const missing = descriptions()
      .map(({ name }) => name)
      .filter((name) => !(name in PRINTED_FILES) && !shown.some((one) => one.split("-")[0] === name));
    expect(missing).toEqual([]);
  });

  test.each(files)("%s is no wider than its terminal", (path) => {
    const columns = Number(/(\d+)(-coloured)?\.txt$/.exec(path)?.[1]);
    expect(wideLines(readFileSync(path, "utf8"), columns)).toEqual([]);
  });
});
