/**
 * Where kernel functions are modelled: file and line, found in the text of the models that the package ships.
 *
 * A function is where `kernelFunction("name"` or `override(name` says so. A driver's own file goes before all others; a
 * function that several other files define is not told apart, and has no place rather than a wrong one.
 */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join, relative, sep } from "node:path";

import type { SourceLine } from "../../report/formats/place.js";
import { packageRoot } from "../../check/fingerprint.js";

const MODELS = "models";
const DEFINITION = /\bkernelFunction\(\s*"(\w+)"|\boverride\(\s*(?:\w+\.)?(\w+),/g;

let index: ReadonlyMap<string, readonly SourceLine[]> | undefined;

/** The definition that a driver runs, relative to the package's folder; undefined if that cannot be told. */
export function sourceOf(name: string, driver: string): SourceLine | undefined {
  index ??= indexOf(packageRoot());
  const found = index.get(name) ?? [];
  const own = found.find(({ uri }) => basename(uri) === `${driver}.ts`);
  return own ?? (found.length === 1 ? found[0] : undefined);
}

function indexOf(root: string): ReadonlyMap<string, readonly SourceLine[]> {
  const made = new Map<string, SourceLine[]>();
  for (const path of readdirSync(join(root, MODELS), { recursive: true, encoding: "utf8" }).sort()) {
    if (!path.endsWith(".ts")) continue;
    const text = readFileSync(join(root, MODELS, path), "utf8");
    for (const match of text.matchAll(DEFINITION)) {
      const name = match[1] ?? match[2] ?? "";
      const line = text.slice(0, match.index).split("\n").length;
      const uri = join(MODELS, path).split(sep).join("/");
      made.set(name, [...(made.get(name) ?? []), { uri, line }]);
    }
  }
  return made;
}

/** The same where the working directory is pmucheck's own folder: only there is the file in the user's repository. */
export function sourceInRepository(name: string, driver: string): SourceLine | undefined {
  return relative(process.cwd(), packageRoot()) === "" ? sourceOf(name, driver) : undefined;
}
