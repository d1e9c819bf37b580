/**
 * A TypeScript or JavaScript file of the user's: type-checked, compiled, loaded.
 *
 * TypeScript compiles the file, and what it imports from files beside it, into a temporary folder in which `pmucheck` is
 * this very package. So the file needs no project, no node_modules and no build of its own. JavaScript takes the same way
 * and is not type-checked.
 * Not done: the file's code is not confined. It is trusted as any program is that its user runs.
 */
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, parse, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { packageRoot } from "../../check/fingerprint.js";
import { PmucheckError, type ErrorCode } from "../../spec/errors.js";
import { nearest } from "../../spec/nearest.js";
import { EXTENSION } from "./is-file.js";

/** The package's entries, and the file in dist/src that each is. */
const ENTRIES = { pmucheck: "index", "pmucheck/linux": "linux", "pmucheck/scenarios": "scenarios" } as const;

/** What a file exports, and its compiled text with that of the files it imports: what identifies it. */
export interface UserFile {
  readonly exports: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/**
 * @param wrong the code for a file that is not what it should be
 * Throws PMC111 if it cannot be read, PMC131 if it does not compile, PMC132 without TypeScript, `wrong` if it cannot be loaded.
 */
export async function loadUserFile(file: string, wrong: ErrorCode): Promise<UserFile> {
  const path = resolve(file);
  if (!EXTENSION.test(path)) throw new PmucheckError(wrong, `${file} is not a .ts or .js file`);
  try {
    readFileSync(path);
  } catch (error) {
    throw new PmucheckError("PMC111", `cannot read ${file}: ${reasonOf(error)}`);
  }
  const folder = mkdtempSync(join(tmpdir(), "pmucheck-file-"));
  try {
    const out = join(folder, "out");
    prepare(folder, out, path);
    compile(folder, file);
    const compiled = join(out, path.slice(parse(path).root.length)).replace(EXTENSION, ".$1js");
    return { exports: await load(compiled, file, wrong), text: textOf(out) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A project of this one file, whose `pmucheck` is this package. */
function prepare(folder: string, out: string, path: string): void {
  const root = packageRoot();
  mkdirSync(join(out, "node_modules"), { recursive: true });
  symlinkSync(root, join(out, "node_modules", "pmucheck"), "junction");
  writeFileSync(join(out, "package.json"), '{ "type": "module" }');
  const options = {
    target: "ES2022",
    lib: ["ES2023"],
    module: "esnext",
    moduleResolution: "bundler",
    types: [],
    strict: true,
    allowJs: true,
    noEmitOnError: true,
    removeComments: true,
    rewriteRelativeImportExtensions: true,
    verbatimModuleSyntax: true,
    skipLibCheck: true,
    paths: Object.fromEntries(
      Object.entries(ENTRIES).map(([name, entry]) => [name, [join(root, `dist/src/${entry}.d.ts`)]]),
    ),
    rootDir: parse(path).root,
    outDir: out,
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: options, files: [path] }));
}

function compile(folder: string, file: string): void {
  const args = [compiler(file), "-p", join(folder, "tsconfig.json"), "--pretty", "false"];
  const { status, stdout, stderr, error } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status === 0) return;
  const errors = stdout.split("\n").filter((line) => line.includes("error TS"));
  const [first = (error?.message ?? `${stdout}${stderr}`).trim(), ...others] = errors;
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  throw new PmucheckError("PMC131", `${first}${more}`);
}

/** TypeScript's command-line compiler: this package's, or the one where the file is. */
function compiler(file: string): string {
  for (const from of [packageRoot(), dirname(resolve(file))]) {
    try {
      const manifest = createRequire(join(from, "package.json")).resolve("typescript/package.json");
      const bin = join(dirname(manifest), "bin", "tsc");
      if (existsSync(bin)) return bin;
    } catch {
      // Not there; the next place may have it.
    }
  }
  throw new PmucheckError("PMC132", `${file} needs TypeScript to be compiled: npm install typescript`);
}

async function load(compiled: string, file: string, wrong: ErrorCode): Promise<UserFile["exports"]> {
  try {
    return (await import(pathToFileURL(compiled).href)) as UserFile["exports"];
  } catch (error) {
    if (error instanceof PmucheckError) throw error;
    const reason = reasonOf(error);
    const missing = /module '(pmucheck(?:\/\w+)?)' does not provide an export named '(\w+)'/.exec(reason);
    if (missing?.[1] === undefined || missing[2] === undefined) {
      throw new PmucheckError(wrong, `${file} cannot be loaded: ${reason}`);
    }
    const near = nearest(missing[2], Object.keys(await entryNamed(missing[1])));
    throw new PmucheckError(
      "PMC131",
      `${file}: ${missing[1]} has no '${missing[2]}'${near.startsWith("; known") ? "" : near}`,
    );
  }
}

async function entryNamed(name: string): Promise<object> {
  if (name === "pmucheck/linux") return await import("../../linux.js");
  if (name === "pmucheck/scenarios") return await import("../../scenarios.js");
  return await import("../../index.js");
}

/** Everything that was compiled, in the order of the files' names. */
function textOf(out: string): string {
  return readdirSync(out, { withFileTypes: true })
    .filter(({ name }) => name !== "node_modules" && name !== "package.json")
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((entry) => {
      const path = join(out, entry.name);
      return entry.isDirectory() ? textOf(path) : readFileSync(path, "utf8");
    })
    .join("\n");
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
