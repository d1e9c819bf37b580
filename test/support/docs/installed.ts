/**
 * pmucheck as a user has it: packed, unpacked into the node_modules of an empty folder, beside what it depends on.
 *
 * As `npm install` does it, but without a registry.
 */
import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Installed {
  readonly folder: string;
  /** Runs a line of shell in a folder, with the programs of the packages on the PATH; `npx` runs them too. */
  readonly run: (line: string, folder: string) => Ran;
  readonly remove: () => void;
}

export function install(): Installed {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "pmucheck-test-")));
  const modules = join(folder, "node_modules");
  const programs = join(modules, ".bin");
  mkdirSync(programs, { recursive: true });
  mustRun("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", folder], ".");
  const [packed = ""] = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
  mustRun("tar", ["-xzf", packed, "-C", modules], folder);
  mustRun("mv", ["package", "pmucheck"], modules);
  for (const name of readdirSync("node_modules").filter((one) => !one.startsWith("."))) {
    symlinkSync(resolve("node_modules", name), join(modules, name));
  }
  writeProgram(join(programs, "pmucheck"), join(modules, "pmucheck/dist/bin/pmucheck.cjs"));
  writeProgram(join(programs, "tsc"), resolve("node_modules/typescript/bin/tsc"));
  writeFileSync(join(programs, "npx"), '#!/bin/sh\nexec "$@"\n', { mode: 0o755 });
  const env = {
    ...process.env,
    NODE_OPTIONS: "",
    XDG_STATE_HOME: join(folder, "state"),
    PATH: [programs, process.env["PATH"]].join(delimiter),
  };
  return {
    folder,
    run: (line, where) =>
      spawnSync("sh", ["-c", line], { cwd: where, encoding: "utf8", maxBuffer: 1 << 28, env }),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

function writeProgram(path: string, script: string): void {
  writeFileSync(path, `#!/bin/sh\nexec "${process.execPath}" "${script}" "$@"\n`, { mode: 0o755 });
}

function mustRun(program: string, args: readonly string[], cwd: string): void {
  const { status, stderr } = spawnSync(program, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}: ${stderr}`);
}
