/**
 * The guides to what is one's own, followed to the letter in empty folders with the package as it is installed: every command ends as the
 * page says, every file compiles, and what the page shows is what is printed.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { blocksOf, commandsOf, fileNameOf, type Block } from "../support/docs/guide.js";
import { install, type Installed } from "../support/docs/installed.js";

let installed: Installed;
beforeAll(() => {
  installed = install();
}, 120_000);
afterAll(() => installed.remove());

const PROJECT = "project";

/** By page: the folder, in that of the installation. */
const GUIDES: readonly (readonly [page: string, folder: string])[] = [
  ["your-own/write-your-own-fix.md", "fix"],
  ["your-own/write-your-own-scenario.md", "scenario"],
  ["your-own/write-your-own-property.md", "property"],
  ["your-own/write-your-own-model.md", "model"],
  ["quick-workloads.md", "workload"],
  ["own-ci.md", PROJECT],
];

/** The installation is there already. */
const INSTALLS = /^npm (install|ci)\b/;

describe.each(GUIDES)("%s", (page, place) => {
  const blocks = blocksOf(join("docs/use", page)).map(
    (block) => [block.text.split("\n")[0] ?? "", block] as const,
  );
  let printed = "";
  const folderOf = () => join(installed.folder, place);

  beforeAll(() => void mkdirSync(folderOf(), { recursive: true }));

  test("has something to be followed", () => {
    expect(blocks.length).toBeGreaterThan(2);
  });

  // oxlint-disable-next-line vitest/expect-expect -- what each kind of block is followed by has them
  test.each(blocks)("%s", (_, block) => {
    if (block.language === "ts") writeFile(folderOf(), block);
    else if (block.language === "") expectPrinted(printed, block);
    else printed += followed(block, folderOf());
  });

  test("has files that compile strictly", () => {
    expect(installed.run("tsc -p . --noEmit", folderOf())).toMatchObject({ status: 0, stdout: "" });
  });
});

/** Runs the commands, and gives what they print. */
function followed(block: Block, folder: string): string {
  if (block.text.startsWith("git bisect")) makeHistory(folder);
  const commands = commandsOf(block).filter(({ line }) => !INSTALLS.test(line));
  const ran = commands.map(({ line }) => ({ line, ...installed.run(line, folder) }));
  // With what it says is wrong, if it says so.
  const ends = ran.map(({ line, status, stderr }) => ({ line, status, wrong: /PMC\d+.*/.exec(stderr)?.[0] }));
  expect(ends).toEqual(commands.map((command) => ({ ...command, wrong: undefined })));
  return ran.map(({ stdout }) => stdout).join("");
}

/** Every block of TypeScript says which file it is. */
function writeFile(folder: string, block: Block): void {
  const name = fileNameOf(block);
  expect(name).toBeDefined();
  writeFileSync(join(folder, name ?? ""), block.text);
}

function expectPrinted(printed: string, { text }: Block): void {
  for (const line of text.trimEnd().split("\n")) expect(printed).toContain(line);
}

/** Three commits: the model as it is, one that breaks its careful driver, and one that changes nothing. */
function makeHistory(folder: string): void {
  const model = join(folder, "my-model.ts");
  const good = readFileSync(model, "utf8");
  const bad = good.replace("(yield* read_counter()) + WRAP", "WRAP");
  expect(bad).not.toBe(good);
  const commit = 'git -c user.name=me -c user.email=me@example.org commit --quiet --all --message "a change"';
  const git = (line: string) => expect(installed.run(line, folder)).toMatchObject({ status: 0 });
  git(`git init --quiet . && git add my-model.ts && ${commit} && git tag v1.0`);
  writeFileSync(model, bad);
  git(commit);
  writeFileSync(model, `${bad}\n`);
  git(commit);
}

test("the bisection of own-ci.md finds the commit that broke it", () => {
  const { stdout } = installed.run("git bisect log", join(installed.folder, PROJECT));
  expect(stdout).toMatch(/first bad commit: \[\w+\] a change/);
});

test("a program compiles strictly in an empty project, with every entry of the package and no types of Node's", () => {
  const folder = join(installed.folder, "strict");
  mkdirSync(folder);
  const entries = ["pmucheck", "pmucheck/linux", "pmucheck/scenarios", "pmucheck/models"];
  const imports = entries.map(
    (entry, i) => `import * as entry${i} from "${entry}";\nexport { entry${i} };\n`,
  );
  writeFileSync(join(folder, "program.ts"), imports.join(""));
  const compilerOptions = {
    strict: true,
    noEmit: true,
    target: "es2022",
    lib: ["es2023"],
    module: "nodenext",
    types: [],
    skipLibCheck: false,
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["program.ts"] }));
  expect(installed.run("tsc -p .", folder)).toMatchObject({ status: 0, stdout: "" });
});
