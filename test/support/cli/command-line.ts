/**
 * Runs the built program as a user does.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function pmucheck(...args: readonly string[]): Ran {
  return ran([PROGRAM], args);
}

/** The same after a module of this text was run, which may change the classes of dist/src: the program as modules. */
export function pmucheckAfter(module: string, ...args: readonly string[]): Ran {
  return ran(
    ["--import", `data:text/javascript,${encodeURIComponent(module)}`, "dist/src/cli/main.js"],
    args,
  );
}

/** The same on a terminal of another width, with or without colour, or with another last result. */
export function pmucheckIn(environment: Readonly<Record<string, string>>, ...args: readonly string[]): Ran {
  return ran([PROGRAM], args, environment);
}

/** The same in another folder. */
export function pmucheckFrom(
  folder: string,
  environment: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Ran {
  return ran([resolve(PROGRAM)], args, environment, folder);
}

/** What users run. */
export const PROGRAM = "dist/bin/pmucheck.cjs";

/** A last result of this process's own, and a cache; no code is kept, which takes time that a few runs do not give back. */
const state = mkdtempSync(join(tmpdir(), "pmucheck-state-"));
const OWN = { XDG_STATE_HOME: state, XDG_CACHE_HOME: state, NODE_DISABLE_COMPILE_CACHE: "1" };
process.on("exit", () => rmSync(state, { recursive: true, force: true }));

function ran(
  options: readonly string[],
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  folder = ".",
): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...options, ...args], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: { ...process.env, ...OWN, ...environment },
  });
  return { status, stdout, stderr };
}
