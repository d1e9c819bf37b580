/**
 * The engine with one mistake in it: a copy of the built engine, of which one file has one expression replaced.
 *
 * A copy on disk, because that is what runs: no seam in the product, no transform that could differ from the build, and
 * threads load the same files. The engine imports src/spec and src/footprint only (the layering holds that), so the copy is
 * small. What is to be replaced must be there exactly once: a mutation that has gone stale is an error.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import type * as Engine from "../../../src/engine/explore.js";

const BUILT = "dist/src";
const FOLDERS = ["engine", "footprint", "spec"];

export interface Mutation {
  /** What is wrong then. */
  readonly name: string;
  /** Below src/engine, without its extension. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** Calls with the engine in which a mutation was made; none, for a copy that should be right. */
export async function withEngine<T>(
  mutation: Mutation | undefined,
  use: (engine: typeof Engine) => T,
): Promise<T> {
  const root = mkdtempSync(join(tmpdir(), "pmucheck-mutated-"));
  // Below a folder of this name Vitest leaves files as they are.
  const folder = join(root, "node_modules");
  try {
    for (const one of FOLDERS) {
      const filter = (file: string) => !/\.(map|d\.ts)$/.test(file);
      cpSync(join(BUILT, one), join(folder, one), { recursive: true, filter });
    }
    writeFileSync(join(folder, "package.json"), '{"type":"module"}');
    if (mutation !== undefined) mutate(join(folder, "engine", `${mutation.file}.js`), mutation);
    const url = pathToFileURL(join(folder, "engine/explore.js")).href;
    return use((await import(url)) as typeof Engine);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** The whole program with a mutation in its engine, run as a user does; its status and what it printed on stderr. */
export function programWith(
  mutation: Mutation,
  ...args: readonly string[]
): { readonly status: number | null; readonly stderr: string } {
  const root = mkdtempSync(join(tmpdir(), "pmucheck-mutated-"));
  try {
    cpSync("dist", join(root, "dist"), { recursive: true, filter: (file) => !/\.(map|d\.ts)$/.test(file) });
    cpSync("package.json", join(root, "package.json"));
    symlinkSync(resolve("node_modules"), join(root, "node_modules"));
    mutate(join(root, "dist/src/engine", `${mutation.file}.js`), mutation);
    const { status, stderr } = spawnSync(process.execPath, [join(root, "dist/src/cli/main.js"), ...args], {
      encoding: "utf8",
      env: { ...process.env, XDG_STATE_HOME: root },
    });
    return { status, stderr };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function mutate(file: string, { name, from, to }: Mutation): void {
  const parts = readFileSync(file, "utf8").split(from);
  if (parts.length !== 2) throw new Error(`${name}: '${from}' is ${parts.length - 1} times in ${file}`);
  writeFileSync(file, parts.join(to));
}
