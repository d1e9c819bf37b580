/**
 * Runs the built program as a user does.
 */
import { spawnSync } from "node:child_process";

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

function ran(options: readonly string[], args: readonly string[]): Ran {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...options, "dist/src/cli/main.js", ...args],
    { encoding: "utf8", maxBuffer: 1 << 28 },
  );
  return { status, stdout, stderr };
}
