/**
 * A fix in a file of the user's: type-checked, compiled, loaded.
 *
 * The file, with what it imports from files beside it, is compiled by TypeScript into a temporary folder in which
 * `pmucheck` is this very package, so a fix needs no project, no node_modules and no build of its own. JavaScript
 * takes the same way and is not type-checked.
 * Not done: the file's code is not confined; it is trusted as any program is that its user runs.
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
import { dirname, join, parse, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";

import { z } from "zod";

import { PmucheckError } from "../../spec/errors.js";
import type { Fix } from "../../spec/fix.js";
import { nearest } from "../../spec/nearest.js";
import { packageRoot } from "../../check/fingerprint.js";

const EXTENSION = /\.(m?)[jt]s$/;

/** Is this part of a --fix a file rather than a name? */
export function isFixFile(part: string): boolean {
  return EXTENSION.test(part) || part.includes("/") || part.includes(sep);
}

/** A fix from a file, and the compiled text that identifies it. */
export interface LoadedFix {
  readonly fix: Fix;
  readonly text: string;
}

/**
 * Loads the `fix` that the file exports.
 * Throws PMC111 if it cannot be read, PMC131 if it does not compile, PMC132 without TypeScript, PMC133 if it is no fix.
 */
export async function loadFixFile(file: string): Promise<LoadedFix> {
  const path = resolve(file);
  if (!EXTENSION.test(path)) throw new PmucheckError("PMC133", `${file} is not a .ts or .js file`);
  try {
    readFileSync(path);
  } catch (error) {
    throw new PmucheckError("PMC111", `cannot read ${file}: ${reasonOf(error)}`);
  }
  const folder = mkdtempSync(join(tmpdir(), "pmucheck-fix-"));
  try {
    const out = join(folder, "out");
    prepare(folder, out, path);
    compile(folder, file);
    const compiled = join(out, path.slice(parse(path).root.length)).replace(EXTENSION, ".$1js");
    return { fix: fixIn(await load(compiled, file), file), text: textOf(out) };
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
    paths: {
      pmucheck: [join(root, "dist/src/index.d.ts")],
      "pmucheck/linux": [join(root, "dist/src/linux.d.ts")],
    },
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

async function load(compiled: string, file: string): Promise<unknown> {
  try {
    return (await import(pathToFileURL(compiled).href)) as unknown;
  } catch (error) {
    if (error instanceof PmucheckError) throw error;
    const reason = reasonOf(error);
    const missing = /module '(pmucheck(?:\/linux)?)' does not provide an export named '(\w+)'/.exec(reason);
    if (missing?.[1] === undefined || missing[2] === undefined) {
      throw new PmucheckError("PMC133", `${file} cannot be loaded: ${reason}`);
    }
    const known = Object.keys(await entryNamed(missing[1]));
    const near = nearest(missing[2], known);
    throw new PmucheckError(
      "PMC131",
      `${file}: ${missing[1]} has no '${missing[2]}'${near.startsWith("; known") ? "" : near}`,
    );
  }
}

async function entryNamed(name: string): Promise<object> {
  return name === "pmucheck" ? await import("../../index.js") : await import("../../linux.js");
}

const functions = z.array(
  z.custom((value) => isChange(value), "not made by changing(), override() or kernelFunction()"),
);

const fixSchema = z.object({
  name: z.string(),
  summary: z.string(),
  idea: z.string(),
  proposedBy: z.string(),
  hazards: z.array(z.string()),
  assumes: z.array(z.string()),
  claims: z.array(z.string()),
  changes: functions,
  adds: functions.optional(),
  state: z.array(z.object({ component: z.instanceof(Function), initial: z.object({}) })).optional(),
  settings: z.record(z.string(), z.string()).optional(),
  refuses: z.instanceof(Function).optional(),
});

function isChange(value: unknown): boolean {
  return value !== null && ["object", "function"].includes(typeof value) && "functionName" in Object(value);
}

function fixIn(module: unknown, file: string): Fix {
  const { fix } = module as { readonly fix?: unknown };
  if (fix === undefined) {
    throw new PmucheckError(
      "PMC133",
      `${file} exports no 'fix': write export const fix = { name: ..., changes: [...] }`,
    );
  }
  const { error } = fixSchema.safeParse(fix);
  const [issue] = error?.issues ?? [];
  if (issue !== undefined) {
    const where = ["fix", ...issue.path].join(".");
    throw new PmucheckError("PMC133", `${file} is not a fix at ${where}: ${issue.message}`);
  }
  // The schema has looked at every field that pmucheck uses; signatures are looked at where they are applied.
  return fix as Fix;
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
