/**
 * The guides to a model and a CI of one's own, followed to the letter in an empty folder: each command of theirs ends as the
 * page says, and the program compiles strictly and runs, with nothing but the package.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { PROGRAM } from "../support/cli/command-line.js";

const folder = mkdtempSync(join(tmpdir(), "pmucheck-test-"));
const main = resolve(PROGRAM);
afterAll(() => rmSync(folder, { recursive: true }));

function node(...args: readonly string[]) {
  return spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, NODE_OPTIONS: "", XDG_STATE_HOME: join(folder, "state") },
  });
}

/** The blocks of a page in a language. */
function blocks(page: string, language: string): string[] {
  const text = readFileSync(join("docs/use", page), "utf8");
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm"))].flatMap(([, block]) => block ?? []);
}

/** `pmucheck check ... # 12: violated`: the command and its status. */
function commands(page: string): (readonly [command: string, status: number])[] {
  return blocks(page, "sh")
    .flatMap((block) => block.split("\n"))
    .flatMap((line) => {
      const [, command, status] = /^pmucheck (.*?) +# (\d+): /.exec(line) ?? [];
      return command === undefined ? [] : [[command, Number(status)] as const];
    });
}

beforeAll(() => {
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(resolve("."), join(folder, "node_modules/pmucheck"));
  copyFileSync("docs/use/my-model.ts", join(folder, "my-model.ts"));
  copyFileSync("docs/use/my-property.ts", join(folder, "my-property.ts"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
});

describe.each(["write-your-own-model.md", "own-ci.md"])("%s", (page) => {
  test("has commands to be followed", () => {
    expect(commands(page).length).toBeGreaterThan(2);
  });

  test.each(commands(page))("pmucheck %s ends with %i", (command, status) => {
    const ran = node(main, ...command.split(" "));
    expect({ status: ran.status, stderr: ran.stderr }).toEqual({ status, stderr: "" });
  }, 60_000);
});

test("the program compiles strictly, with all entries of the package and no types of Node's, and runs", () => {
  const [program = ""] = blocks("own-ci.md", "ts");
  const entries = ["pmucheck", "pmucheck/linux", "pmucheck/scenarios", "pmucheck/models"];
  const imports = entries.map((entry, i) => `import * as entry${i} from "${entry}";\nexport { entry${i} };\n`).join("");
  writeFileSync(join(folder, "program.ts"), `${imports}declare const console: { log(text: string): void };\n${program}`);
  const compilerOptions = {
    strict: true,
    target: "ES2022",
    lib: ["ES2023"],
    module: "nodenext",
    rewriteRelativeImportExtensions: true,
    types: [],
    skipLibCheck: false,
    outDir: "out",
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["program.ts"] }));
  const compiled = node(resolve("node_modules/typescript/bin/tsc"), "-p", ".");
  expect(compiled.stdout).toBe("");
  const ran = node("out/program.js");
  expect({ stdout: ran.stdout, stderr: ran.stderr }).toEqual({ stdout: "violated\n", stderr: "" });
}, 60_000);
