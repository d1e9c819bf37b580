/**
 * The hash that says which model a verdict or a trace is about.
 *
 * It covers the text of everything that gives a system its meaning (models, properties, the vocabulary and the
 * reference runtime) without comments and white space, and what was checked.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import type { Subject } from "../trace/document.js";
import { keyOf } from "../spec/value.js";

const SOURCES = ["models", "properties", "src/spec", "src/runtime"];

let ofSources: string | undefined;

/** Twelve hexadecimal digits. `texts` are the sources of what is not shipped: fixes, a scenario and a property in files. */
export function fingerprint(
  { scenario, driver, property, config }: Subject,
  texts: readonly string[],
): string {
  ofSources ??= digest(SOURCES.flatMap((folder) => sourcesIn(join(packageRoot(), folder))).join("\n"));
  const own = texts.map(withoutComments);
  return digest(keyOf([ofSources, scenario, driver, property, config, ...own])).slice(0, 12);
}

/** The folder of the package this file belongs to, whether it runs as TypeScript or built. */
export function packageRoot(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, "package.json"))) return folder;
    if (folder === dirname(folder)) throw new Error("pmucheck's package.json is missing");
  }
}

function sourcesIn(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourcesIn(path);
    return entry.name.endsWith(".ts") ? [withoutComments(readFileSync(path, "utf8"))] : [];
  });
}

/** Near enough for a hash: what a string has in common with a comment is lost for both sides alike. */
function withoutComments(source: string): string {
  return source
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/\/\/.*$/gm, "")
    .replace(/\s+/g, "");
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
