/**
 * Runs a file of the program with the code that V8 made of it the last time (docs/internals/program.md).
 *
 * V8 takes code only from the same version of itself under the same flags, and only for a source of the same length; the
 * rest that says whose code it is, is in the entry's name. An entry is on the disk before it has its name, so that a crash
 * leaves none, or all of it.
 */
import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { Script } from "node:vm";

import { keepWhole } from "../../check/store/whole-file.js";
import { cacheFolder } from "../user-folders.js";

/** Two megabytes each: one for each command that is used, of two versions. */
const MOST_ENTRIES = 24;

/** What a file of CommonJS is a function of. */
type Body = (
  exports: object,
  require: NodeJS.Require,
  module: { exports: object },
  filename: string,
  folder: string,
) => void;

/** @param variant what of the file is run: functions that did not run the last time are compiled when they do */
export function runCached(file: string, variant: string): void {
  // esbuild writes ASCII.
  const source = readFileSync(file, "latin1");
  const entry = process.env["NODE_DISABLE_COMPILE_CACHE"] ? undefined : entryOf(file, variant);
  const known = entry === undefined ? undefined : readIfThere(entry);
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${source}\n})`, {
    filename: file,
    ...(known === undefined ? {} : { cachedData: known }),
  });
  if (entry !== undefined && (known === undefined || script.cachedDataRejected === true)) {
    process.on("exit", () => keep(entry, script));
  }
  // It is a function because the script is one.
  const body = script.runInThisContext() as Body;
  const module = { exports: {} };
  body(module.exports, createRequire(file), module, file, dirname(file));
}

/** The folder's name says what the code is of, and that of the file where it comes from. */
function entryOf(file: string, variant: string): string {
  const { mtimeMs, size } = statSync(file);
  const name = [basename(file), variant, size, Math.round(mtimeMs), process.version, process.arch].join("-");
  return join(cacheFolder(), "code", name.replace(/[^\w.-]/g, "_"));
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** As far as that can be done: without it the program starts more slowly. */
function keep(entry: string, script: Script): void {
  if (!keepWhole(entry, script.createCachedData(), true)) return;
  try {
    removeOldest(dirname(entry));
  } catch {
    // Another process removes the same ones.
  }
}

function removeOldest(folder: string): void {
  const entries = readdirSync(folder).map((name) => {
    const path = join(folder, name);
    return { path, age: -statSync(path).mtimeMs };
  });
  entries.sort((a, b) => a.age - b.age);
  for (const { path } of entries.slice(MOST_ENTRIES)) rmSync(path, { force: true });
}
