/**
 * A TypeScript or JavaScript file of the user's: type-checked, compiled, loaded.
 *
 * TypeScript compiles the file, and what it imports from files beside it, into a temporary folder; loaded, it is given this
 * very package as `pmucheck`. So the file needs no project, no node_modules and no build of its own. JavaScript takes the
 * same way and is not type-checked.
 * Not done: the file's code is not confined. It is trusted as any program is that its user runs.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, parse, resolve } from "node:path";

import { packageRoot } from "../../check/fingerprint.js";
import type { ModuleText } from "../../explorer/file/own-script.js";
import { reasonOf } from "../../spec/blame.js";
import { PmucheckError, type ErrorCode } from "../../spec/errors.js";
import { running } from "../../spec/running.js";
import { fileFault } from "./read-text.js";
import { EXTENSION, MODULE_BY_NAME } from "./is-file.js";
import { notLoaded, UserModules, type Packages } from "./user-modules.js";

/** The package's entries, and the file in dist/src that each is. */
const ENTRIES = {
  pmucheck: "index",
  "pmucheck/linux": "linux",
  "pmucheck/models": "models",
  "pmucheck/scenarios": "scenarios",
} as const;

export interface UserFile {
  /** What the file exports, of modules that are loaded anew at every call. Throws what loadUserFile does. */
  readonly load: () => Readonly<Record<string, unknown>>;
  /** Its compiled text with that of the files it imports: what identifies it. */
  readonly text: string;
  /** Its modules, for a page that is to run them. */
  readonly modules: readonly ModuleText[];
}

const known = new Map<string, Promise<UserFile>>();

/**
 * The file as it was when this process asked for it first: a matrix asks for each of its plans, and compiling takes a second.
 * `load` does not throw unless it depends on something else.
 * @param wrong the code for a file that is not what it should be
 * Throws PMC111 if it cannot be read, PMC131 if it does not compile, PMC132 without TypeScript, `wrong` if it cannot be loaded.
 */
export function loadUserFile(file: string, wrong: ErrorCode): Promise<UserFile> {
  const key = `${wrong} ${file}`;
  const found = known.get(key) ?? compiledFile(file, wrong);
  known.set(key, found);
  return found;
}

async function compiledFile(file: string, wrong: ErrorCode): Promise<UserFile> {
  const path = resolve(file);
  if (!EXTENSION.test(path)) throw new PmucheckError(wrong, `${file} is not a .ts or .js file`);
  if (MODULE_BY_NAME.test(path)) throw new PmucheckError(wrong, notLoaded(file));
  try {
    readFileSync(path);
  } catch (error) {
    throw new PmucheckError("PMC111", `cannot read ${file}: ${fileFault(error)}`);
  }
  const folder = mkdtempSync(join(tmpdir(), "pmucheck-file-"));
  try {
    const out = join(folder, "out");
    prepare(folder, out, path);
    compile(folder, file);
    const compiled = join(out, path.slice(parse(path).root.length)).replace(EXTENSION, ".js");
    const modules = new UserModules(compiled, { file, wrong }, await packages());
    const load = () => loaded(modules, file, wrong);
    load();
    return { load, text: textOf(out), modules: modules.texts };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A project of this one file, whose `pmucheck` is this package. */
function prepare(folder: string, out: string, path: string): void {
  const root = packageRoot();
  const options = {
    target: "ES2022",
    lib: ["ES2023"],
    module: "commonjs",
    moduleResolution: "bundler",
    types: [],
    strict: true,
    allowJs: true,
    noEmitOnError: true,
    removeComments: true,
    rewriteRelativeImportExtensions: true,
    isolatedModules: true,
    esModuleInterop: true,
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

async function packages(): Promise<Packages> {
  return {
    pmucheck: await import("../../index.js"),
    "pmucheck/linux": await import("../../linux.js"),
    "pmucheck/models": await import("../../models.js"),
    "pmucheck/scenarios": await import("../../scenarios.js"),
  } satisfies Record<keyof typeof ENTRIES, object>;
}

function loaded(modules: UserModules, file: string, wrong: ErrorCode): Readonly<Record<string, unknown>> {
  try {
    return running(
      () => file,
      () => ({ ...modules.load() }),
    );
  } catch (error) {
    if (error instanceof PmucheckError) throw error;
    throw new PmucheckError(wrong, `${file} cannot be loaded: ${reasonOf(error)}`, { cause: error });
  }
}

/** Everything that was compiled, in the order of the files' names. */
function textOf(out: string): string {
  return readdirSync(out, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((entry) => {
      const path = join(out, entry.name);
      return entry.isDirectory() ? textOf(path) : readFileSync(path, "utf8");
    })
    .join("\n");
}
