/**
 * Runs the built program as a user does.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function pmucheck(...args: readonly string[]): Ran {
  return ran([], args);
}

/** The same after a module of this text was run, which may change the built program's classes. */
export function pmucheckAfter(module: string, ...args: readonly string[]): Ran {
  return ran(["--import", `data:text/javascript,${encodeURIComponent(module)}`], args);
}

/** The same on a terminal of another width, with or without colour, or with another last result. */
export function pmucheckIn(environment: Readonly<Record<string, string>>, ...args: readonly string[]): Ran {
  return ran([], args, environment);
}

/** A last result of this process's own. */
const state = mkdtempSync(join(tmpdir(), "pmucheck-state-"));
process.on("exit", () => rmSync(state, { recursive: true, force: true }));

function ran(
  options: readonly string[],
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Ran {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...options, "dist/src/cli/main.js", ...args],
    { encoding: "utf8", maxBuffer: 1 << 28, env: { ...process.env, XDG_STATE_HOME: state, ...environment } },
  );
  return { status, stdout, stderr };
}
